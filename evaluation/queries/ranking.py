"""The ranking of a stage: for those who may see it, without what they have a tie to; and whole, for what is decided."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from evaluation.code_names import number_of
from evaluation.models import PriceScore, Score
from evaluation.queries.panel import admitted_submissions, has_declared, must_declare, without_conflicts
from evaluation.ranking import Marks, Ranked, rank, total_of
from suppliers.models import Submission
from tenders.models import Criterion, Stage
from tenders.phases import StagePhase
from tenders.price_formula import price_points
from tenders.queries.visibility import is_auditor

# Until the chair has closed the scoring there is no ranking, for anybody
_BEFORE = (StagePhase.PLANNED, StagePhase.ANNOUNCED, StagePhase.OPENED)


def is_ranked(stage: Stage) -> bool:
    return not stage.sealed and stage.phase not in _BEFORE


def judged_submissions(user: User | AnonymousUser, stage: Stage, *, at: datetime) -> QuerySet[Submission]:
    """What is judged and this person may know of: those who have declared, without their own ties; auditors all."""
    admitted = admitted_submissions(stage)
    if stage.sealed or not isinstance(user, User):
        return admitted.none()
    if must_declare(user, stage.tender, at=at):
        return without_conflicts(admitted, user, stage) if has_declared(user, stage) else admitted.none()
    return admitted if is_auditor(user, stage.tender, at=at) else admitted.none()


def ranking_of(stage: Stage, user: User | AnonymousUser, *, at: datetime) -> list[Ranked]:
    """Ranked among what this person may see: what they have a tie to leaves no hole. Empty before the scoring is closed."""
    return _ranked(judged_submissions(user, stage, at=at), stage) if is_ranked(stage) else []


def price_scores(stage: Stage) -> dict[UUID, PriceScore]:
    """Prices of what was admitted, with their points, by submission. Empty before the scoring is closed: the only door to them.

    Who may see which is asked elsewhere.
    """
    if not is_ranked(stage):
        return {}
    return {row.submission_id: row for row in PriceScore.objects.filter(submission__stage=stage)}


def price_points_among(keys: Iterable[UUID], stage: Stage) -> dict[UUID, Decimal]:
    """As stored when these are all there are. For somebody with ties counted among the rest: the lowest price may be one of theirs."""
    scores, criterion = price_scores(stage), stage.price_criterion
    seen = {key: scores[key] for key in keys if key in scores}
    if criterion is None or len(seen) == len(scores):
        return {key: row.points for key, row in seen.items()}
    return price_points(criterion.formula, {key: row.price for key, row in seen.items()}, scale=criterion.scale_max)


def full_ranking(stage: Stage) -> list[Ranked]:
    """Everything that was admitted, for commands and documents. Who may see it is asked elsewhere."""
    return _ranked(admitted_submissions(stage), stage)


def weights_of(stage: Stage) -> dict[int, Decimal]:
    return dict(Criterion.objects.filter(stage=stage).order_by("no").values_list("no", "weight"))


def _ranked(submissions: QuerySet[Submission], stage: Stage) -> list[Ranked]:
    """The same number of statements, however many there are. Where price counts, its points stand beside those of every sheet."""
    names = dict(submissions.select_related(None).prefetch_related(None).values_list("pk", "code_name"))
    sheets, by_price = _counting_sheets(stage), stage.price_criterion
    prices = price_points_among(names, stage) if by_price else {}
    marks = []
    for key, name in names.items():
        if key not in sheets or (by_price and key not in prices):
            continue
        added = {by_price.no: prices[key]} if by_price else {}
        more = total_of(added, {by_price.no: by_price.weight}) if by_price else Decimal(0)
        points, totals = zip(*((points | added, total + more) for points, total in sheets[key].values()), strict=True)
        marks.append(Marks(key, name, number_of(name), points, totals))
    return rank(marks, weights_of(stage))


def _counting_sheets(stage: Stage) -> dict[UUID, dict[UUID, tuple[dict[int, Decimal], Decimal]]]:
    """Points by criterion and stored total of every sheet that is locked and not void, by submission and sheet."""
    locked = Score.objects.filter(sheet__submission__stage=stage, sheet__locked_at__isnull=False, sheet__voided_at=None)
    rows = locked.values_list("sheet__submission", "sheet", "sheet__total", "criterion__no", "points")
    found: dict[UUID, dict[UUID, tuple[dict[int, Decimal], Decimal]]] = defaultdict(dict)
    for submission, sheet, total, no, points in rows:
        if total is not None and points is not None:
            found[submission].setdefault(sheet, ({}, total))[0][no] = points
    return found
