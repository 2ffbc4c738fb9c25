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
