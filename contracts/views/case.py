"""What the pages of this desk share: the tender, the contract and the payment that the person may see, else no page."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from accounts import clock
from accounts.http import SignedIn, once
from contracts.models import Contract, Milestone, PaymentRequest
from contracts.queries.contracts import contracts_for, own_sides, works_with_contracts
from contracts.queries.payments import payments_for
from tenders.models import Tender
from tenders.queries import visible_tenders


def tender_of(request: SignedIn, reference: str, *, at: datetime) -> Tender:
    """For those who work with its contracts, and for suppliers who have one."""
    tender = get_object_or_404(visible_tenders(request.user, at=at).select_related("unit", "budget"), reference=reference)
    if not works_with_contracts(request.user, tender, at=at) and not own_sides(request.user, tender):
        raise Http404
    return tender


def contract_of(request: SignedIn, reference: str, contract_id: UUID) -> Contract:
    at = clock.now()
    tender = tender_of(request, reference, at=at)
    people = ("drafted_by", "approved_by", "supplier_signed_by", "buyer_signed_by", "terminated_by", "completed_by")
    contract = get_object_or_404(contracts_for(request.user, tender, at=at).select_related(*people), pk=contract_id)
    contract.tender = contract.stage.tender = tender
    return contract


def milestone_of(request: SignedIn, reference: str, milestone_id: UUID) -> Milestone:
    at = clock.now()
    tender = tender_of(request, reference, at=at)
    seen = contracts_for(request.user, tender, at=at).order_by().values("pk")
    rows = Milestone.objects.select_related("contract__organisation", "contract__stage").filter(contract__in=seen)
    milestone = get_object_or_404(rows, pk=milestone_id)
    milestone.contract.tender = milestone.contract.stage.tender = tender
    return milestone


def payment_of(request: SignedIn, reference: str, payment_id: UUID) -> PaymentRequest:
    at = clock.now()
    tender = tender_of(request, reference, at=at)
    people = ("requested_by", "accepted_by", "approved_by", "sent_by", "paid_by", "refused_by")
    payment = get_object_or_404(payments_for(request.user, tender, at=at).select_related(*people), pk=payment_id)
    contract = payment.milestone.contract
    contract.tender = contract.stage.tender = tender
    return payment


def done(request: SignedIn, act: Callable[[], object], said: str, to: str) -> HttpResponse:
    """Act once, say so, and go on to `to`."""

    def acted() -> str:
        act()
        messages.success(request, said)
        return to

    return once(request, acted)
