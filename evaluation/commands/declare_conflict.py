"""Somebody who has declared finds a tie later."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from evaluation import queries
from evaluation.models import Conflict, ImpartialityDeclaration, ScoreSheet
from evaluation.policies.impartiality import TellTiePolicy
from evaluation.queries.panel import as_what
from tenders.models import Stage
from tenders.phases import StagePhase

# Until the decision is made, the sheet of somebody with a tie counts no more; afterwards the file shows what was decided on
NOT_DECIDED = (StagePhase.OPENED, StagePhase.SCORED, StagePhase.PROPOSED)


@command
def declare_conflict(*, submission_id: UUID, ground: str, by: User, at: datetime) -> Conflict:
    """Tell of a tie to whoever handed in the submission. For the person it is not there from now on, and their sheet is void.

    Told once more, by name or by code name, it adds to what was said; the answer is the same, so that nobody learns which
    name a code name has. After the decision sheets stay as they were: then the approver considers whether it can stand.
    """
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit").get(submissions=submission_id)
    TellTiePolicy(stage, at).check(by)
    if not queries.opened_submissions(stage).filter(pk=submission_id).exists():
        raise Refused(_("There is no such sketch here. Look at the list again."))
    if not ground.strip():
        raise Refused(_("Say what the tie is."))
    declaration = ImpartialityDeclaration.objects.get(stage=stage, user=by)
    told, new = Conflict.objects.get_or_create(
        declaration=declaration, submission_id=submission_id, defaults={"ground": ground.strip(), "declared_at": at}
    )
    if not new:
        told.ground = f"{told.ground}\n\n{ground.strip()}"
        told.save(update_fields=["ground"])
    if stage.phase in NOT_DECIDED:
        ScoreSheet.objects.filter(submission_id=submission_id, evaluator=by, voided_at=None).update(voided_at=at)
    # Neither name nor code name, and no key that leads to one
    facts = {"stage": stage.no}
    role = as_what(by, stage.tender, at=at)
    journal.record("evaluation.conflict_declared", by=by, at=at, stream=stage.tender, about=[stage, declaration], role=role, facts=facts)
    return told
