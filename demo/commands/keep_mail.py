"""A mail that would have gone."""

from collections.abc import Sequence
from datetime import datetime

from accounts.command import command
from accounts.models import User
from demo.models import SentMail


@command(journal=False)
def keep_mail(*, to: Sequence[str], subject: str, text: str, by: User, at: datetime) -> SentMail:
    """Keep it for the mailbox. Nothing leaves the machine."""
    return SentMail.objects.create(to=", ".join(to), subject=subject[:250], text=text, at=at)
