"""States after the opening that come from another one by a few commands, and the keys that stand in their addresses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts.commands.accept_delivery import accept_delivery
from contracts.commands.approve_contract import approve_contract
from contracts.commands.approve_payment import approve_payment
from contracts.commands.propose_cancellation import propose_cancellation
from contracts.commands.send_payment import send_payment
from contracts.models import Contract, Milestone, PaymentRequest
from evaluation.commands.ask_unlock import ask_unlock
from evaluation.commands.declare_impartiality import declare_impartiality
from evaluation.commands.lock_sheet import lock_sheet
from evaluation.commands.propose_closing import propose_closing
from evaluation.commands.settle_stage import settle_stage
from evaluation.models import ScoreSheet, SelectionPlace, SheetUnlock
from letters.models import Letter
from tenders.models import Approval, Stage
from tenders.queries.approvals import waiting_proposal
from tests.conftest import NOON
from tests.contracts_made import Parties, drafted
from tests.later_world import number_of_sara
from tests.panel_made import proposed_panel
from tests.settled_made import proposed_settlement
from tests.world import World

NO_KEY = UUID("00000000-0000-4000-8000-000000000000")
LATELY = NOON - timedelta(hours=1)


def nav(world: World) -> Parties:
    return Parties(world.officer, world.approver, world.manager)


def declared(world: World) -> None:
    declare_impartiality(stage_id=world.stage("opened").pk, conflicts={}, by=world.officer, at=LATELY)


def appointed(world: World) -> None:
    evaluators = (world.evaluator, world.tied)
    proposed_panel(world.tenders["opened"], world.officer, world.chair, evaluators, at=LATELY)


def locked(world: World) -> None:
    stage = world.stage("judged")
    lock_sheet(stage_id=stage.pk, number=number_of_sara(world, stage), by=world.evaluator, at=LATELY)


def unlocking(world: World) -> None:
    sheet = ScoreSheet.objects.get(evaluator=world.evaluator, submission=world.own["judged"])
    ask_unlock(sheet_id=sheet.pk, reason="Jeg leste feil.", by=world.evaluator, at=LATELY)


def closing(world: World) -> None:
    propose_closing(stage_id=world.stage("scored").pk, reason="Ingen er gode nok.", by=world.officer, at=LATELY)


def settling(world: World) -> None:
    proposed_settlement(world.stage("over"), world.officer, LATELY - timedelta(hours=2))


def settled(world: World) -> None:
    approval = waiting_proposal(world.tenders["over"], Approval.What.SETTLEMENT)
    settle_stage(approval_id=approval.pk, by=world.approver, at=LATELY - timedelta(hours=1))


def drafting(world: World) -> None:
    drafted(world.stage("over"), nav(world), LATELY)


def signing(world: World) -> None:
    for contract in Contract.objects.filter(tender=world.tenders["over"]):
        approve_contract(contract_id=contract.pk, by=world.approver, at=LATELY)


def cancelling(world: World) -> None:
    propose_cancellation(tender_id=world.tenders["open"].pk, reason="Pengene ble borte.", again=False, by=world.officer, at=LATELY)


def _payment(world: World) -> PaymentRequest:
    return PaymentRequest.objects.get(milestone__contract__tender=world.tenders["contracted"])


def accepted(world: World) -> None:
    accept_delivery(payment_id=_payment(world).pk, by=world.manager, at=LATELY)


def payable(world: World) -> None:
    approve_payment(payment_id=_payment(world).pk, by=world.approver, at=LATELY)


def sent(world: World) -> None:
    send_payment(payment_id=_payment(world).pk, by=world.manager, at=LATELY)


# The state that each comes from, and the step that leads there
LATER_DERIVED: dict[str, tuple[str, Callable[[World], None]]] = {
    "declared": ("opened", declared),
    "appointed": ("opened", appointed),
    "locked": ("judged", locked),
    "unlocking": ("locked", unlocking),
    "closing": ("scored", closing),
    "settling": ("over", settling),
    "settled": ("settling", settled),
    "drafting": ("settled", drafting),
    "signing": ("drafting", signing),
    "cancelling": ("open", cancelling),
    "accepted": ("contracted", accepted),
    "payable": ("accepted", payable),
    "sent": ("payable", sent),
}


def stage_now(world: World, state: str) -> Stage:
    """The stage opened last, else the first."""
    stages = Stage.objects.select_related("tender__unit").filter(tender=world.tenders[state])
    return stages.filter(opened_at__isnull=False).order_by("-no").first() or stages.get(no=1)


def number(world: World, state: str) -> int:
    stage = stage_now(world, state)
    return 1 if stage.sealed else number_of_sara(world, stage)


def _key(row: Any) -> UUID:
    return row.pk if row is not None else NO_KEY


def unlock(world: World, _state: str) -> UUID:
    return _key(SheetUnlock.objects.first())


def place(world: World, state: str) -> UUID:
    """The one Sara's firm has, else the first."""
    places = SelectionPlace.objects.filter(stage__tender=world.tenders[state])
    own = places.filter(item__submission__organisation=world.organisation).order_by("-stage__no").first()
    return _key(own or places.first())


def letter(world: World, state: str) -> UUID:
    """Of the stage's answers, the one to Sara's firm."""
    selection = stage_now(world, state).selections.exclude(batch=None).first()
    return _key(Letter.objects.filter(batch=selection.batch, organisation=world.organisation).first()) if selection else NO_KEY


def contract(world: World, state: str) -> UUID:
    """The newest one of Sara's firm."""
    return _key(Contract.objects.filter(tender=world.tenders[state], organisation=world.organisation).order_by("-drafted_at").first())


def milestone(world: World, state: str) -> UUID:
    """The next one that nobody has asked to be paid for."""
    free = Milestone.objects.filter(contract__tender=world.tenders[state], contract__organisation=world.organisation, payment_requests=None)
    return _key(free.order_by("-contract__drafted_at", "no").first())


def payment(world: World, state: str) -> UUID:
    return _key(PaymentRequest.objects.filter(milestone__contract__tender=world.tenders[state]).first())
