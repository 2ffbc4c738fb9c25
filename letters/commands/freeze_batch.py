"""Approving a batch freezes it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import step_many
from letters.models import Letter, LetterBatch
from letters.phases import LETTER_STEPS, LetterPhase


@command
def freeze_batch(*, batch_id: UUID, by: User, at: datetime) -> LetterBatch:
    """From now on no word can change. The worker makes the files; then all are released in one act.

    Who may approve is decided by the command of the desk that calls this one.
    """
    batch = LetterBatch.objects.select_for_update().get(pk=batch_id)
    if batch.approved_at is not None:
        raise Refused(_("These letters have been approved already."))
    batch.approved_at, batch.approved_by = at, by
    batch.save(update_fields=["approved_at", "approved_by"])
    step_many(Letter.objects.filter(batch=batch), LetterPhase.DRAFT, LetterPhase.WAITING, steps=LETTER_STEPS)
    journal.record("letters.batch_frozen", by=by, at=at, stream=batch.stream, about=[batch, batch.about])
    return batch
