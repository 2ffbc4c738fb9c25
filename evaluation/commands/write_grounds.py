"""The officer writes the grounds of one letter."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.words import clean_text
from evaluation.documents.decision import with_grounds
from evaluation.models import Selection
from evaluation.policies.selection import WriteGroundsPolicy
from evaluation.queries import selection as queries
from letters.commands.redraft_letters import redraft_letters
from tenders.models import Stage, Tender


@command
def write_grounds(*, letter_id: UUID, grounds: str, by: User, at: datetime) -> None:
    """Keep the grounds in the draft and write the letter anew with them. Refused without text, and once it is approved."""
    letter = queries.letter_by_key(letter_id)
    found = queries.selection_of(letter)
    if found is None:
        raise Refused(_("This letter has no grounds that can be written."))
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.stage.tender_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=found.stage_id)
    selection = Selection.objects.select_for_update(of=("self",)).get(pk=found.pk)
    stage.tender, selection.stage = tender, stage
    letter, submission = queries.letter_by_key(letter_id), queries.submission_of_letter(letter)
    if submission is None:
        raise Refused(_("This letter has no grounds that can be written."))
    WriteGroundsPolicy(selection, letter, submission, at).check(by)
    written = clean_text(grounds).strip()
    if not written:
        raise Refused(_("Write the grounds."))
    redraft_letters(batch_id=letter.batch_id, drafts={letter.pk: with_grounds(letter, selection, written, at=at)}, by=by, at=at)
    facts = {"stage": stage.no}
    journal.record("evaluation.grounds_written", by=by, at=at, stream=tender, about=[letter], role=Role.OFFICER.value, facts=facts)
