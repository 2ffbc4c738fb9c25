"""Requests for payment: who may see them, and what is left to pay."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum

from accounts.models import User
from contracts.models import Contract, Milestone, PaymentRequest
from contracts.phases import PaymentPhase
from contracts.queries.contracts import contracts_for, locked_contract
from tenders.models import Tender


def payments_for(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> QuerySet[PaymentRequest]:
    """Those of the contracts the person may see, the newest first."""
    seen = contracts_for(user, tender, at=at).order_by().values("pk")
    rows = PaymentRequest.objects.filter(milestone__contract__in=seen)
    return rows.select_related("milestone__contract__organisation", "milestone__contract__stage").order_by("-requested_at", "pk")


def locked_payment(payment_id: UUID) -> PaymentRequest:
    """The request, locked after its tender and contract."""
    milestone = Milestone.objects.get(payment_requests=payment_id)
    contract = locked_contract(milestone.contract_id)
    payment = PaymentRequest.objects.select_for_update(of=("self",)).select_related("milestone").get(pk=payment_id)
    payment.milestone.contract = contract
    return payment


def standing_request(milestone: Milestone) -> PaymentRequest | None:
    """The request that was not refused; None when there is none."""
    return PaymentRequest.objects.filter(milestone=milestone).exclude(phase=PaymentPhase.REFUSED).first()


def newest_request(milestone: Milestone) -> PaymentRequest | None:
    """What the supplier asked for last: for this milestone when there is one, else for any of theirs in the tender."""
    contract = milestone.contract
    rows = PaymentRequest.objects.filter(
        milestone__contract__tender=contract.tender_id, milestone__contract__organisation=contract.organisation_id
    )
    return rows.filter(milestone=milestone).order_by("requested_at").last() or rows.order_by("requested_at").last()


def undecided_requests(contract: Contract) -> QuerySet[PaymentRequest]:
    return PaymentRequest.objects.filter(milestone__contract=contract, phase__in=(PaymentPhase.REQUESTED, PaymentPhase.ACCEPTED))


def milestones_in_all(contract: Contract) -> Decimal:
    """Kroner."""
    return Milestone.objects.filter(contract=contract).aggregate(Sum("amount"))["amount__sum"] or Decimal(0)


def all_is_paid(contract: Contract) -> bool:
    """Every milestone has its money."""
    milestones = Milestone.objects.filter(contract=contract)
    paid = PaymentRequest.objects.filter(milestone__contract=contract, phase=PaymentPhase.PAID).values("milestone")
    return milestones.exists() and not milestones.exclude(pk__in=paid).exists()
