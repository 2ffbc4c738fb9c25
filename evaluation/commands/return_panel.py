"""A proposed panel is sent back by the approver, or taken back by the officer."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from evaluation.policies.panel import ReturnPanelPolicy
from evaluation.queries.panel_proposal import panel_proposals
from tenders.models import Tender


@command
def return_panel(*, approval_id: UUID, reason: str, by: User, at: datetime) -> None:
    """Answer no to the proposal, with a reason that the officer sees. The panel that sits, if any, goes on."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(approvals=approval_id)
    approval = panel_proposals(tender).select_for_update(of=("self",)).get(pk=approval_id)
    policy = ReturnPanelPolicy(tender, approval, at)
    policy.check(by)
    if not reason.strip():
        raise Refused(_("Write why, so that it can be mended."))
    approval.returned_at, approval.returned_by, approval.return_reason = at, by, reason.strip()
    approval.save(update_fields=["returned_at", "returned_by", "return_reason"])
    role = policy.role_of(by) or ""
    journal.record("evaluation.panel_returned", by=by, at=at, stream=tender, about=[approval], role=role, reason=approval.return_reason)
