"""A person has found out what became of a mail."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from letters.models import Letter
from letters.phases import MailState


@command
def resolve_mail(*, letter_id: UUID, went: bool, by: User, at: datetime) -> None:
    """It went, and is marked as sent; or it did not, and is mailed once more by the next sweep.

    Refused for a mail that is not unclear. Who may is decided by the command of the desk that calls this one.
    """
    letter = Letter.objects.select_for_update(of=("self",)).select_related("batch").get(pk=letter_id)
    if letter.mail != MailState.UNCLEAR:
        raise Refused(_("Nobody needs to find out about this mail."))
    letter.mail, letter.mailed_at = (MailState.SENT, letter.mail_claimed_at) if went else (MailState.NONE, None)
    letter.save(update_fields=["mail", "mailed_at"])
    journal.record("letters.mail_resolved", by=by, at=at, stream=letter.batch.stream, about=[letter], facts={"went": went})
