"""Short notices: in the portal at once, mailed by the next sweep."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.steps import step_many
from letters.commands.draft_batch import letter_row
from letters.drafts import NewLetter
from letters.models import Letter, LetterBatch
from letters.phases import LETTER_STEPS, LetterPhase


@command
def send_notices(
    *, kind: str, about: models.Model, stream: models.Model | str, notices: Sequence[NewLetter], by: User, at: datetime
) -> LetterBatch:
    """Release plain-text notices. The journal says that they were sent, never to whom or how many."""
    batch = LetterBatch.objects.create(
        kind=kind,
        about=journal.about_of(about),
        stream=journal.stream_of(stream),
        created_at=at,
        approved_at=at,
        approved_by=by,
        released_at=at,
    )
    Letter.objects.bulk_create(letter_row(batch, notice, wants_pdf=False) for notice in notices)
    drafts = Letter.objects.filter(batch=batch)
    step_many(drafts, LetterPhase.DRAFT, LetterPhase.RELEASED, steps=LETTER_STEPS, released_at=at)
    journal.record("letters.notices_sent", by=by, at=at, stream=batch.stream, about=[batch, about], facts={"kind": kind})
    return batch
