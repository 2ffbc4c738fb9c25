"""One asks, one accepts, another approves; never twice for one milestone, and never more than was agreed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.commands.grant_role import grant_role
from accounts.refused import Refused
from accounts.roles import Role
from contracts.account_number import in_groups, is_well_formed, without_signs
from contracts.commands.accept_delivery import accept_delivery
from contracts.commands.approve_payment import approve_payment
from contracts.commands.refuse_payment import refuse_payment
from contracts.commands.register_payment import register_payment
from contracts.commands.request_payment import request_payment
from contracts.commands.send_payment import send_payment
from contracts.models import Contract, LedgerEntry, PaymentRequest
from letters.models import Letter
from tenders.commands.assign_person import assign_person
from tenders.models import Budget, Stage
from tests.conftest import make_person
from tests.contracts_made import ACCOUNT, accepted, first_day, milestones_of, paid, requested, signed, started
from tests.settled_made import developed, opened_stage
from tests.suppliers_made import joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(development, nav):
    """The development contract, with three milestones."""
    return started(development, nav, first_day(development.stage))


@pytest.fixture
def at(development):
    return first_day(development.stage) + timedelta(days=40)


def test_from_request_to_money(running, nav, at):
    milestone = milestones_of(running)[0]
    payment = requested(milestone, at, account_number="8601 11 17947")
    assert (payment.phase, payment.amount, payment.account_number) == ("requested", milestone.amount, ACCOUNT)
    assert Letter.objects.get(batch__kind="payment_requested").user == nav.camilla
    accept_delivery(payment_id=payment.pk, by=nav.camilla, at=at)
    assert {row.user or row.organisation for row in Letter.objects.filter(batch__kind="delivery_accepted")} == {
        nav.arne,
        running.organisation,
    }
    before = Budget.objects.get().paid
    approve_payment(payment_id=payment.pk, by=nav.arne, at=at)
    assert Budget.objects.get().paid == before + milestone.amount
    assert LedgerEntry.objects.get(kind="paid").amount == milestone.amount
    send_payment(payment_id=payment.pk, by=nav.camilla, at=at)
    register_payment(payment_id=payment.pk, by=nav.camilla, at=at)
    payment.refresh_from_db()
    assert (payment.phase, payment.accepted_by, payment.approved_by, payment.paid_by) == ("paid", nav.camilla, nav.arne, nav.camilla)
    assert Letter.objects.filter(batch__kind="payment_registered", organisation=running.organisation).count() == 1


def test_asking_is_refused(running, nav, at):
    first, second, _ = milestones_of(running)

    def refused(reason, milestone=first, **changes):
        with pytest.raises(Refused, match=reason):
            requested(milestone, at, **changes)

    refused("Write the number of your invoice", invoice_number=" ")
    for number in ("86011117948", "8601111794", "860111179470", "00000000000", "8601111794x", "٨٦٠١١١١٧٩٤٧"):
        refused("Check the account number. It has eleven digits", account_number=number)
    refused("Write what you have delivered", report="\n")
    with pytest.raises(Refused, match="Only a representative of the supplier can ask for payment"):
        request_payment(milestone_id=first.pk, invoice_number="1", account_number=ACCOUNT, report="Alt", by=nav.camilla, at=at)
    payment = requested(first, at)
    refused("Payment for this milestone has been requested already")
    refuse_payment(payment_id=payment.pk, reason="Jobbkartene mangler", by=nav.camilla, at=at)
    assert requested(first, at).phase == "requested"
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentRequest.objects.create(milestone=first, amount=1, requested_at=at, requested_by=nav.camilla)
    assert requested(second, at).phase == "requested"


def test_nobody_asks_for_payment_without_a_contract_that_runs(development, nav, at):
    milestone = development.milestones.create(no=1, title="Del 1", due_on=development.ends_on, amount=development.amount)
    with pytest.raises(Refused, match="Payment can be requested while the contract runs"):
        requested(milestone, at)


def test_a_contributor_does_not_ask(finalists, milestone):
    nina = make_person("Nina Ek")
    joined(nina, milestone.contract.organisation)
    with pytest.raises(Refused, match="Only a representative of the supplier can ask for payment"):
        request_payment(
            milestone_id=milestone.pk, invoice_number="1", account_number=ACCOUNT, report="Alt", by=nina, at=first_day(finalists[0].stage)
        )


def test_two_people_decide(running, nav, at, admin, directorate):
    payment = requested(milestones_of(running)[0], at)
    with pytest.raises(Refused, match="Only the contract manager or the procurement officer of this tender can do this"):
        accept_delivery(payment_id=payment.pk, by=nav.arne, at=at)
    with pytest.raises(Refused, match="The delivery must be accepted before the payment is approved"):
        approve_payment(payment_id=payment.pk, by=nav.arne, at=at)
    # Arne accepts as a contract manager of the tender; then he may not approve, though he is its approver
    grant_role(to=nav.arne, role=Role.CONTRACT_MANAGER, unit=directorate, by=admin, at=at)
    assign_person(tender_id=running.tender_id, user=nav.arne, role=Role.CONTRACT_MANAGER, by=nav.ingrid, at=at)
    accept_delivery(payment_id=payment.pk, by=nav.arne, at=at)
    with pytest.raises(Refused, match="The one who accepted the delivery can't approve the payment"):
        approve_payment(payment_id=payment.pk, by=nav.arne, at=at)
    with pytest.raises(Refused, match="Only the approver of this tender can approve payments"):
        approve_payment(payment_id=payment.pk, by=nav.camilla, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentRequest.objects.update(approved_at=at, approved_by=nav.arne)
    assert not LedgerEntry.objects.filter(kind="paid").exists()


def test_every_step_is_taken_once_and_in_order(running, nav, at):
    payment = accepted(milestones_of(running)[0], nav, at)

    def refused(act, by, sentence, **also):
        with pytest.raises(Refused, match=sentence):
            act(payment_id=payment.pk, by=by, at=at, **also)

    refused(accept_delivery, nav.camilla, "This delivery does not wait to be accepted")
    refused(send_payment, nav.camilla, "Only an approved payment is sent to accounting")
    refused(register_payment, nav.camilla, "Only a payment that was sent to accounting can be registered as paid")
    refused(refuse_payment, nav.camilla, "The one whose turn it is to decide can refuse", reason="Nei")
    refused(refuse_payment, nav.arne, "Write what is missing, so that the supplier can mend it", reason=" ")
    approve_payment(payment_id=payment.pk, by=nav.arne, at=at)
    refused(approve_payment, nav.arne, "This payment does not wait for approval")
    refused(refuse_payment, nav.arne, "This request has been decided already", reason="Nei")
    assert LedgerEntry.objects.filter(kind="paid").count() == 1


def test_the_database_pays_no_more_than_the_contract_and_the_tender_have(running, nav, at):
    payment = accepted(milestones_of(running)[0], nav, at)
    PaymentRequest.objects.filter(pk=payment.pk).update(amount=running.amount + Decimal("0.01"))
    with pytest.raises(Refused, match="This is more than the contract has left"):
        approve_payment(payment_id=payment.pk, by=nav.arne, at=at)
    Contract.objects.filter(pk=running.pk).update(amount=Decimal("900000000"))
    PaymentRequest.objects.filter(pk=payment.pk).update(amount=Decimal("800000000"))
    with pytest.raises(Refused, match="This is more than has been contracted"):
        approve_payment(payment_id=payment.pk, by=nav.arne, at=at)
    running.refresh_from_db()
    assert (running.paid, Budget.objects.get().paid) == (0, 0)


def test_a_finalist_is_paid_for_what_was_handed_in_once_the_stage_is_opened(settled_stage, nav):
    contracts = signed(settled_stage, nav)
    second = Stage.objects.get(tender=settled_stage.tender, no=2)
    developed(second, [contracts[0].organisation])
    for contract in contracts[:2]:
        with pytest.raises(Refused, match="You can ask for payment when the next stage has been opened"):
            requested(milestones_of(contract)[0], second.closes_at)
    opened_stage(settled_stage.tender, 2, nav.ingrid, nav.arne)
    at = second.may_be_opened_from + timedelta(hours=1)
    with pytest.raises(Refused, match="You did not hand in to the next stage, so there is nothing to pay for"):
        requested(milestones_of(contracts[1])[0], at)
    paid(milestones_of(contracts[0])[0], nav, at)
    assert Budget.objects.get().paid == Decimal("50000.00")


def test_a_finalist_who_handed_in_is_paid_though_the_stage_was_cancelled(settled_stage, nav):
    contracts = signed(settled_stage, nav)
    second = Stage.objects.get(tender=settled_stage.tender, no=2)
    developed(second, [contracts[0].organisation])
    Stage.objects.filter(pk=second.pk).update(phase="cancelled")
    at = second.opens_at + timedelta(days=10)
    assert requested(milestones_of(contracts[0])[0], at).phase == "requested"
    with pytest.raises(Refused, match="You did not hand in to the next stage"):
        requested(milestones_of(contracts[1])[0], at)


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        # Rests worked out by hand: 86011117947 has sum 8*5+6*4+0+1*2+1*7+1*6+1*5+7*4+9*3+4*2 = 147, 147 mod 11 = 4, 11 - 4 = 7
        ("86011117947", True),
        ("86011117946", False),
        ("00000000000", False),
        ("8601111794", False),
    ],
)
def test_account_numbers_by_modulus_11(number, fits):
    assert is_well_formed(number) is fits


def test_account_numbers_as_people_write_them():
    assert without_signs("8601.11.17947") == without_signs(" 8601 11 17947 ") == "86011117947"
    assert in_groups("86011117947").replace("\u00a0", " ") == "8601 11 17947"
