"""A draft that was laid aside is taken up again."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from tenders.models import Tender
from tenders.phases import TENDER_STEPS, TenderPhase
from tenders.policies.shelving import TakeUpTenderPolicy


@command
def take_up_tender(*, tender_id: UUID, by: User, at: datetime) -> None:
    """Make it a draft again, as it was when it was laid aside. Why it was, stays in the journal."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    TakeUpTenderPolicy(tender, at).check(by)
    take_step(
        tender,
        TenderPhase.DRAFT,
        steps=TENDER_STEPS,
        event="tenders.tender_taken_up",
        by=by,
        at=at,
        stream=tender,
        shelved_at=None,
        shelved_by=None,
        shelved_reason="",
    )
