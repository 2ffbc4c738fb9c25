"""Which framework agreements run, with whom, and what is left of them."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import Organisation
from contracts.models import Contract
from contracts.phases import ContractPhase
from tenders.models import Budget, Tender
from tenders.phases import PUBLIC_PHASES


def running_agreements(framework: Tender, *, on: date) -> QuerySet[Contract]:
    """Framework agreements that both have signed and that hold on that day."""
    running = Contract.objects.filter(tender=framework, kind=Contract.Kind.FRAMEWORK, phase=ContractPhase.RUNNING, ends_on__gte=on)
    return running.select_related("organisation").order_by("organisation__name")


def suppliers_in(framework: Tender, *, on: date) -> list[Organisation]:
    """Everybody who is invited to a mini-competition on that day, by name."""
    return [row.organisation for row in running_agreements(framework, on=on)]


def left_of(framework: Tender) -> Decimal:
    """Kroner of the highest value that no call-off has set aside."""
    budget = Budget.objects.get(tender=framework)
    return budget.amount - budget.planned


def announced_call_offs(framework: Tender) -> QuerySet[Tender]:
    """Those that everybody may see, the newest first."""
    return framework.call_offs.filter(phase__in=PUBLIC_PHASES).select_related("budget").prefetch_related("stages").order_by("-announced_at")
