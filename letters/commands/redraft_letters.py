"""Drafts get new words."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from letters.drafts import NewLetter
from letters.models import Letter, LetterBatch
from letters.phases import LetterPhase


@command
def redraft_letters(*, batch_id: UUID, drafts: Mapping[UUID, NewLetter], by: User, at: datetime) -> None:
    """Change title, text and facts of the drafts named by their keys. The recipient stays. Refused once the batch is approved.

    Who may is decided by the command of the desk that calls this one.
    """
    batch = LetterBatch.objects.select_for_update().get(pk=batch_id)
    if batch.approved_at is not None:
        raise Refused(_("These letters have been approved already."))
    letters = list(Letter.objects.select_for_update(of=("self",)).filter(batch=batch, pk__in=list(drafts), phase=LetterPhase.DRAFT))
    for letter in letters:
        draft = drafts[letter.pk]
        letter.title, letter.body, letter.facts = draft.title, draft.body, draft.facts
    Letter.objects.bulk_update(letters, ["title", "body", "facts"])
    about = [batch, *letters] if len(letters) == 1 else [batch]
    facts = {"kind": batch.kind, "letters": len(letters)}
    journal.record("letters.letters_redrafted", by=by, at=at, stream=batch.stream, about=about, facts=facts)
