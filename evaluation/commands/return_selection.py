"""A proposed selection is sent back by the approver, or taken back by the chair."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import take_step
from accounts.words import clean_text
from evaluation.models import Selection
from evaluation.policies.selection import ReturnSelectionPolicy
from letters.commands.discard_batch import discard_batch
from tenders.models import Stage, Tender
from tenders.phases import STAGE_STEPS, StagePhase


@command
def return_selection(*, selection_id: UUID, reason: str, by: User, at: datetime) -> None:
    """Let the chair propose anew, with a reason that the chair sees. The drafts of the letters are thrown away."""
    tender = Tender.objects.select_for_update(of=("self",)).get(stages__selections=selection_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(selections=selection_id)
    selection = Selection.objects.select_for_update(of=("self",)).get(pk=selection_id)
    stage.tender, selection.stage = tender, stage
    policy = ReturnSelectionPolicy(selection, at)
    policy.check(by)
    why = clean_text(reason).strip()
    if not why:
        raise Refused(_("Write why, so that it can be mended."))
    selection.returned_at, selection.returned_by, selection.return_reason = at, by, why
    selection.save(update_fields=["returned_at", "returned_by", "return_reason"])
    if selection.batch_id is not None:
        discard_batch(batch_id=selection.batch_id, reason=why, by=by, at=at)
    take_step(
        stage,
        StagePhase.SCORED,
        steps=STAGE_STEPS,
        event="evaluation.selection_returned",
        by=by,
        at=at,
        stream=tender,
        about=[selection],
        role=policy.role_of(by),
        reason=why,
        facts={"stage": stage.no},
    )
