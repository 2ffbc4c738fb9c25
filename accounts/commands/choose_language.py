"""A person chooses a written language."""

from datetime import datetime

from accounts.command import command
from accounts.languages import Language
from accounts.models import User


@command(journal=False)
def choose_language(*, language: Language, by: User, at: datetime) -> None:
    """Remember the language for pages, mails and letters (språklova § 15)."""
    User.objects.filter(pk=by.pk).update(language=language)
