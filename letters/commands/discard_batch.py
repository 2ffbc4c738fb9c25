"""Letters that nobody has approved are thrown away."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from letters.models import Letter, LetterBatch
from letters.phases import LetterPhase


@command
def discard_batch(*, batch_id: UUID, reason: str, by: User, at: datetime) -> int:
    """Delete the drafts of a batch and say how many. The empty batch stays. Refused once it is approved.

    Who may is decided by the command of the desk that calls this one.
    """
    batch = LetterBatch.objects.select_for_update().get(pk=batch_id)
    if batch.approved_at is not None:
        raise Refused(_("These letters have been approved already."))
    number, _kinds = Letter.objects.filter(batch=batch, phase=LetterPhase.DRAFT).delete()
    facts = {"kind": batch.kind, "letters": number}
    journal.record("letters.batch_discarded", by=by, at=at, stream=batch.stream, about=[batch, batch.about], reason=reason, facts=facts)
    return number
