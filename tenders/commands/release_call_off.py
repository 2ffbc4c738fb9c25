"""A call-off is signed, or ends: what it has set aside and does not use is the framework agreement's again."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from accounts import journal
from accounts.command import command
from accounts.models import User
from tenders.models import Budget, Tender


@command
def release_call_off(*, tender_id: UUID, by: User, at: datetime) -> None:
    """Give back what is not contracted. Nothing happens to a tender that is no call-off, or that has nothing left.

    Called inside the command that signs the contract or ends the tender, under its lock; who may is decided there.
    """
    tender = Tender.objects.select_related("framework").get(pk=tender_id)
    if tender.framework is None:
        return
    own = Budget.objects.select_for_update(of=("self",)).get(tender=tender)
    left, awarded = own.planned - own.contracted, own.awarded - own.contracted
    if not left:
        return
    Budget.objects.filter(tender=tender.framework).update(planned=F("planned") - left, awarded=F("awarded") - awarded)
    Budget.objects.filter(pk=own.pk).update(planned=F("contracted"), awarded=F("contracted"))
    facts = {"reference": tender.reference, "amount": str(left)}
    journal.record("tenders.call_off_released", by=by, at=at, stream=tender.framework, about=[tender], facts=facts)
