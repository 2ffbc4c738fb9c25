"""An officer proposes to cancel a tender."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.words import clean_text
from contracts.policies.cancellation import ProposeCancellationPolicy
from contracts.queries.cancellation import CANCELLATION
from tenders.documents import content_hash, snapshot_of
from tenders.models import Approval, Tender


@command
def propose_cancellation(*, tender_id: UUID, reason: str, again: bool, by: User, at: datetime) -> Approval:
    """Put it before the approver, with the reason that everybody will read. `again`: the need is to be announced anew."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    ProposeCancellationPolicy(tender, at).check(by)
    why = clean_text(reason).strip()
    if not why:
        raise Refused(_("Write the reason. Everybody reads it."))
    content = {"reason": why, "again": again}
    approval = Approval.objects.create(
        tender=tender,
        what=CANCELLATION,
        content=snapshot_of(content),
        content_hash=content_hash(content),
        proposed_at=at,
        proposed_by=by,
    )
    journal.record("contracts.cancellation_proposed", by=by, at=at, stream=tender, about=[approval], role=Role.OFFICER, reason=why)
    return approval
