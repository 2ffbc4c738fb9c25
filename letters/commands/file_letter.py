"""A letter has been made."""

import hashlib
from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import step_many
from letters.models import Letter, LetterFile
from letters.phases import LETTER_STEPS, LetterPhase


@command(journal=False)
def file_letter(*, letter_id: UUID, content: bytes, kind: LetterFile.Kind = LetterFile.Kind.PDF, by: User, at: datetime) -> None:
    """Keep the file with its hash. Made twice by two workers, the first one counts."""
    moved = step_many(Letter.objects.filter(pk=letter_id), LetterPhase.CLAIMED, LetterPhase.RENDERED, steps=LETTER_STEPS)
    if moved:
        sha256 = hashlib.sha256(content).hexdigest()
        LetterFile.objects.create(letter_id=letter_id, kind=kind, content=content, sha256=sha256, made_at=at)
