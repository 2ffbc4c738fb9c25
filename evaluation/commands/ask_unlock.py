"""The owner of a locked sheet asks to change it."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from evaluation.models import SheetUnlock
from evaluation.policies.scores import AskUnlockPolicy
from evaluation.queries.scores import sheet_by_key, sheets_stream, waiting_unlock_of
from tenders.models import Stage


@command
def ask_unlock(*, sheet_id: UUID, reason: str, by: User, at: datetime) -> SheetUnlock:
    """Ask for one's sheet to be opened again, and say why. Somebody else allows it."""
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit").get(submissions__score_sheets=sheet_id)
    sheet = sheet_by_key(sheet_id)
    AskUnlockPolicy(stage, sheet, waiting_unlock_of(sheet), reason, at).check(by)
    unlock = SheetUnlock.objects.create(sheet=sheet, reason=reason.strip(), asked_at=at, asked_by=by)
    stream, facts = sheets_stream(stage), {"stage": stage.no}
    journal.record("evaluation.unlock_asked", by=by, at=at, stream=stream, about=[sheet, unlock], reason=unlock.reason, facts=facts)
    return unlock
