"""All letters of a batch are shown at the same moment."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.steps import step_many
from letters import queries
from letters.models import Letter, LetterBatch
from letters.phases import LETTER_STEPS, LetterPhase


@command
def release_batch(*, batch_id: UUID, by: User, at: datetime) -> bool:
    """Release every letter in one transaction with one time (anskaffelsesforskriften § 10-1). False when one isn't ready."""
    batch = LetterBatch.objects.select_for_update().get(pk=batch_id)
    if not queries.batches_to_release().filter(pk=batch_id).exists():
        return False
    letters = Letter.objects.filter(batch=batch)
    step_many(letters, LetterPhase.RENDERED, LetterPhase.RELEASED, steps=LETTER_STEPS, released_at=at)
    batch.released_at = at
    batch.save(update_fields=["released_at"])
    journal.record("letters.batch_released", by=by, at=at, stream=batch.stream, about=[batch, batch.about], facts={"kind": batch.kind})
    return True
