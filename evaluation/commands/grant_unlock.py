"""Somebody else lets the owner change a locked sheet."""

from datetime import datetime
from typing import Any
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from evaluation.models import ScoreSheet, SheetUnlock
from evaluation.policies.scores import GrantUnlockPolicy
from evaluation.queries.scores import scores_on, sheets_stream
from tenders.models import Stage


@command
def grant_unlock(*, unlock_id: UUID, by: User, at: datetime) -> None:
    """Open the sheet for its owner. What it said stays in `before`: points and reasons, feedback, total, when it was locked."""
    whose = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit")
    stage = whose.get(submissions__score_sheets__unlocks=unlock_id)
    unlock = SheetUnlock.objects.select_for_update(of=("self",)).select_related("sheet__submission", "sheet__evaluator").get(pk=unlock_id)
    GrantUnlockPolicy(stage, unlock, at).check(by)
    unlock.before, unlock.granted_at, unlock.granted_by = _as_it_stands(unlock.sheet), at, by
    unlock.save(update_fields=["before", "granted_at", "granted_by"])
    ScoreSheet.objects.filter(pk=unlock.sheet_id).update(locked_at=None)
    stream, facts = sheets_stream(stage), {"stage": stage.no}
    journal.record(
        "evaluation.sheet_unlocked", by=by, at=at, stream=stream, about=[unlock.sheet, unlock], reason=unlock.reason, facts=facts
    )


def _as_it_stands(sheet: ScoreSheet) -> dict[str, Any]:
    scores = scores_on(sheet)
    return {
        "points": {str(no): str(score.points) for no, score in scores.items()},
        "comments": {str(no): score.comment for no, score in scores.items()},
        "feedback": sheet.feedback,
        "total": str(sheet.total),
        "locked_at": sheet.locked_at.isoformat() if sheet.locked_at else "",
    }
