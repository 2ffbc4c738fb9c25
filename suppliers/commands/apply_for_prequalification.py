"""A representative sends the application."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from suppliers.models import Prequalification, SelfDeclaration
from suppliers.phases import PREQUALIFICATION_STEPS, PrequalificationPhase
from suppliers.policies.prequalification import ApplyForPrequalificationPolicy


@command
def apply_for_prequalification(*, prequalification_id: UUID, by: User, at: datetime) -> Prequalification:
    """Send the application. Refused when the self-declaration lacks something. From now on it can't be changed."""
    rows = Prequalification.objects.select_for_update(of=("self",)).select_related("organisation")
    prequalification = rows.get(pk=prequalification_id)
    declaration = SelfDeclaration.objects.get(prequalification=prequalification)
    ApplyForPrequalificationPolicy(prequalification, declaration).check(by)
    take_step(
        prequalification,
        PrequalificationPhase.SUBMITTED,
        steps=PREQUALIFICATION_STEPS,
        event="suppliers.prequalification_applied_for",
        by=by,
        at=at,
        stream=prequalification.organisation,
        submitted_at=at,
        submitted_by=by,
    )
    return prequalification
