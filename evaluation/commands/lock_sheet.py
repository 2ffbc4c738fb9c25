"""A sheet is locked: it counts, and its points stand."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from evaluation.models import ScoreSheet
from evaluation.policies.scores import LockPolicy, ScorePolicy
from evaluation.queries.panel import submissions_for_panel
from evaluation.queries.scores import criteria_of, own_sheet, scores_on, sheets_stream, with_number
from tenders.models import Stage


@command
def lock_sheet(*, stage_id: UUID, number: int, by: User, at: datetime) -> ScoreSheet:
    """Lock the sheet of `by` for the sketch with that code number, when every criterion has points and a reason."""
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit").get(pk=stage_id)
    submission = with_number(submissions_for_panel(by, stage, at=at), number)
    sheet = own_sheet(by, submission) if submission else None
    ScorePolicy(stage, submission, sheet, at).check(by)
    LockPolicy(criteria_of(stage), scores_on(sheet) if sheet else {}).check(by)
    assert sheet is not None  # noqa: S101  a sheet with points on it
    sheet.locked_at = at
    sheet.save(update_fields=["locked_at"])
    facts = {"stage": stage.no}
    journal.record("evaluation.sheet_locked", by=by, at=at, stream=sheets_stream(stage), about=[sheet], facts=facts)
    return sheet
