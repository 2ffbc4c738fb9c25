"""«My work» and the road: each sees what waits for them, and everybody what is agreed once both have signed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import JournalEntry
from accounts.work import Progress
from contracts.commands.accept_delivery import accept_delivery
from contracts.commands.approve_contract import approve_contract
from contracts.commands.approve_payment import approve_payment
from contracts.commands.refuse_payment import refuse_payment
from contracts.commands.register_payment import register_payment
from contracts.commands.send_payment import send_payment
from contracts.commands.sign_contract import sign_contract
from contracts.commands.terminate_contract import terminate_contract
from contracts.models import Contract
from contracts.queries import work
from evaluation.commands.declare_conflict import declare_conflict
from evaluation.commands.vacate_place import vacate_place
from insight.journals import as_events
from insight.others import waiting_for_others
from tenders.queries.work import road_of
from tests.contracts_made import approved, completed, drafted, first_day, milestones_of, representative, requested, signed, started
from tests.settled_made import developed, opened_stage, settled

pytestmark = pytest.mark.django_db


def titles(user, at):
    return [str(row.title).replace("\u00a0", " ") for row in work.waiting_for(user, at=at)]


def test_from_drafting_to_signing(stage, nav):
    at = first_day(stage) - timedelta(days=2)
    assert titles(nav.ingrid, at) == ["Draft the contracts"]
    assert titles(nav.arne, at) == []
    contracts = drafted(stage, nav, at)
    assert titles(nav.ingrid, at) == []
    names = [row.organisation.name for row in Contract.objects.order_by("drafted_at", "pk").select_related("organisation")]
    assert titles(nav.arne, at) == [f"Approve the contract with {name}" for name in names]
    one = contracts[0]
    user = representative(one)
    assert titles(user, at) == []
    approve_contract(contract_id=one.pk, by=nav.arne, at=at)
    (row,) = work.waiting_for(user, at=at)
    assert (str(row.title), row.only_to_know) == ("Sign the agreement with Nav", True)
    assert row.open_from.date() == first_day(stage).date()
    settled(stage, nav.ingrid, nav.arne, first_day(stage))
    later = first_day(stage) + timedelta(hours=2)
    (row,) = work.waiting_for(user, at=later)
    assert (row.open_from, row.only_to_know) == (None, False)
    sign_contract(contract_id=one.pk, by=user, at=later)
    assert titles(user, later) == []
    assert f"Sign the agreement with {one.organisation.name}" in titles(nav.arne, later)
    terminate_contract(contract_id=one.pk, reason="Feil navn", by=nav.arne, at=later)
    assert titles(nav.ingrid, later) == ["Draft the contracts"], "as the page of the contracts says"


def test_what_the_approver_has_a_tie_to_is_not_there(stage, nav):
    at = first_day(stage)
    one = drafted(stage, nav, at)[0]
    assert len(titles(nav.arne, at)) == 3
    declare_conflict(submission_id=one.submission_id, ground="Min bror leder firmaet.", by=nav.arne, at=at)
    assert f"Approve the contract with {one.organisation.name}" not in titles(nav.arne, at)


def test_from_plan_to_paid(development, nav):
    at, user, name = first_day(development.stage) + timedelta(days=1), representative(development), development.organisation.name
    for contract in Contract.objects.filter(kind="finalist").select_related("organisation", "tender"):
        completed(contract, nav, at)
    assert titles(nav.camilla, at) == [f"Plan the milestones with {name}"]
    milestone = milestones_of(started(development, nav, at, parts=1))[0]
    assert titles(user, at) == [f"Ask for payment: {milestone.title}"]
    payment = requested(milestone, at)
    assert (titles(user, at), titles(nav.camilla, at)) == ([], [f"Decide on the delivery from {name}"])
    accept_delivery(payment_id=payment.pk, by=nav.camilla, at=at)
    assert (titles(nav.camilla, at), titles(nav.arne, at)) == ([], [f"Approve NOK 450,000 to {name}"])
    approve_payment(payment_id=payment.pk, by=nav.arne, at=at)
    assert titles(nav.camilla, at) == [f"Send NOK 450,000 to {name} to accounting"]
    send_payment(payment_id=payment.pk, by=nav.camilla, at=at)
    assert titles(nav.camilla, at) == [f"Register that {name} is paid"]
    register_payment(payment_id=payment.pk, by=nav.camilla, at=at)
    assert titles(nav.camilla, at) == [f"Complete the contract with {name}"]


def test_a_finalist_is_asked_to_ask_once_the_stage_is_opened_and_only_one_who_handed_in(finalists, second, nav):
    developed(second, [finalists[0].organisation])
    users = [representative(row) for row in finalists]
    assert [titles(user, second.closes_at) for user in users] == [[], [], []]
    opened_stage(second.tender, 2, nav.ingrid, nav.arne)
    at = second.may_be_opened_from + timedelta(hours=1)
    assert [titles(user, at) for user in users] == [[f"Ask for payment: {second.name}"], [], []]


def road(tender, at):
    steps = work.facts_for(tender, AnonymousUser(), at=at).road
    return [(str(step.label), step.progress, str(step.note).replace("\u00a0", " ")) for step in steps]


def test_everybody_sees_name_and_amount_once_both_have_signed(last_stage, nav):
    tender, at = last_stage.tender, first_day(last_stage) + timedelta(hours=2)
    assert road(tender, at) == [("Contract", Progress.NOW, ""), ("Paid", Progress.NEXT, "")]
    (contract,) = signed(last_stage, nav)
    name = contract.organisation.name
    assert road(tender, at) == [("Contract", Progress.DONE, f"NOK 450,000 to {name}"), ("Paid", Progress.NOW, "")]
    assert work.facts_for(tender, AnonymousUser(), at=at).links == []
    started(contract, nav, at, parts=1)
    completed(contract, nav, at)
    assert road(tender, at)[1] == ("Paid", Progress.NOW, "NOK 450,000 approved")


def test_work_costs_the_same_with_one_contract_and_with_three(settled_stage, nav):
    at = first_day(settled_stage) + timedelta(hours=5)
    drafted(settled_stage, nav)
    counts = []
    for keys in (Contract.objects.values_list("pk", flat=True)[:1], Contract.objects.values_list("pk", flat=True)):
        Contract.objects.exclude(pk__in=list(keys)).update(phase="terminated", terminated_at=at, terminated_by=nav.arne)
        Contract.objects.filter(pk__in=list(keys)).update(phase="draft", terminated_at=None, terminated_by=None)
        with CaptureQueriesContext(connection) as seen:
            rows = work.waiting_for(nav.arne, at=at)
        counts.append((len(rows), len(seen)))
    assert [number for number, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


def test_a_refusal_is_told_where_the_supplier_looks(development, nav):
    at, user = first_day(development.stage) + timedelta(days=1), representative(development)
    milestone = milestones_of(started(development, nav, at, parts=1))[0]
    refuse_payment(payment_id=requested(milestone, at).pk, reason="Tallene mangler.", by=nav.camilla, at=at)
    (row,) = [row for row in work.waiting_for(user, at=at) if milestone.title in row.title]
    assert (str(row.title), str(row.why)) == (f"Ask for payment again: {milestone.title}", "Nav refused it: Tallene mangler.")


def test_the_approver_ends_what_can_go_no_further(settled_stage, nav):
    at = first_day(settled_stage) + timedelta(hours=1)
    contracts = approved(settled_stage, nav)
    gone, *others = contracts
    vacate_place(place_id=gone.stage.places.get(item__submission=gone.submission_id).pk, reason="Sykdom", by=nav.ingrid, at=at)
    for row in others:
        sign_contract(contract_id=row.pk, by=representative(row), at=at)
        sign_contract(contract_id=row.pk, by=nav.arne, at=at)
    assert titles(representative(gone), at) == []
    ended = f"End the contract with {gone.organisation.name}"
    assert titles(nav.arne, at) == [ended]
    second = settled_stage.tender.stages.get(no=2)
    developed(second, [others[0].organisation])
    assert titles(nav.arne, second.closes_at) == [ended], "nobody knows yet who has handed in"
    opened_stage(second.tender, 2, nav.ingrid, nav.arne)
    later = second.may_be_opened_from + timedelta(hours=1)
    assert set(titles(nav.arne, later)) == {ended, f"End the contract with {others[1].organisation.name}"}
    for row in (gone, others[1]):
        terminate_contract(contract_id=row.pk, reason="Leverte ikke", by=nav.arne, at=later)
    assert titles(nav.arne, later) == []


def others(user):
    return [row.text.replace("\u00a0", " ") for row in waiting_for_others(user)]


def test_who_has_asked_sees_that_another_must_decide(development, nav):
    at, user, name = first_day(development.stage) + timedelta(days=1), representative(development), development.organisation.name
    payment = requested(milestones_of(started(development, nav, at, parts=1))[0], at)
    assert others(user) == ["Nav is to decide on NOK 450,000 for «Del 1»"]
    assert others(nav.camilla) == []
    accept_delivery(payment_id=payment.pk, by=nav.camilla, at=at)
    assert others(user) == ["Nav is to decide on NOK 450,000 for «Del 1»"]
    assert others(nav.camilla) == [f"{nav.arne.name} is to approve NOK 450,000 to {name}"]
    approve_payment(payment_id=payment.pk, by=nav.arne, at=at)
    assert (others(user), others(nav.camilla)) == ([], [])
    (line,) = as_events(JournalEntry.objects.filter(event="contracts.payment_approved"), places=False)
    assert line.note.replace("\u00a0", " ") == "NOK 450,000"


def test_the_officer_sees_whose_approval_the_drafts_wait_for(settled_stage, nav):
    made = drafted(settled_stage, nav)
    assert sorted(others(nav.ingrid)) == sorted(f"{nav.arne.name} is to approve the contract with {row.organisation.name}" for row in made)
    approve_contract(contract_id=made[0].pk, by=nav.arne, at=first_day(settled_stage))
    assert len(others(nav.ingrid)) == 2


def test_an_answer_that_came_early_has_no_day_to_come(settled_stage):
    notes = {step.label: step.note for step in road_of(settled_stage.tender, first_day(settled_stage))}
    assert notes["Three finalists"] == ""
    later = {step.label: step.note for step in road_of(settled_stage.tender, first_day(settled_stage) + timedelta(days=200))}
    assert later["Three finalists"] != ""
