"""What comes after the opening, for the world of the tests: a tender in each later state, and the people who act there."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from accounts.commands.grant_role import grant_role
from accounts.models import Organisation, Unit
from accounts.roles import Role
from evaluation.code_names import number_of
from evaluation.queries import opened_submissions
from tenders.models import Stage, Tender
from tests.conftest import NOON, make_person
from tests.contracts_made import Parties, requested, signed, started
from tests.panel_made import admitted, all_declared, seated
from tests.scores_made import closed, default_points, filled, locked, scored
from tests.selections_made import grounds_written, proposed_selection, released, selected
from tests.settled_made import developed, going_on, opened_stage, settled, stage_no
from tests.stages_made import open_together
from tests.tenders_made import announced

if TYPE_CHECKING:
    from tests.world import World

LATER_STATES = ("judged", "scored", "proposed", "approved", "over", "second", "contracted")
# How many days before NOON each was announced, so that NOON falls in the state
AGE = {"judged": 40, "scored": 45, "proposed": 55, "approved": 53, "over": 66, "second": 80, "contracted": 250}
PANEL = {
    "chair": ("Cecilie Dahl", Role.CHAIR),
    "evaluator": ("Emre Kaya", Role.EVALUATOR),
    "tied": ("Eva Moen", Role.EVALUATOR),
    "undeclared": ("Erik Sund", Role.EVALUATOR),
    "observer": ("Oline Berg", Role.OBSERVER),
    "manager": ("Camilla Holt", Role.CONTRACT_MANAGER),
}
TIE = "Jeg satt i styret der til i fjor."


def seat_people(world: "World") -> None:
    """Those of the panel, and the contract manager; tied has a tie to Sara's firm wherever there is something to be tied to."""
    directorate = Unit.objects.get(kind=Unit.Kind.DIRECTORATE)
    for persona, (name, role) in PANEL.items():
        world.people[persona] = make_person(name)
        grant_role(to=world.people[persona], role=role, unit=directorate, by=world.admin, at=NOON - timedelta(days=899))


def add_later_tenders(world: "World", hand_in: Callable[[Tender], None]) -> None:
    """`hand_in` lets the three firms hand in to a tender."""
    for state in LATER_STATES:
        tender = announced(world.officer, world.approver, NOON - timedelta(days=AGE[state]), name=f"Neste steg: {state}")
        world.tenders[state] = tender
        hand_in(tender)
        _judge(world, tender, open_together(tender, world.officer, world.approver), state)


def _judge(world: "World", tender: Tender, stage: Stage, state: str) -> None:
    panel = (world.chair, world.evaluator, world.tied)
    seated(tender, world.officer, world.approver, world.chair, (world.evaluator, world.tied, world.undeclared), (world.observer,))
    _declare(world, stage)
    admitted(stage, world.officer)
    own = number_of_sara(world, stage)
    if state == "judged":
        filled(stage, world.evaluator, own, default_points(1, 1, 4))
        locked(stage, world.evaluator, own % 3 + 1, default_points(2, 1, 4))
        return
    scored(stage, panel, points_for(own))
    closed(stage, world.chair, reason="Erik ble syk.")
    if state == "scored":
        return
    if state == "proposed":
        grounds_written(proposed_selection(stage, world.chair), world.officer)
        return
    selection = selected(stage, world.chair, world.officer, world.approver)
    released(selection.batch, selection.approved_at + timedelta(minutes=30))
    if state in {"approved", "over"}:
        return
    settled(stage_no(tender, 1), world.officer, world.approver)
    _second_stage(world, tender, state)


def number_of_sara(world: "World", stage: Stage) -> int:
    """The number in the code name of what Sara's firm handed in."""
    [own] = [row for row in opened_submissions(stage) if row.organisation_id == world.organisation.pk]
    return number_of(own.code_name)


def points_for(own: int) -> dict[int, list[list[int]]]:
    """Sara's is the best of three, whatever numbers chance gave them."""
    return {number: [[9, 9, 8, 9]] * 3 if number == own else [[4 + number % 3, 5, 4, 5]] * 3 for number in (1, 2, 3)}


def _declare(world: "World", stage: Stage) -> None:
    tie = {world.tied: {world.organisation.pk: TIE}}
    all_declared(stage, world.officer, world.approver, world.chair, world.evaluator, world.tied, world.observer, conflicts=tie)


def _second_stage(world: "World", tender: Tender, state: str) -> None:
    """Agreements with the three; in `contracted` all the way to a development contract whose first part waits to be paid."""
    nav = Parties(world.officer, world.approver, world.manager)
    first = stage_no(tender, 1)
    signed(first, nav)
    finalists: list[Organisation] = list(going_on(first))
    developed(stage_no(tender, 2), finalists[:1] if state == "second" else finalists)
    if state == "second":
        return
    stage = opened_stage(tender, 2, world.officer, world.approver)
    _declare(world, stage)
    admitted(stage, world.officer)
    scored(stage, (world.chair, world.evaluator, world.tied), points_for(number_of_sara(world, stage)))
    closed(stage, world.chair, reason="Erik ble syk.")
    selection = selected(stage, world.chair, world.officer, world.approver)
    released(selection.batch, selection.approved_at + timedelta(minutes=30))
    last = settled(stage_no(tender, 2), world.officer, world.approver)
    [contract] = signed(last, nav)
    begun = contract.buyer_signed_at + timedelta(days=1)
    started(contract, nav, begun)
    requested(contract.milestones.select_related("contract__organisation").get(no=1), begun + timedelta(days=20))
