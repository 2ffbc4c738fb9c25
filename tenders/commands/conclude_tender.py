"""The last stage is decided: what is left is contracts, or nothing."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from tenders.models import Tender
from tenders.phases import TENDER_STEPS, TenderPhase


@command
def conclude_tender(*, tender_id: UUID, by: User, at: datetime) -> None:
    """Called inside the command that decides the last stage, under the tender's lock; who may is decided there."""
    tender = Tender.objects.select_for_update(of=("self",)).get(pk=tender_id)
    take_step(tender, TenderPhase.CONCLUDED, steps=TENDER_STEPS, event="tenders.tender_concluded", by=by, at=at, stream=tender)
