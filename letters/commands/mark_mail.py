"""What became of a mail."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from letters.models import Letter
from letters.phases import MailState


@command
def mark_mail(*, letter_id: UUID, sent: bool, by: User, at: datetime) -> None:
    """Sent, or unclear: then a person must look. A mail that was marked stays as it is."""
    state = MailState.SENT if sent else MailState.UNCLEAR
    if Letter.objects.filter(pk=letter_id, mail=MailState.CLAIMED).update(mail=state, mailed_at=at if sent else None):
        event = "letters.mail_sent" if sent else "letters.mail_unclear"
        journal.record(event, by=by, at=at, stream=f"letter:{letter_id}", about=[f"letters.Letter:{letter_id}"])
