"""A worker takes one mail to send."""

from datetime import datetime

from accounts.command import command
from accounts.models import User
from letters import queries
from letters.models import Letter
from letters.phases import MailState


@command(journal=False)
def claim_mail(*, by: User, at: datetime) -> Letter | None:
    """Mark the next mail as being sent before it is sent: a worker that dies then leaves it to a person, never sends it twice."""
    letter = queries.letters_to_mail().select_for_update(skip_locked=True, of=("self",)).first()
    if letter is None:
        return None
    Letter.objects.filter(pk=letter.pk, mail=MailState.NONE).update(mail=MailState.CLAIMED, mail_claimed_at=at)
    return Letter.objects.select_related("organisation", "user").get(pk=letter.pk)
