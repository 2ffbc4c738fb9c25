"""The same words at the same moment to all who are told, each in their own language."""

from collections.abc import Callable, Iterable

from django.utils import translation

from accounts.models import Organisation, User
from letters.drafts import NewLetter, letter_to
from tenders.models import Follower

Words = tuple[str, str]
Recipient = Organisation | User


def recipients_of(followers: Iterable[Follower]) -> set[Recipient]:
    return {recipient for row in followers if (recipient := row.organisation or row.user)}


def notices_to(recipients: Iterable[Recipient], words: Callable[[], Words], *, path: str) -> list[NewLetter]:
    """One for each organisation and person. `words` gives title and text in the active language; asked once for each language."""
    to = set(recipients)
    made: dict[str, Words] = {}
    for language in sorted({recipient.language for recipient in to}):
        with translation.override(language):
            made[language] = words()
    # Ordered by key, so that the order tells nothing
    ordered = sorted(to, key=lambda row: str(row.pk))
    return [letter_to(one, title=made[one.language][0], body=made[one.language][1], path=path) for one in ordered]
