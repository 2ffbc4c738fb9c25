"""A desk hands over the letters of one act."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models

from accounts import journal
from accounts.command import command
from accounts.models import User
from letters.drafts import NewLetter
from letters.models import Letter, LetterBatch


@command
def draft_batch(
    *, kind: str, about: models.Model, stream: models.Model | str, drafts: Sequence[NewLetter], by: User, at: datetime
) -> LetterBatch:
    """Keep the letters of one act as drafts: nobody sees them before the batch is frozen, made and released."""
    batch = LetterBatch.objects.create(kind=kind, about=journal.about_of(about), stream=journal.stream_of(stream), created_at=at)
    Letter.objects.bulk_create(letter_row(batch, draft, wants_pdf=True) for draft in drafts)
    journal.record("letters.batch_drafted", by=by, at=at, stream=batch.stream, about=[batch, about], facts={"kind": kind})
    return batch


def letter_row(batch: LetterBatch, draft: NewLetter, *, wants_pdf: bool) -> Letter:
    return Letter(
        batch=batch,
        organisation=draft.organisation,
        user=draft.user,
        language=draft.language,
        title=draft.title,
        body=draft.body,
        address=draft.path,
        facts=draft.facts,
        wants_pdf=wants_pdf,
    )
