"""Contracts and payments of the tests, made by the real commands."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from accounts.local_time import oslo
from accounts.models import User
from accounts.roles import Role
from contracts.commands.accept_delivery import accept_delivery
from contracts.commands.approve_contract import approve_contract
from contracts.commands.approve_payment import approve_payment
from contracts.commands.complete_contract import complete_contract
from contracts.commands.draft_contracts import draft_contracts
from contracts.commands.plan_milestones import plan_milestones
from contracts.commands.register_payment import register_payment
from contracts.commands.request_payment import request_payment
from contracts.commands.send_payment import send_payment
from contracts.commands.sign_contract import sign_contract
from contracts.commands.start_contract import start_contract
from contracts.models import Contract, Milestone, PaymentRequest
from evaluation.queries.selection import standstill_of
from tenders.models import Stage
from tests.settled_made import representative_of

ACCOUNT = "86011117947"
REPORT = "Tjue unge har prøvd tre jobber hver, og jobbkartene er levert."


@dataclass(frozen=True)
class Parties:
    """Those who act in a contract at Nav."""

    ingrid: User
    arne: User
    camilla: User


def parties(ingrid: User, arne: User, with_role: Any) -> Parties:
    """With Camilla as contract manager."""
    camilla = User.objects.filter(name="Camilla Dahl").first() or with_role("Camilla Dahl", Role.CONTRACT_MANAGER)
    return Parties(ingrid, arne, camilla)


def first_day(stage: Stage) -> datetime:
    """Ten in the morning of the first day on which anything can be signed."""
    standstill = standstill_of(stage)
    assert standstill is not None
    return oslo(standstill.first_signing_day, time(10, 0))


def drafted(stage: Stage, nav: Parties, at: datetime | None = None, **changes: Any) -> list[Contract]:
    """A contract for each of the selected, for half a year from the day after `at`."""
    at = at or first_day(stage)
    given = {"manager": nav.camilla, "starts_on": (at + timedelta(days=1)).date(), "ends_on": (at + timedelta(days=180)).date()}
    return draft_contracts(stage_id=stage.pk, by=nav.ingrid, at=at, **(given | changes))


def approved(stage: Stage, nav: Parties, at: datetime | None = None) -> list[Contract]:
    """Drafted by Ingrid and approved by Arne, who has not signed."""
    at = at or first_day(stage)
    made = drafted(stage, nav, at)
    return [approve_contract(contract_id=row.pk, by=nav.arne, at=at + timedelta(minutes=10)) for row in made]


def representative(contract: Contract) -> User:
    return representative_of(contract.organisation)


def signed(stage: Stage, nav: Parties, at: datetime | None = None) -> list[Contract]:
    """Signed by both, first the supplier. Finalist agreements run from then on."""
    at = at or first_day(stage)
    made = approved(stage, nav, at)
    for row in made:
        sign_contract(contract_id=row.pk, by=representative(row), at=at + timedelta(hours=1))
        sign_contract(contract_id=row.pk, by=nav.arne, at=at + timedelta(hours=2))
    return list(Contract.objects.filter(pk__in=[row.pk for row in made]).select_related("tender", "organisation", "stage"))


def milestones_of(contract: Contract) -> list[Milestone]:
    return list(Milestone.objects.filter(contract=contract).select_related("contract__organisation", "contract__tender"))


def plan_of(contract: Contract, parts: int = 3) -> list[dict[str, Any]]:
    """Equal parts, a month apart; the last one takes what is left."""
    each = (contract.amount / parts).quantize(Decimal("0.01"))
    rows = [
        {"title": f"Del {no}", "delivers": f"Prøveuke {no}", "due_on": contract.starts_on + timedelta(days=30 * no), "amount": each}
        for no in range(1, parts + 1)
    ]
    rows[-1]["amount"] = contract.amount - each * (parts - 1)
    return rows


def started(contract: Contract, nav: Parties, at: datetime, parts: int = 3) -> Contract:
    """Milestones planned by Camilla, and the work started."""
    plan_milestones(contract_id=contract.pk, milestones=plan_of(contract, parts), by=nav.camilla, at=at)
    return start_contract(contract_id=contract.pk, by=nav.camilla, at=at)


def requested(milestone: Milestone, at: datetime, **changes: Any) -> PaymentRequest:
    """The supplier has asked to be paid for the milestone."""
    typed = {"invoice_number": f"2026-{milestone.no}", "account_number": ACCOUNT, "report": REPORT} | changes
    return request_payment(milestone_id=milestone.pk, by=representative(milestone.contract), at=at, **typed)


def accepted(milestone: Milestone, nav: Parties, at: datetime) -> PaymentRequest:
    return accept_delivery(payment_id=requested(milestone, at).pk, by=nav.camilla, at=at)


def paid(milestone: Milestone, nav: Parties, at: datetime) -> PaymentRequest:
    """Requested, accepted by Camilla, approved by Arne, sent and registered."""
    payment = accepted(milestone, nav, at)
    approve_payment(payment_id=payment.pk, by=nav.arne, at=at)
    send_payment(payment_id=payment.pk, by=nav.camilla, at=at)
    return register_payment(payment_id=payment.pk, by=nav.camilla, at=at)


def completed(contract: Contract, nav: Parties, at: datetime) -> Contract:
    """Every milestone paid, and the contract completed by Camilla."""
    for milestone in milestones_of(contract):
        paid(milestone, nav, at)
    return complete_contract(contract_id=contract.pk, by=nav.camilla, at=at)
