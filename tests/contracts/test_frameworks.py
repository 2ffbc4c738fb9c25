"""A framework agreement with several suppliers, and call-offs by mini-competition within its highest value."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from accounts.models import JournalEntry
from accounts.refused import Refused
from contracts.commands.announce_call_off import announce_call_off
from contracts.commands.complete_contract import complete_contract
from contracts.commands.terminate_contract import terminate_contract
from contracts.framework_days import last_day_of
from contracts.models import Contract, LedgerEntry
from contracts.queries.frameworks import left_of, suppliers_in
from evaluation.commands.close_stage import close_stage
from evaluation.commands.propose_closing import propose_closing
from evaluation.models import SelectionItem
from letters.models import Letter
from suppliers.commands.start_submission import start_submission
from suppliers.models import StageInvitation
from suppliers.queries.submissions import waiting_for
from tenders.commands.copy_tender import copy_tender
from tenders.models import Budget, Criterion
from tenders.phases import TenderPhase
from tests.contracts_made import completed, drafted, first_day, signed, started
from tests.frameworks_made import (
    HIGHEST,
    call_off_announced,
    call_off_described,
    call_off_opened,
    call_off_proposed,
    call_off_settled,
    everybody_in,
    framework_running,
    framework_settled,
    running_from,
)
from tests.settled_made import cancelled, representative_of, stage_no
from tests.stages_made import firm
from tests.tenders_made import hash_seen

pytestmark = pytest.mark.django_db


def money(tender):
    return list(Budget.objects.filter(tender=tender).values_list("planned", "awarded", "contracted", "paid")[0])


@pytest.fixture
def framework(cast, nav):
    return framework_running(cast, nav)


def test_from_a_framework_agreement_to_a_call_off_that_is_paid(framework, cast, nav):
    agreements = list(Contract.objects.filter(tender=framework))
    assert [(row.kind, row.phase, row.amount) for row in agreements] == [("framework", "running", 0)] * 3
    assert money(framework) == [0, 0, 0, 0] and not LedgerEntry.objects.exists()
    at = running_from(framework)
    tender = call_off_announced(framework, nav)
    assert (tender.procedure, tender.phase, tender.framework_id) == ("call_off", "announced", framework.pk)
    assert money(framework) == [300_000, 0, 0, 0] and left_of(framework) == HIGHEST - 300_000
    stage = stage_no(tender, 1)
    suppliers = suppliers_in(framework, on=at.date())
    assert len(suppliers) == 3
    assert {row.organisation for row in StageInvitation.objects.filter(stage=stage)} == set(suppliers)
    assert Letter.objects.filter(batch__kind="stage_invitation", batch__about__contains=str(stage.pk)).count() == 3
    assert [row.case_url for row in waiting_for(representative_of(suppliers[0]), at=at)] == [f"/tenders/{tender.reference}/"]
    last = call_off_settled(tender, cast, suppliers[:2])
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.CONCLUDED and money(framework) == money(tender) == [300_000, 300_000, 0, 0]
    assert Letter.objects.filter(batch__kind="selection", batch__stream__contains=str(tender.pk)).count() == 2
    [contract] = signed(last, nav)
    assert (contract.kind, contract.phase, contract.amount) == ("call_off", "signed", 300_000)
    begun = contract.buyer_signed_at + timedelta(days=1)
    completed(started(contract, nav, begun), nav, begun + timedelta(days=100))
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.CLOSED
    assert money(framework) == money(tender) == [300_000] * 4
    stream = JournalEntry.objects.filter(stream__contains=str(framework.pk)).values_list("event", flat=True)
    assert {"contracts.call_off_started", "contracts.call_off_announced"} <= set(stream)


def test_a_call_off_is_paid_the_price_that_won_it_and_the_rest_is_the_frameworks_again(framework, cast, nav):
    weights = {f"weight_1_{no}": Decimal(weight) for no, weight in enumerate((40, 20, 10), 1)}
    tender = call_off_announced(framework, nav, weights={**weights, "price_1": "linear", "price_weight_1": Decimal(30)})
    assert money(framework) == money(tender) == [300_000, 0, 0, 0]
    suppliers = suppliers_in(framework, on=running_from(framework).date())
    last = call_off_settled(tender, cast, suppliers[:2], ("240 000,50", "270 000"))
    winner = SelectionItem.objects.get(selection__stage=last).submission.organisation
    won = {suppliers[0]: Decimal("240000.50"), suppliers[1]: Decimal(270_000)}[winner]
    assert money(framework) == money(tender) == [300_000, won, 0, 0]
    [contract] = signed(last, nav)
    assert contract.amount == won and left_of(framework) == HIGHEST - won
    assert money(framework) == money(tender) == [won, won, won, 0]
    begun = contract.buyer_signed_at + timedelta(days=1)
    completed(started(contract, nav, begun), nav, begun + timedelta(days=100))
    assert money(framework) == money(tender) == [won] * 4
    assert LedgerEntry.objects.filter(contract=contract, kind="paid").aggregate(Sum("amount"))["amount__sum"] == won


def test_a_call_off_takes_over_the_stated_criteria_with_weights_that_add_up(framework, nav):
    tender = call_off_described(framework, nav, criteria=[1, 3])
    found = list(Criterion.objects.filter(stage__tender=tender).prefetch_related("levels").order_by("no"))
    stated = {one.name: one for one in Criterion.objects.filter(stage__tender=framework).prefetch_related("levels")}
    assert [one.no for one in found] == [1, 2] and sum(one.weight for one in found) == 100
    for one in found:
        assert [level.text for level in one.levels.all()] == [level.text for level in stated[one.name].levels.all()] != []
    assert Criterion.objects.filter(stage__tender=framework).count() == 3


def test_a_call_off_takes_over_who_it_is_for_what_is_bought_and_who_stands_behind_it(framework, nav):
    tender = call_off_described(framework, nav)
    for taken in ("groups", "cpv_choices", "team"):
        rows = [list(getattr(one, taken).order_by("pk")) for one in (framework, tender)]
        assert rows[0] and len(rows[0]) == len(rows[1]) and not set(rows[0]) & set(rows[1])
    assert list(tender.counties.all()) == list(framework.counties.all())
    assert all(getattr(tender, name) == getattr(framework, name) for name in ("clauses", "adoption_budget", "places", "reservation"))


def test_a_call_off_is_started_from_its_framework_agreement_and_never_copied(framework, nav):
    tender = call_off_described(framework, nav)
    with pytest.raises(Refused, match="A call-off is not copied. Start a new one from the page of its framework agreement."):
        copy_tender(origin_id=tender.pk, name="Avrop to", unit=tender.unit, by=nav.ingrid, at=running_from(framework))


def test_a_call_off_is_started_within_what_is_left_by_an_officer_while_the_agreement_runs(framework, nav):
    at = running_from(framework)

    def refused(reason, at=at, nav=nav, amount=300_000, **changes):
        with pytest.raises(Refused, match=reason):
            call_off_described(framework, nav, amount, at, **changes)

    refused("The call-off is NOK.1,000,001, and NOK.1,000,000 is left of the framework agreement", amount=1_000_001)
    refused("Write what the call-off pays", amount=0)
    refused("Choose at least one criterion", criteria=[])
    refused("Choose among the criteria that were stated with the framework agreement", criteria=[1, 9])
    refused("No framework agreement runs: nobody has signed, or it has run out", at=at + timedelta(days=200))
    with pytest.raises(Refused, match="Only a procurement officer of the unit can start a call-off"):
        call_off_described(framework, type(nav)(nav.camilla, nav.arne, nav.camilla))
    call_off_announced(framework, nav, 1_000_000)
    refused("Nothing is left of the highest value of the framework agreement", amount=1)


def test_nothing_is_called_off_before_anybody_has_signed_or_from_another_tender(cast, nav):
    stage = framework_settled(cast)
    drafted(stage, nav)
    with pytest.raises(Refused, match="No framework agreement runs"):
        call_off_described(stage.tender, nav, at=first_day(stage))
    stage.tender.procedure = "idea_competition"
    stage.tender.save()
    with pytest.raises(Refused, match="Call-offs are made from a framework agreement"):
        call_off_described(stage.tender, nav, at=first_day(stage))


def test_one_left_out_or_one_too_many_is_refused(framework, nav):
    """Requirement 68: everybody in the framework agreement is invited, and nobody else."""
    at, tender = running_from(framework), call_off_proposed(framework, nav)
    everybody, seen = everybody_in(framework, at), hash_seen(tender)

    def refused(reason, invited, at=at, by=nav.arne):
        with pytest.raises(Refused, match=reason):
            announce_call_off(tender_id=tender.pk, content_hash=seen, invited=invited, by=by, at=at)

    for one in everybody:
        refused("is in the framework agreement and must be invited too", [key for key in everybody if key != one])
    outside = next(firm(no)[1] for no in range(4) if firm(no)[1].pk not in everybody)
    refused("Somebody who is invited has no framework agreement that runs", [*everybody, outside.pk])
    refused("Someone else must approve your proposal", everybody, by=nav.ingrid)
    refused("No framework agreement runs", everybody, at=at + timedelta(days=200))
    assert money(framework) == [0, 0, 0, 0] and not StageInvitation.objects.exists()


def test_one_who_has_left_is_not_invited_and_the_approver_must_have_read_it(framework, nav):
    at, tender = running_from(framework), call_off_proposed(framework, nav)
    everybody = everybody_in(framework, at)
    gone = Contract.objects.get(tender=framework, organisation=everybody[0])
    terminate_contract(contract_id=gone.pk, reason="Firmaet er lagt ned", by=nav.arne, at=at)
    with pytest.raises(Refused, match="Somebody who is invited has no framework agreement that runs"):
        announce_call_off(tender_id=tender.pk, content_hash=hash_seen(tender), invited=everybody, by=nav.arne, at=at)
    announce_call_off(tender_id=tender.pk, content_hash=hash_seen(tender), invited=everybody[1:], by=nav.arne, at=at)
    assert StageInvitation.objects.count() == 2


def test_a_call_off_is_not_announced_above_what_is_left_or_past_the_end(framework, nav):
    at, second = running_from(framework), call_off_proposed(framework, nav, 800_000)
    call_off_announced(framework, nav, 300_000)
    everybody = everybody_in(framework, at)
    with pytest.raises(Refused, match="The call-off is NOK.800,000, and NOK.700,000 is left"):
        announce_call_off(tender_id=second.pk, content_hash=hash_seen(second), invited=everybody, by=nav.arne, at=at)
    third = call_off_proposed(framework, nav, 100_000)
    Contract.objects.filter(tender=framework).update(ends_on=at.date() + timedelta(days=2))
    with pytest.raises(Refused, match="The framework agreement ends .*, before the deadline of the call-off"):
        announce_call_off(tender_id=third.pk, content_hash=hash_seen(third), invited=everybody, by=nav.arne, at=at)
    third.prequalification_required, third.prequalification_ground = True, "Ingen"
    third.save()
    with pytest.raises(Refused, match="Everybody in the framework agreement can take part, so prequalification can't be required"):
        announce_call_off(tender_id=third.pk, content_hash=hash_seen(third), invited=everybody, by=nav.arne, at=at)


def test_only_those_in_the_framework_agreement_can_write(framework, nav):
    tender = call_off_announced(framework, nav)
    stage = stage_no(tender, 1)
    user, outside = next(firm(no) for no in range(4) if firm(no)[1].pk not in everybody_in(framework, stage.opens_at))
    with pytest.raises(Refused, match="Only suppliers in the framework agreement «.+» can take part in its call-offs."):
        start_submission(stage_id=stage.pk, organisation_id=outside.pk, by=user, at=stage.opens_at + timedelta(hours=1))


def test_what_a_call_off_does_not_use_is_the_frameworks_again(framework, cast, nav):
    first, second = call_off_announced(framework, nav), call_off_announced(framework, nav, 200_000)
    cancelled(first, cast.ingrid, cast.arne, running_from(framework) + timedelta(hours=1))
    assert money(framework) == [200_000, 0, 0, 0]
    stage = call_off_opened(second, cast, [])
    at = stage.opened_at + timedelta(hours=1)
    approval = propose_closing(stage_id=stage.pk, reason="Ingen leverte.", by=nav.ingrid, at=at)
    close_stage(approval_id=approval.pk, by=nav.arne, at=at)
    assert money(framework) == [0, 0, 0, 0]
    third = call_off_announced(framework, nav, at=at)
    [contract] = signed(call_off_settled(third, cast, suppliers_in(framework, on=at.date())[:1]), nav)
    assert money(framework) == [300_000, 300_000, 300_000, 0]
    terminate_contract(contract_id=contract.pk, reason="Firmaet er lagt ned", by=nav.arne, at=contract.buyer_signed_at)
    assert money(framework) == money(third) == [0, 0, 0, 0]
    assert JournalEntry.objects.filter(event="tenders.call_off_released").count() == 3


def test_a_framework_agreement_lasts_as_announced_and_is_completed_when_it_has_run_out(cast, nav):
    stage = framework_settled(cast, months=7)
    at = first_day(stage)
    first = at.date() + timedelta(days=1)
    with pytest.raises(Refused, match="The framework agreement was announced to end"):
        drafted(stage, nav, ends_on=last_day_of(7, first) + timedelta(days=1))
    for row in signed_until(stage, nav, last_day_of(7, first)):
        with pytest.raises(Refused, match="A framework agreement is completed when its last day has passed"):
            complete_contract(contract_id=row.pk, by=nav.camilla, at=at)
        complete_contract(contract_id=row.pk, by=nav.camilla, at=at + timedelta(days=230))
    stage.tender.refresh_from_db()
    assert stage.tender.phase == TenderPhase.CLOSED


def signed_until(stage, nav, day):
    made = signed(stage, nav)
    Contract.objects.filter(stage=stage).update(ends_on=day)
    return made


@pytest.mark.parametrize(
    ("months", "first", "last"), [(24, "2026-03-15", "2028-03-14"), (1, "2027-01-31", "2027-02-27"), (48, "2026-12-01", "2030-11-30")]
)
def test_so_many_months_end_on_the_day_before_the_same_day(months, first, last):
    day = date.fromisoformat
    assert last_day_of(months, day(first)) == day(last)
