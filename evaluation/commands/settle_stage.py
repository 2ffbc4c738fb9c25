"""A stage ends, and the next one begins for those who were selected."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from evaluation.documents.settlement import invitation_ground, invitation_notices
from evaluation.policies.settlement import SettleStagePolicy
from evaluation.queries import settlement
from letters.commands.send_notices import send_notices
from suppliers.commands.invite_to_stage import invite_to_stage
from tenders.commands.announce_stage import announce_stage
from tenders.commands.conclude_tender import conclude_tender
from tenders.models import Approval, Stage, Tender
from tenders.phases import STAGE_STEPS, StagePhase
from tenders.readiness import NotReady
from tenders.stage_dates import StageDates, missing_in_stage_dates


@command
def settle_stage(*, approval_id: UUID, by: User, at: datetime) -> None:
    """Settle the stage as the officer proposed. Those in its places are invited to the next stage, which gets its dates and key.

    After the last stage the tender is decided. The dates are checked once more: an approver who waits too long sends the
    proposal back. Refused before the standstill is over.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(approvals=approval_id)
    approval = Approval.objects.select_for_update(of=("self",)).get(pk=approval_id, what=settlement.SETTLEMENT)
    approval.tender = tender
    stage = Stage.objects.select_for_update(of=("self",)).get(tender=tender, no=approval.content["stage"])
    stage.tender = tender
    SettleStagePolicy(stage, approval, at).check(by)
    approval.approved_at, approval.approved_by = at, by
    approval.save(update_fields=["approved_at", "approved_by"])
    event, facts = "evaluation.stage_settled", {"stage": stage.no, "content": approval.content_hash}
    take_step(stage, StagePhase.SETTLED, steps=STAGE_STEPS, event=event, by=by, at=at, stream=tender, about=[approval], facts=facts)
    following, dates = settlement.next_stage_of(stage), StageDates.of_content(approval.content)
    if following is None or dates is None:
        conclude_tender(tender_id=tender.pk, by=by, at=at)
    else:
        _begin(following, stage, dates, by=by, at=at)


def _begin(following: Stage, before: Stage, dates: StageDates, *, by: User, at: datetime) -> None:
    """The next stage for those who hold a place in the one before."""
    if missing := list(missing_in_stage_dates(following, dates, at=at)):
        raise NotReady(missing)
    invited = settlement.going_on(before)
    opens_at, closes_at, answer_by = dates.opens(at), dates.closes_at, dates.answer_by
    announce_stage(stage_id=following.pk, opens_at=opens_at, closes_at=closes_at, answer_by=answer_by, by=by, at=at)
    invite_to_stage(stage_id=following.pk, organisations=invited, ground=invitation_ground(before), by=by, at=at)
    notices = invitation_notices(following, StageDates(opens_at, closes_at, answer_by), invited)
    send_notices(kind="stage_invitation", about=following, stream=following.tender, notices=notices, by=by, at=at)
