"""Agreeing and paying raced on PostgreSQL: each step is taken once, and every krone is booked once.

A short round every day; NYVEI_RACE_ROUNDS=50 for a long series.
"""

import os
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from accounts.commands.grant_role import grant_role
from accounts.refused import Refused
from accounts.roles import Role
from contracts.commands.approve_contract import approve_contract
from contracts.commands.approve_payment import approve_payment
from contracts.commands.sign_contract import sign_contract
from contracts.commands.terminate_contract import terminate_contract
from contracts.models import Contract, LedgerEntry, PaymentRequest
from contracts.phases import ContractPhase
from tenders.commands.assign_person import assign_person
from tenders.models import Budget
from tests.conftest import make_person
from tests.contracts_made import accepted, approved, drafted, first_day, milestones_of, parties, representative, requested, signed
from tests.panel_made import all_declared
from tests.races.at_once import at_once
from tests.settled_made import cast_of, developed, first_stage_answered, opened_stage, settled, stage_no
from tests.tenders_made import announced

ROUNDS = int(os.environ.get("NYVEI_RACE_ROUNDS", "2"))
APPROVERS = 4

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def nav(ingrid, arne, with_role):
    return parties(ingrid, arne, with_role)


@pytest.fixture
def stage(ingrid, arne, with_role):
    """Three are selected of four, everybody has their letter, and stage 2 takes submissions."""
    cast = cast_of(ingrid, arne, with_role)
    return settled(first_stage_answered(announced(ingrid, arne), cast), ingrid, arne)


@pytest.fixture
def delivered(stage, nav):
    """Three finalist agreements that run, and the developed sketches are opened."""
    contracts = signed(stage, nav)
    second = stage_no(stage.tender, 2)
    developed(second, [row.organisation for row in contracts])
    opened_stage(stage.tender, 2, nav.ingrid, nav.arne)
    return contracts


@pytest.fixture
def approvers(admin, stage, nav):
    """Arne and others who may approve, each of whom has declared."""
    made = [make_person(f"Approver{no:02d} Lie") for no in range(1, APPROVERS)]
    for user in made:
        grant_role(to=user, role=Role.APPROVER, unit=stage.tender.unit, by=admin, at=stage.opened_at)
        assign_person(tender_id=stage.tender_id, user=user, role=Role.APPROVER, by=admin, at=stage.opened_at)
    all_declared(stage, *made)
    return [nav.arne, *made]


def booked(kind):
    """What the ledger says."""
    return LedgerEntry.objects.filter(kind=kind).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def adds_up(tender):
    """Budget, contracts and ledger say the same, and nothing is more than what it is taken from."""
    budget = Budget.objects.get(tender=tender)
    assert 0 <= budget.paid <= budget.contracted <= budget.awarded <= budget.planned <= budget.amount
    assert (booked("contracted"), booked("paid")) == (budget.contracted, budget.paid)
    assert sum(Contract.objects.filter(tender=tender).values_list("paid", flat=True)) == budget.paid
    return budget


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_a_contract_that_several_approve_at_once_is_approved_once(stage, nav, approvers, round_no):
    """Four approvers, three contracts."""
    contracts, at = drafted(stage, nav), first_day(stage) + timedelta(minutes=10)
    given = at_once([lambda row=row, by=by: approve_contract(contract_id=row.pk, by=by, at=at) for row in contracts for by in approvers])
    assert sum(isinstance(one, Contract) for one in given) == len(contracts)
    assert sum(isinstance(one, Refused) for one in given) == len(contracts) * (APPROVERS - 1)


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_both_sides_sign_at_the_same_moment_and_the_money_is_bound_once(stage, nav, round_no):
    """Each presses twice: two signatures count, the second binds the amount."""
    contracts, at = approved(stage, nav), first_day(stage) + timedelta(hours=1)
    acts = [
        lambda row=row, by=by: sign_contract(contract_id=row.pk, by=by, at=at)
        for row in contracts
        for by in (representative(row), nav.arne) * 2
    ]
    given = at_once(acts)
    assert sum(isinstance(one, Contract) for one in given) == 2 * len(contracts)
    assert sum(isinstance(one, Refused) for one in given) == 2 * len(contracts)
    assert adds_up(stage.tender).contracted == sum(row.amount for row in contracts)


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_a_payment_that_several_approve_at_once_is_paid_once(delivered, nav, approvers, round_no):
    """Four approvers, three payments of 50 000: 150 000 and not a krone more."""
    at = stage_no(delivered[0].tender, 2).opened_at + timedelta(hours=1)
    payments = [accepted(milestones_of(row)[0], nav, at) for row in delivered]
    given = at_once([lambda row=row, by=by: approve_payment(payment_id=row.pk, by=by, at=at) for row in payments for by in approvers])
    assert sum(isinstance(one, PaymentRequest) for one in given) == len(payments)
    assert sum(isinstance(one, Refused) for one in given) == len(payments) * (APPROVERS - 1)
    assert adds_up(delivered[0].tender).paid == sum(row.amount for row in payments)


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_payment_is_asked_for_once(delivered, nav, round_no):
    at = stage_no(delivered[0].tender, 2).opened_at + timedelta(hours=1)
    milestone = milestones_of(delivered[0])[0]
    given = at_once([lambda: requested(milestone, at)] * APPROVERS)
    assert sum(isinstance(one, PaymentRequest) for one in given) == 1 == PaymentRequest.objects.count()


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_a_contract_does_not_end_under_a_payment_that_is_decided(delivered, nav, approvers, round_no):
    """Ending waits for the decision: it comes after the approval, or is refused. Either way what was approved is paid, and once."""
    at = stage_no(delivered[0].tender, 2).opened_at + timedelta(hours=1)
    contract, payment = delivered[0], accepted(milestones_of(delivered[0])[0], nav, at)
    ending, paying = at_once(
        [
            lambda: terminate_contract(contract_id=contract.pk, reason="Firmaet er lagt ned", by=approvers[1], at=at),
            lambda: approve_payment(payment_id=payment.pk, by=nav.arne, at=at),
        ]
    )
    assert isinstance(paying, PaymentRequest), paying
    assert isinstance(ending, Contract | Refused), ending
    contract.refresh_from_db()
    assert contract.paid == contract.amount == booked("contracted") - 2 * contract.amount
    assert (contract.phase == ContractPhase.TERMINATED) == isinstance(ending, Contract)
    adds_up(contract.tender)
