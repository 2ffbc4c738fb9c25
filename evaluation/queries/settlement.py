"""How a stage ends: settled, with a next stage or without, or closed without selection."""

from accounts.models import Organisation
from evaluation.models import FormalCheck
from evaluation.queries.selection import selected
from tenders.models import Approval, Stage
from tenders.queries.approvals import proposals

SETTLEMENT, CLOSING = Approval.What.SETTLEMENT, Approval.What.CLOSING


def next_stage_of(stage: Stage) -> Stage | None:
    """The stage that those who are selected go on to; None after the last one."""
    following = Stage.objects.filter(tender=stage.tender_id, no=stage.no + 1).first()
    if following is not None:
        following.tender = stage.tender
    return following


def going_on(stage: Stage) -> list[Organisation]:
    """Those who hold a place in the stage now, the best first."""
    return [item.submission.organisation for item in selected(stage)]


def somebody_is_admitted(stage: Stage) -> bool:
    return FormalCheck.objects.filter(submission__stage=stage, admitted=True).exists()


def proposal_about(stage: Stage, what: Approval.What) -> Approval | None:
    """How the stage was last proposed to end in this way, whatever was answered."""
    return proposals(stage.tender, what, stage).first()
