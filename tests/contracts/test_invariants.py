"""Whatever people try, in whatever order: 0 <= paid <= contracted <= awarded <= planned <= amount, and the ledger adds up."""

import random
from datetime import timedelta

import pytest
from django.db.models import Sum

from accounts.refused import Refused
from contracts.commands.accept_delivery import accept_delivery
from contracts.commands.approve_contract import approve_contract
from contracts.commands.approve_payment import approve_payment
from contracts.commands.complete_contract import complete_contract
from contracts.commands.plan_milestones import plan_milestones
from contracts.commands.refuse_payment import refuse_payment
from contracts.commands.register_payment import register_payment
from contracts.commands.request_payment import request_payment
from contracts.commands.send_payment import send_payment
from contracts.commands.sign_contract import sign_contract
from contracts.commands.start_contract import start_contract
from contracts.commands.terminate_contract import terminate_contract
from contracts.models import Contract, LedgerEntry, PaymentRequest
from tenders.models import Budget, Tender
from tests.contracts_made import ACCOUNT, drafted, first_day, milestones_of, plan_of, representative

pytestmark = pytest.mark.django_db
TRIES = 120


def holds():
    budget = Budget.objects.get()
    assert 0 <= budget.paid <= budget.contracted <= budget.awarded <= budget.planned <= budget.amount
    sums = dict(LedgerEntry.objects.values_list("kind").annotate(Sum("amount")))
    assert (budget.contracted, budget.paid) == (sums.get("contracted", 0), sums.get("paid", 0))
    for contract in Contract.objects.all():
        decided = PaymentRequest.objects.filter(milestone__contract=contract, phase__in=("approved", "sent", "paid"))
        assert contract.paid == (decided.aggregate(Sum("amount"))["amount__sum"] or 0) <= contract.amount
        own = dict(LedgerEntry.objects.filter(contract=contract).values_list("kind").annotate(Sum("amount")))
        left = own.get("contracted", 0)
        signed = contract.supplier_signed_at is not None and contract.buyer_signed_at is not None
        assert left == (0 if not signed else contract.paid if contract.phase == "terminated" else contract.amount)


def try_something(chance, nav, at):
    """One step that a person could try now, allowed or not; whether it was done."""
    contract = chance.choice(list(Contract.objects.select_related("organisation", "tender", "stage")))
    by = chance.choice([nav.ingrid, nav.arne, nav.camilla, representative(contract)])
    on_contract = {"contract_id": contract.pk, "by": by, "at": at}
    acts = [
        lambda: approve_contract(**on_contract),
        lambda: sign_contract(**on_contract),
        lambda: plan_milestones(milestones=plan_of(contract, chance.randint(1, 4)), **on_contract),
        lambda: start_contract(**on_contract),
        lambda: complete_contract(**on_contract),
    ]
    if chance.random() < 0.05:
        acts = [lambda: terminate_contract(reason="Arbeidet har stanset", **on_contract)]
    for milestone in milestones_of(contract):
        asked = {"milestone_id": milestone.pk, "by": by, "at": at}
        acts += [lambda asked=asked: request_payment(invoice_number="7", account_number=ACCOUNT, report="Levert", **asked)] * 2
    for payment in PaymentRequest.objects.filter(milestone__contract=contract):
        on_payment = {"payment_id": payment.pk, "by": by, "at": at}
        for act in (accept_delivery, approve_payment, send_payment, register_payment):
            acts += [lambda act=act, on_payment=on_payment: act(**on_payment)] * 2
        acts.append(lambda on_payment=on_payment: refuse_payment(reason="Mangler", **on_payment))
    try:
        chance.choice(acts)()
    except Refused:
        return False
    return True


@pytest.mark.parametrize("seed", [7, 19])
def test_random_steps_never_break_the_sums(last_stage, nav, seed):
    chance, at = random.Random(seed), first_day(last_stage) + timedelta(hours=3)
    drafted(last_stage, nav)
    done = 0
    for _ in range(TRIES * 3):
        done += try_something(chance, nav, at)
        holds()
    assert done > TRIES / 10, "mostly refusals show nothing"
    assert Tender.objects.get().phase in ("concluded", "closed")
