"""A proposal to amend, to end a stage, to close it or to cancel the tender is sent back by the approver, or taken back by the officer."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.words import clean_text
from tenders.models import Approval, Tender
from tenders.policies.approval import ReturnProposalPolicy

RETURNABLE = (Approval.What.SETTLEMENT, Approval.What.CLOSING, Approval.What.CANCELLATION, Approval.What.AMENDMENT)


@command
def return_approval(*, approval_id: UUID, reason: str, by: User, at: datetime) -> None:
    """Send it back with a reason that the proposer sees. Nothing else has changed, so nothing else is undone.

    For announcement and panel there are commands of their own, which also give their rows back.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(approvals=approval_id)
    approval = Approval.objects.select_for_update(of=("self",)).get(pk=approval_id, what__in=RETURNABLE)
    approval.tender = tender
    policy = ReturnProposalPolicy(approval, at)
    policy.check(by)
    why = clean_text(reason).strip()
    if not why:
        raise Refused(_("Write why, so that it can be mended."))
    approval.returned_at, approval.returned_by, approval.return_reason = at, by, why
    approval.save(update_fields=["returned_at", "returned_by", "return_reason"])
    role = policy.role_of(by)
    facts = {"what": approval.what}
    as_role = role.value if role else ""
    journal.record("tenders.proposal_returned", by=by, at=at, stream=tender, about=[approval], role=as_role, reason=why, facts=facts)
