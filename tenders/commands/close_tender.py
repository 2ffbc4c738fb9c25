"""Everything that was agreed is done: the tender is closed."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from accounts.steps import take_step
from tenders.commands.release_call_off import release_call_off
from tenders.models import Tender
from tenders.phases import TENDER_STEPS, TenderPhase


@command
def close_tender(*, tender_id: UUID, role: Role, by: User, at: datetime) -> None:
    """Called inside the command that ends the last contract, under the tender's lock; who may is decided there."""
    tender = Tender.objects.select_for_update(of=("self",)).get(pk=tender_id)
    release_call_off(tender_id=tender.pk, by=by, at=at)
    take_step(tender, TenderPhase.CLOSED, steps=TENDER_STEPS, event="tenders.tender_closed", by=by, at=at, stream=tender, role=role)
