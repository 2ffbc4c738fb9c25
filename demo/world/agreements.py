"""From selected to paid: contracts are drafted, approved and signed by both, parts are delivered, accepted and paid."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from contracts.commands.accept_delivery import accept_delivery
from contracts.commands.approve_contract import approve_contract
from contracts.commands.approve_payment import approve_payment
from contracts.commands.cancel_tender import cancel_tender
from contracts.commands.complete_contract import complete_contract
from contracts.commands.draft_contracts import draft_contracts
from contracts.commands.plan_milestones import plan_milestones
from contracts.commands.propose_cancellation import propose_cancellation
from contracts.commands.register_payment import register_payment
from contracts.commands.request_payment import request_payment
from contracts.commands.send_payment import send_payment
from contracts.commands.sign_contract import sign_contract
from contracts.commands.start_contract import start_contract
from contracts.models import Contract, Milestone, PaymentRequest
from demo.world.calendar import clock
from demo.world.data import texts
from demo.world.stage import Play
from demo.world.submissions import Place
from tenders.models import Approval

PAYMENT_DESK = {
    "accept": (accept_delivery, "camilla"),
    "approve": (approve_payment, "arne"),
    "send": (send_payment, "camilla"),
    "register": (register_payment, "camilla"),
}


def write_contracts(play: Play, place: Place, drafted: date, terms: str, starts: date, ends: date) -> None:
    """Ingrid drafts one for each who was selected."""
    play.scene(clock(drafted, 9, 10), partial(_draft, play, place, terms, starts, ends))


def write_approvals(play: Play, place: Place, day: date) -> None:
    play.scene(clock(day, 14, 20), partial(_approve, play, place))


def write_signatures(play: Play, place: Place, day: date) -> None:
    """The suppliers in the morning, Arne after lunch."""
    play.scene(clock(day, 10, 30), partial(_sign_as_suppliers, play, place))
    play.scene(clock(day, 12, 40), partial(_sign_as_buyer, play, place))


def write_plan(play: Play, place: Place, parts: Sequence[dict[str, Any]], due: Sequence[date], day: date) -> None:
    """Camilla writes down the milestones as agreed, and the work begins."""
    play.scene(clock(day, 13, 30), partial(_plan, play, place, parts, due))


def write_request(play: Play, place: Place, firm: str, part: int, report: str, day: date) -> None:
    play.scene(clock(day, 15, 12), partial(_request, play, place, firm, part, report))


def write_payment(play: Play, place: Place, firm: str, part: int, days: dict[str, date]) -> None:
    """`days` says when it is accepted, approved, sent and registered as paid; what is not there has not happened."""
    for hour, (what, day) in enumerate(days.items(), start=9):
        play.scene(clock(day, hour, 35), partial(_handle, play, place, firm, part, what))


def write_completion(play: Play, place: Place, day: date) -> None:
    play.scene(clock(day, 14, 45), partial(_complete, play, place))


def write_cancellation(play: Play, key: str, reason: str, proposed: date, cancelled: date) -> None:
    play.scene(clock(proposed, 15, 5), partial(_propose_cancelling, play, key, reason))
    play.scene(clock(cancelled, 15, 25), partial(_cancel, play, key))


def _contracts(play: Play, place: Place) -> list[Contract]:
    return list(play.stage(*place).contracts.select_related("organisation").order_by("organisation__name"))


def _milestone(play: Play, place: Place, firm: str, part: int) -> Milestone:
    return Milestone.objects.get(contract__in=_contracts(play, place), contract__organisation=play.organisations[firm], no=part)


def _draft(play: Play, place: Place, terms: str, starts: date, ends: date, at: datetime) -> None:
    stage, manager = play.stage(*place), play.people["camilla"]
    draft_contracts(stage_id=stage.pk, manager=manager, starts_on=starts, ends_on=ends, terms=terms, by=play.people["ingrid"], at=at)


def _approve(play: Play, place: Place, at: datetime) -> None:
    for contract in _contracts(play, place):
        approve_contract(contract_id=contract.pk, by=play.people["arne"], at=at)


def _sign_as_suppliers(play: Play, place: Place, at: datetime) -> None:
    for contract in _contracts(play, place):
        sign_contract(contract_id=contract.pk, by=play.representative(contract.organisation.name), at=at)


def _sign_as_buyer(play: Play, place: Place, at: datetime) -> None:
    for contract in _contracts(play, place):
        sign_contract(contract_id=contract.pk, by=play.people["arne"], at=at)


def _plan(play: Play, place: Place, parts: Sequence[dict[str, Any]], due: Sequence[date], at: datetime) -> None:
    (contract,) = _contracts(play, place)
    milestones = [
        {"title": part["title"], "delivers": part["delivers"], "due_on": day, "amount": contract.amount * Decimal(part["share"])}
        for part, day in zip(parts, due, strict=True)
    ]
    plan_milestones(contract_id=contract.pk, milestones=milestones, by=play.people["camilla"], at=at)
    start_contract(contract_id=contract.pk, by=play.people["camilla"], at=at)


def _request(play: Play, place: Place, firm: str, part: int, report: str, at: datetime) -> None:
    accounts, by = texts("contracts")["accounts"], play.representative(firm)
    request_payment(
        milestone_id=_milestone(play, place, firm, part).pk,
        invoice_number=f"{at:%y%m}-{part}{len(firm)}",
        account_number=accounts[len(firm) % len(accounts)],
        report=report,
        by=by,
        at=at,
    )


def _handle(play: Play, place: Place, firm: str, part: int, what: str, at: datetime) -> None:
    act, who = PAYMENT_DESK[what]
    request = PaymentRequest.objects.get(milestone=_milestone(play, place, firm, part))
    act(payment_id=request.pk, by=play.people[who], at=at)


def _complete(play: Play, place: Place, at: datetime) -> None:
    for contract in _contracts(play, place):
        complete_contract(contract_id=contract.pk, by=play.people["camilla"], at=at)


def _propose_cancelling(play: Play, key: str, reason: str, at: datetime) -> None:
    propose_cancellation(tender_id=play.tenders[key].pk, reason=reason, again=False, by=play.people["ingrid"], at=at)


def _cancel(play: Play, key: str, at: datetime) -> None:
    cancel_tender(approval_id=play.waiting(key, Approval.What.CANCELLATION).pk, by=play.people["arne"], at=at)
