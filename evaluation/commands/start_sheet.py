"""Somebody begins to give points to a sketch."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from evaluation.models import ScoreSheet
from evaluation.policies.scores import ScorePolicy
from evaluation.queries.scores import sheets_stream, to_fill
from tenders.models import Stage


@command
def start_sheet(*, stage_id: UUID, number: int, by: User, at: datetime) -> ScoreSheet:
    """An empty sheet of `by` for the sketch with that code number; the one there is, when there is one."""
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit").get(pk=stage_id)
    submission, sheet = to_fill(by, stage, number)
    judged = ScorePolicy(stage, submission, sheet, at).submission_for(by)
    if sheet is None:
        sheet = ScoreSheet.objects.create(submission=judged, evaluator=by, started_at=at)
        facts = {"stage": stage.no}
        journal.record("evaluation.sheet_started", by=by, at=at, stream=sheets_stream(stage), about=[sheet], facts=facts)
    return sheet
