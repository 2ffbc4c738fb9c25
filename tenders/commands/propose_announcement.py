"""An officer sends the announcement to somebody else for approval."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from accounts.steps import take_step
from tenders.documents import announcement_content, content_hash, snapshot_of
from tenders.holding_back import holding_back
from tenders.law import ruling_of
from tenders.models import Approval, Assignment, Tender
from tenders.phases import TENDER_STEPS, TenderPhase
from tenders.policies.announcement import ProposeAnnouncementPolicy
from tenders.readiness import NotReady
from tenders.threshold.check import check_of


@command
def propose_announcement(*, tender_id: UUID, approver: User, by: User, at: datetime) -> Approval:
    """Put the announcement, word for word, before `approver`, who becomes the tender's only approver.

    Raises `NotReady`, with everything that is missing and every unanswered finding, when it could not be announced as it stands.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit", "budget").get(pk=tender_id)
    ProposeAnnouncementPolicy(tender, approver, at).check(by)
    content = announcement_content(tender)
    if missing := holding_back(tender, check_of(tender, content, at=at), ruling_of(tender, at=at), at=at):
        raise NotReady(missing)
    approval = Approval.objects.create(
        tender=tender,
        what=Approval.What.ANNOUNCEMENT,
        content=snapshot_of(content),
        content_hash=content_hash(content),
        proposed_at=at,
        proposed_by=by,
    )
    tender.assignments.filter(role=Role.APPROVER).exclude(user=approver).delete()
    Assignment.objects.get_or_create(tender=tender, user=approver, role=Role.APPROVER, defaults={"assigned_at": at, "assigned_by": by})
    take_step(
        tender,
        TenderPhase.AWAITING_APPROVAL,
        steps=TENDER_STEPS,
        event="tenders.announcement_proposed",
        by=by,
        at=at,
        stream=tender,
        about=[approval, approver],
        facts={"content": approval.content_hash},
    )
    return approval
