"""Making a letter failed."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.steps import step_many
from letters.models import Letter
from letters.phases import LETTER_STEPS, LetterPhase
from letters.queries import TRIES


@command
def give_back_letter(*, letter_id: UUID, why: str, by: User, at: datetime) -> None:
    """Let it be tried again; after three tries it is stuck and shown to a person. `why` is the kind of fault only."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("batch").get(pk=letter_id)
    to = LetterPhase.STUCK if letter.tries >= TRIES else LetterPhase.WAITING
    step_many(Letter.objects.filter(pk=letter_id), LetterPhase.CLAIMED, to, steps=LETTER_STEPS)
    facts = {"fault": why, "tries": letter.tries, "to": to.value}
    journal.record("letters.making_failed", by=by, at=at, stream=f"letterbatch:{letter.batch_id}", about=[letter], facts=facts)
