"""A sheet is locked: it counts, and its points stand."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from evaluation.models import ScoreSheet
from evaluation.policies.scores import LockPolicy, ScorePolicy
from evaluation.queries.scores import criteria_of, sheets_stream, to_fill
from tenders.models import Stage


@command
def lock_sheet(*, stage_id: UUID, number: int, by: User, at: datetime) -> ScoreSheet:
    """Lock the sheet of `by` for the sketch with that code number, when every criterion has points and a reason."""
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit").get(pk=stage_id)
    submission, sheet = to_fill(by, stage, number)
    ScorePolicy(stage, submission, sheet, at).check(by)
    sheet = LockPolicy(criteria_of(stage), sheet).whole_sheet()
    sheet.locked_at = at
    sheet.save(update_fields=["locked_at"])
    facts = {"stage": stage.no}
    journal.record("evaluation.sheet_locked", by=by, at=at, stream=sheets_stream(stage), about=[sheet], facts=facts)
    return sheet
