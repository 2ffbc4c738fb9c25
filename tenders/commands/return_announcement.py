"""The announcement can be written on again: sent back by the approver, or taken back by the officer."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import take_step
from tenders import queries
from tenders.models import Tender
from tenders.phases import TENDER_STEPS, TenderPhase
from tenders.policies.announcement import ReturnAnnouncementPolicy
from tenders.queries.market import open_dialogue_of


@command
def return_announcement(*, tender_id: UUID, reason: str, by: User, at: datetime) -> None:
    """Let the officer write on, with a reason that the officer sees. A need in market dialogue goes back to that."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    approval = queries.waiting_approval_of(tender).select_for_update(of=("self",)).first()
    policy = ReturnAnnouncementPolicy(tender, approval, at)
    policy.check(by)
    if approval is None or not reason.strip():
        raise Refused(_("Write why, so that it can be mended."))
    approval.returned_at, approval.returned_by, approval.return_reason = at, by, reason.strip()
    approval.save(update_fields=["returned_at", "returned_by", "return_reason"])
    take_step(
        tender,
        TenderPhase.IN_DIALOGUE if open_dialogue_of(tender) else TenderPhase.DRAFT,
        steps=TENDER_STEPS,
        event="tenders.announcement_returned",
        by=by,
        at=at,
        stream=tender,
        about=[approval],
        role=policy.role_of(by),
        reason=approval.return_reason,
    )
