"""A stage is closed without selection, and everybody is told why."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from evaluation.documents.closing import closing_letters
from evaluation.policies.settlement import CloseStagePolicy
from evaluation.queries import settlement
from letters.commands.draft_batch import draft_batch
from letters.commands.freeze_batch import freeze_batch
from tenders.commands.conclude_tender import conclude_tender
from tenders.commands.release_call_off import release_call_off
from tenders.models import Approval, Stage, Tender
from tenders.phases import STAGE_STEPS, StagePhase


@command
def close_stage(*, approval_id: UUID, by: User, at: datetime) -> None:
    """Close the stage as the officer proposed. Everybody who took part gets a letter with the reason; the tender is decided.

    Those who were rejected read their own ground. Refused when somebody has been admitted, proposed or selected meanwhile.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(approvals=approval_id)
    approval = Approval.objects.select_for_update(of=("self",)).get(pk=approval_id, what=settlement.CLOSING)
    approval.tender = tender
    stage = Stage.objects.select_for_update(of=("self",)).get(tender=tender, no=approval.content["stage"])
    stage.tender = tender
    CloseStagePolicy(stage, approval, at).check(by)
    approval.approved_at, approval.approved_by = at, by
    approval.save(update_fields=["approved_at", "approved_by"])
    letters = closing_letters(stage, approval.content["reason"], at=at)
    if letters:
        batch = draft_batch(kind="closing", about=stage, stream=tender, drafts=letters, by=by, at=at)
        freeze_batch(batch_id=batch.pk, by=by, at=at)
    take_step(
        stage,
        StagePhase.UNSELECTED,
        steps=STAGE_STEPS,
        event="evaluation.stage_closed",
        by=by,
        at=at,
        stream=tender,
        about=[approval],
        reason=approval.content["reason"],
        facts={"stage": stage.no, "letters": len(letters)},
    )
    release_call_off(tender_id=tender.pk, by=by, at=at)
    conclude_tender(tender_id=tender.pk, by=by, at=at)
