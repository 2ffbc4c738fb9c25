"""Points, reasons and feedback are kept as they are given."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from evaluation.commands.start_sheet import start_sheet
from evaluation.models import Score, ScoreSheet
from evaluation.policies.scores import PointsPolicy, ScorePolicy
from evaluation.queries.scores import criteria_of, scores_on, to_fill
from evaluation.ranking import total_of
from suppliers.policies.submission import SavedByAnother
from tenders.models import Criterion, Stage

SAVED_ELSEWHERE = _("You have saved something else in another window since you opened this page. Nothing is overwritten.")


@command(journal=False)
def save_scores(
    *,
    stage_id: UUID,
    number: int,
    points: Mapping[int, Decimal | None],
    comments: Mapping[int, str],
    feedback: str,
    draft_no: int,
    by: User,
    at: datetime,
) -> int:
    """Keep what `by` gives the sketch with that code number, by the numbers of the criteria. Returns the number of the next save.

    A criterion without points is none, not 0. Raises `SavedByAnother` when something else was saved since `draft_no`.
    """
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit").get(pk=stage_id)
    submission, sheet = to_fill(by, stage, number)
    ScorePolicy(stage, submission, sheet, at).check(by)
    criteria = criteria_of(stage)
    PointsPolicy(criteria, points, comments).check(by)
    sheet = sheet or start_sheet(stage_id=stage_id, number=number, by=by, at=at)
    kept = scores_on(sheet)
    changed = _changed(sheet, kept, criteria, points, comments)
    if not changed and sheet.feedback == feedback:
        return sheet.draft_no
    if sheet.draft_no != draft_no:
        raise SavedByAnother(SAVED_ELSEWHERE)
    Score.objects.bulk_create(changed, update_conflicts=True, unique_fields=["sheet", "criterion"], update_fields=["points", "comment"])
    sheet.feedback, sheet.draft_no, sheet.saved_at = feedback, draft_no + 1, at
    sheet.total = _total(kept | {score.criterion.no: score for score in changed}, criteria)
    sheet.save(update_fields=["feedback", "draft_no", "saved_at", "total"])
    return sheet.draft_no


def _changed(
    sheet: ScoreSheet,
    kept: Mapping[int, Score],
    criteria: list[Criterion],
    points: Mapping[int, Decimal | None],
    comments: Mapping[int, str],
) -> list[Score]:
    """Rows that are not as they are kept; a criterion that was not named stays."""
    changed = []
    for criterion in criteria:
        old = kept.get(criterion.no)
        before = (old.points, old.comment) if old else (None, "")
        after = (points.get(criterion.no, before[0]), comments.get(criterion.no, before[1]))
        if after != before:
            changed.append(Score(sheet=sheet, criterion=criterion, points=after[0], comment=after[1]))
    return changed


def _total(scores: Mapping[int, Score], criteria: list[Criterion]) -> Decimal | None:
    """None until every criterion has points."""
    given = {no: score.points for no, score in scores.items() if score.points is not None}
    weights = {criterion.no: criterion.weight for criterion in criteria}
    return total_of(given, weights) if given.keys() == weights.keys() else None
