"""What was put before an approver, kind by kind, and what was said."""

from django.db.models import QuerySet

from tenders.models import Approval, Stage, Tender


def proposals(tender: Tender, what: Approval.What, stage: Stage | None = None) -> QuerySet[Approval]:
    """Everything of this kind that was proposed, the last one first; of one stage when it is given."""
    rows = Approval.objects.filter(tender=tender, what=what)
    if stage is not None:
        rows = rows.filter(content__stage=stage.no)
    return rows.select_related("tender__unit", "proposed_by", "approved_by", "returned_by").order_by("-proposed_at")


def waiting_proposal(tender: Tender, what: Approval.What) -> Approval | None:
    """The one that waits; None when none does."""
    return proposals(tender, what).filter(approved_at=None, returned_at=None).first()


def approved_proposal(tender: Tender, what: Approval.What, stage: Stage | None = None) -> Approval | None:
    """The last one that was approved; None when none was."""
    return proposals(tender, what, stage).filter(approved_at__isnull=False).first()
