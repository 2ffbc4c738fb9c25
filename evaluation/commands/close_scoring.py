"""The chair closes the scoring: from here on there is a ranking."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from evaluation.policies.scores import CloseScoringPolicy
from evaluation.queries.scores import whole_scoring
from tenders.models import Stage, Tender
from tenders.phases import STAGE_STEPS, StagePhase


@command
def close_scoring(*, stage_id: UUID, reason: str = "", by: User, at: datetime) -> None:
    """Close it when all is checked and each admitted sketch has two locked sheets (one, where only one person has no tie).

    Sheets that are missing or not locked take a reason; they count no more.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(stages=stage_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    stage.tender = tender
    scoring = whole_scoring(stage, at=at)
    CloseScoringPolicy(stage, scoring, reason, at).check(by)
    facts = {"stage": stage.no, "admitted": scoring.admitted, "missing": scoring.missing}
    event, why = "evaluation.scoring_closed", reason.strip()
    take_step(stage, StagePhase.SCORED, steps=STAGE_STEPS, event=event, by=by, at=at, stream=tender, reason=why, facts=facts)
