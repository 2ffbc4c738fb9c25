"""A reviewer says yes or no, with grounds."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from letters.commands.draft_batch import draft_batch
from letters.commands.freeze_batch import freeze_batch
from suppliers.documents.prequalification import decision_letter
from suppliers.models import Prequalification, PrequalificationDecision
from suppliers.phases import PREQUALIFICATION_STEPS, PrequalificationPhase
from suppliers.policies.prequalification import DecidePrequalificationPolicy
from suppliers.review_periods import valid_until


@command
def decide_prequalification(
    *, prequalification_id: UUID, qualified: bool, grounds: str, by: User, at: datetime
) -> PrequalificationDecision:
    """Decide. A yes holds for 24 months. The organisation gets a letter with the grounds and how to complain."""
    rows = Prequalification.objects.select_for_update(of=("self",)).select_related("organisation")
    prequalification = rows.get(pk=prequalification_id)
    DecidePrequalificationPolicy(prequalification, at).check(by)
    organisation = prequalification.organisation
    decision = PrequalificationDecision.objects.create(
        prequalification=prequalification,
        qualified=qualified,
        grounds=grounds.strip(),
        decided_at=at,
        decided_by=by,
        valid_until=valid_until(at) if qualified else None,
    )
    last_day = decision.valid_until.isoformat() if decision.valid_until else None
    take_step(
        prequalification,
        PrequalificationPhase.QUALIFIED if qualified else PrequalificationPhase.REFUSED,
        steps=PREQUALIFICATION_STEPS,
        event="suppliers.prequalification_decided",
        by=by,
        at=at,
        stream=organisation,
        about=[decision],
        facts={"qualified": qualified, "valid_until": last_day},
    )
    drafts = [decision_letter(decision)]
    batch = draft_batch(kind="prequalification_decision", about=prequalification, stream=organisation, drafts=drafts, by=by, at=at)
    freeze_batch(batch_id=batch.pk, by=by, at=at)
    return decision
