"""What a desk hands the mail room."""

from dataclasses import dataclass, field
from typing import Any

from accounts.models import Organisation, User


@dataclass(frozen=True)
class NewLetter:
    """One recipient's letter, already in the recipient's language.

    `body` is plain text for a notice and HTML (made by the desk's documents.py) for a letter that becomes a PDF.
    `path` is the address, from the first slash, that the mail points to; «» means the letter itself.
    """

    title: str
    body: str
    language: str
    organisation: Organisation | None = None
    user: User | None = None
    path: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def letter_to(to: Organisation | User, *, title: str, body: str, path: str) -> NewLetter:
    """To an organisation or to a person, whichever `to` is."""
    if isinstance(to, User):
        return NewLetter(title=title, body=body, language=to.language, user=to, path=path)
    return NewLetter(title=title, body=body, language=to.language, organisation=to, path=path)
