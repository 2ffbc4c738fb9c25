"""The officer sees to a letter that could not be made, or to a mail nobody knows the fate of."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from evaluation.policies.selection import MendLetterPolicy
from evaluation.queries import selection as queries
from letters.commands.resolve_mail import resolve_mail
from letters.commands.retry_letter import retry_letter
from tenders.models import Tender

What = Literal["retry", "went", "mail_again"]


@command
def mend_letter(*, tender_id: UUID, letter_id: UUID, what: What, by: User, at: datetime) -> None:
    """`retry`: make it once more. `went`: the mail arrived. `mail_again`: it did not, so it is sent once more."""
    tender = Tender.objects.select_for_update(of=("self",)).get(pk=tender_id)
    MendLetterPolicy(tender, at).check(by)
    letter = queries.tender_letters(tender).get(pk=letter_id)
    if what == "retry":
        retry_letter(letter_id=letter.pk, by=by, at=at)
    else:
        resolve_mail(letter_id=letter.pk, went=what == "went", by=by, at=at)
    facts = {"what": what}
    journal.record("evaluation.letter_mended", by=by, at=at, stream=tender, about=[letter], role=Role.OFFICER.value, facts=facts)
