"""A draft that will not be announced is laid aside."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import take_step
from accounts.words import clean_text
from tenders.models import Tender
from tenders.phases import TENDER_STEPS, TenderPhase
from tenders.policies.shelving import ShelveTenderPolicy


@command
def shelve_tender(*, tender_id: UUID, reason: str, by: User, at: datetime) -> None:
    """Lay the draft aside, with a reason. Nothing in it is lost, nobody outside learns of it, and it can be taken up again."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    ShelveTenderPolicy(tender, at).check(by)
    if not (reason := clean_text(reason).strip()):
        raise Refused(_("Write why."))
    take_step(
        tender,
        TenderPhase.SHELVED,
        steps=TENDER_STEPS,
        event="tenders.tender_shelved",
        by=by,
        at=at,
        stream=tender,
        reason=reason,
        shelved_at=at,
        shelved_by=by,
        shelved_reason=reason,
    )
