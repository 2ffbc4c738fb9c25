"""A worker takes one letter to make."""

from datetime import datetime

from accounts.command import command
from accounts.models import User
from accounts.steps import step_many
from letters import queries
from letters.models import Letter
from letters.phases import LETTER_STEPS, LetterPhase


@command(journal=False)
def claim_letter(*, by: User, at: datetime) -> Letter | None:
    """Take the next letter that waits to be made, so that no other worker takes it. None when none waits."""
    waiting = queries.letters_to_make(at=at).select_for_update(skip_locked=True, of=("self",))
    letter = waiting.select_related("batch").first()
    if letter is None:
        return None
    row = Letter.objects.filter(pk=letter.pk)
    if letter.phase == LetterPhase.WAITING:
        step_many(row, LetterPhase.WAITING, LetterPhase.CLAIMED, steps=LETTER_STEPS, claimed_at=at, tries=letter.tries + 1)
    else:
        row.update(claimed_at=at, tries=letter.tries + 1)
    letter.refresh_from_db()
    return letter
