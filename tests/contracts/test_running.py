"""Milestones are planned, the work starts, and a contract is completed or ends early."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import JournalEntry
from accounts.refused import Refused
from contracts.commands.complete_contract import complete_contract
from contracts.commands.plan_milestones import plan_milestones
from contracts.commands.start_contract import start_contract
from contracts.commands.terminate_contract import terminate_contract
from contracts.models import Contract, LedgerEntry
from contracts.queries.contracts import has_unfinished_business
from letters.models import Letter
from tenders.models import Budget
from tests.contracts_made import approved, completed, first_day, milestones_of, paid, plan_of, requested, started

pytestmark = pytest.mark.django_db


def test_the_milestones_are_together_what_the_contract_is(development, nav):
    at, rows = first_day(development.stage) + timedelta(days=1), plan_of(development)

    def refused(reason, milestones, by=nav.camilla):
        with pytest.raises(Refused, match=reason):
            plan_milestones(contract_id=development.pk, milestones=milestones, by=by, at=at)

    refused("Only the contract manager or the procurement officer of this tender can do this", rows, by=nav.arne)
    refused("Write at least one milestone and at most twelve", [])
    refused("Write at least one milestone and at most twelve", rows * 5)
    refused("Every milestone needs a name", [rows[0] | {"title": " "}])
    refused("Write an amount above 0", [rows[0] | {"amount": Decimal(0)}])
    refused("Every milestone must be due within the days of the contract", [rows[0] | {"due_on": development.ends_on + timedelta(days=1)}])
    refused("The milestones add up to", [*rows[:2], rows[2] | {"amount": rows[2]["amount"] + Decimal("0.01")}])
    with pytest.raises(Refused, match="Plan the milestones before the work starts"):
        start_contract(contract_id=development.pk, by=nav.camilla, at=at)
    plan_milestones(contract_id=development.pk, milestones=rows[:1] * 2 + [rows[2]], by=nav.camilla, at=at)
    made = plan_milestones(contract_id=development.pk, milestones=rows, by=nav.ingrid, at=at)
    assert [(row.no, row.title) for row in milestones_of(development)] == [(1, "Del 1"), (2, "Del 2"), (3, "Del 3")]
    assert sum(row.amount for row in made) == development.amount
    lines = JournalEntry.objects.filter(event="contracts.milestones_planned").order_by("seq")
    assert [line.actor_role for line in lines] == ["contract_manager", "officer"]
    start_contract(contract_id=development.pk, by=nav.camilla, at=at)
    assert Letter.objects.filter(batch__kind="contract_started", organisation=development.organisation).count() == 1
    refused("Milestones are planned when a development contract is signed and has not started", rows)
    with pytest.raises(Refused, match="Both must have signed before the work starts"):
        start_contract(contract_id=development.pk, by=nav.camilla, at=at)


def test_milestones_that_no_longer_add_up_stop_the_start(development, nav):
    at = first_day(development.stage)
    plan_milestones(contract_id=development.pk, milestones=plan_of(development), by=nav.camilla, at=at)
    development.milestones.filter(no=3).delete()
    with pytest.raises(Refused, match="The milestones add up to"):
        start_contract(contract_id=development.pk, by=nav.camilla, at=at)


def test_the_last_contract_that_is_completed_closes_the_tender(development, nav):
    at = first_day(development.stage) + timedelta(days=1)
    started(development, nav, at)
    with pytest.raises(Refused, match="Every milestone must be paid before the contract is completed"):
        complete_contract(contract_id=development.pk, by=nav.camilla, at=at)
    for contract in Contract.objects.filter(kind="finalist").select_related("organisation", "tender"):
        completed(contract, nav, at)
    tender = development.tender
    tender.refresh_from_db()
    assert tender.phase == "concluded" and has_unfinished_business(tender)
    completed(development, nav, at)
    tender.refresh_from_db()
    assert (tender.phase, has_unfinished_business(tender)) == ("closed", False)
    budget = Budget.objects.get()
    assert budget.paid == budget.contracted == 3 * 50000 + development.amount
    with pytest.raises(Refused, match="Only a contract that runs can be completed"):
        complete_contract(contract_id=development.pk, by=nav.camilla, at=at)


def test_a_decided_tender_stays_open_until_the_winner_has_a_contract(last_stage, nav):
    at = first_day(last_stage)
    for contract in Contract.objects.select_related("organisation", "tender"):
        completed(contract, nav, at)
    last_stage.tender.refresh_from_db()
    assert last_stage.tender.phase == "concluded"
    assert has_unfinished_business(last_stage.tender)


def test_what_is_not_paid_is_given_back_when_a_contract_ends_early(development, nav):
    at = first_day(development.stage) + timedelta(days=1)
    started(development, nav, at)
    first, second, _third = milestones_of(development)
    paid(first, nav, at)
    requested(second, at)

    def refused(reason, why="Arbeidet har stanset", by=nav.arne):
        with pytest.raises(Refused, match=reason):
            terminate_contract(contract_id=development.pk, reason=why, by=by, at=at)

    refused("Only the approver of this tender can end a contract early", by=nav.camilla)
    refused("Decide on the payment that has been requested first")
    second.payment_requests.all().update(phase="refused", refused_at=at, refused_by=nav.camilla, refusal_reason="Mangler")
    refused("Write why the contract ends early", why="  ")
    terminate_contract(contract_id=development.pk, reason="Arbeidet har stanset", by=nav.arne, at=at)
    development.refresh_from_db()
    assert (development.phase, development.paid) == ("terminated", first.amount)
    assert Budget.objects.get().contracted == 3 * 50000 + first.amount
    back = LedgerEntry.objects.get(amount__lt=0)
    assert back.amount == first.amount - development.amount
    assert "Arbeidet har stanset" in Letter.objects.get(batch__kind="contract_terminated").body
    refused("This contract has ended already")


def test_a_contract_that_nobody_signed_ends_without_money(settled_stage, nav):
    contract = approved(settled_stage, nav)[0]
    terminate_contract(contract_id=contract.pk, reason="Firmaet er solgt", by=nav.arne, at=first_day(settled_stage))
    assert not LedgerEntry.objects.exists()
    assert Budget.objects.get().contracted == 0
