"""The chair closes the scoring: from here on there is a ranking, and where price counts the prices are known."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from evaluation.models import PriceScore
from evaluation.policies.scores import CloseScoringPolicy, PricesAreReadPolicy
from evaluation.queries.panel import admitted_submissions
from evaluation.queries.prices import offers_to_count
from evaluation.queries.scores import whole_scoring
from suppliers.completeness import Answers
from suppliers.offered_price import COVERS, amount_of
from tenders.models import Stage, Tender
from tenders.phases import STAGE_STEPS, StagePhase
from tenders.price_formula import price_points


@command
def close_scoring(*, stage_id: UUID, reason: str = "", by: User, at: datetime) -> None:
    """Close it when all is checked and each admitted sketch has two locked sheets (one, where only one person has no tie).

    Sheets that are missing or not locked take a reason; they count no more. Where price counts, the prices of the admitted are
    read here, after the last point is given, and their points are stored.
    """
    # Read before any lock: nothing that is opened can change
    offers = offers_to_count(Stage.objects.select_related("tender").get(pk=stage_id))
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(stages=stage_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    stage.tender = tender
    scoring = whole_scoring(stage, at=at)
    CloseScoringPolicy(stage, scoring, reason, at).check(by)
    _count_prices(stage, offers, by=by, at=at)
    facts = {"stage": stage.no, "admitted": scoring.admitted, "missing": scoring.missing}
    event, why = "evaluation.scoring_closed", reason.strip()
    take_step(stage, StagePhase.SCORED, steps=STAGE_STEPS, event=event, by=by, at=at, stream=tender, reason=why, facts=facts)


def _count_prices(stage: Stage, offers: Mapping[UUID, Answers], *, by: User, at: datetime) -> None:
    """Anew when the scoring is closed once more: after a selection was annulled, others may be admitted."""
    criterion = stage.price_criterion
    if criterion is None:
        return
    admitted = dict(admitted_submissions(stage).select_related(None).prefetch_related(None).values_list("pk", "code_name"))
    PricesAreReadPolicy([name for key, name in admitted.items() if key not in offers]).check(by)
    prices = {key: amount_of(offers[key]) for key in admitted}
    points, lowest = price_points(criterion.formula, prices, scale=criterion.scale_max), min(prices.values())
    PriceScore.objects.filter(submission__stage=stage).delete()
    PriceScore.objects.bulk_create(
        PriceScore(submission_id=key, price=price, lowest=lowest, points=points[key], covers=offers[key].get(COVERS, ""), counted_at=at)
        for key, price in prices.items()
    )
