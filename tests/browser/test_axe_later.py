"""The pages after the opening, looked at as in test_axe.py: the panel's desk, the contracts, and how tenders end."""

import time
from collections.abc import Iterator

import pytest
from django.urls import reverse

from contracts.commands.cancel_tender import cancel_tender
from evaluation.commands.close_stage import close_stage
from tenders.models import Approval
from tenders.queries.approvals import waiting_proposal
from tests.access.asking import DERIVED
from tests.access.later_states import LATELY, LATER_DERIVED
from tests.access.test_matrix import ROWS
from tests.browser.inspecting import Inspector, Look, looks_at
from tests.later_world import LATER_STATES
from tests.world import ANON, STATES, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# Each in a world of its own
PARTS = {
    "the panel": ("evaluation:",),
    "contracts": ("contracts:", "insight:tender", "insight:case_journal", "tenders:people"),
}
# Forms that can be sent empty without anything being taken
WITH_MISTAKES = {
    ("tenders:people", "open"),
    ("evaluation:panel", "open"),
    ("evaluation:declarations", "opened"),
    ("evaluation:tie", "judged"),
    ("evaluation:tie_of", "judged"),
    ("evaluation:reject", "judged"),
    ("evaluation:sheet", "judged"),
    ("evaluation:selection", "scored"),
    ("evaluation:letter", "proposed"),
    ("evaluation:vacate_place", "approved"),
    ("evaluation:withdraw_from_place", "approved"),
    ("evaluation:settlement", "over"),
    ("evaluation:closing", "scored"),
    ("contracts:draft", "over"),
    ("contracts:plan", "contracted"),
    ("contracts:refuse", "contracted"),
    ("contracts:terminate", "drafting"),
    ("contracts:request_payment", "contracted"),
    ("contracts:cancellation", "open"),
}
WORKING = ("officer", "approver", "chair", "evaluator", "manager", "member")


@pytest.fixture
def world(transactional_db) -> World:
    return build_world(later=True)


def looks_in(world: World, part: str, state: str) -> Iterator[Look]:
    """For every row that names this state."""
    for row in ROWS:
        if state in row.states and row.name.startswith(PARTS[part]):
            yield from looks_at(world, row, state, WITH_MISTAKES)


def further_looks(world: World) -> Iterator[Look]:
    """What these states add to pages of other desks: everybody's work, and a stage that one is invited to."""
    for persona in WORKING:
        yield Look("/my/", persona)
    yield Look("/letters/", "member")
    for persona in ("member", "other"):
        yield Look(reverse("suppliers:submission", args=[world.tenders["second"].reference, 2]), persona)
    for persona in ("member", "other"):
        yield Look(reverse("suppliers:receipt", args=[world.tenders["contracted"].reference, 2]), persona)


def looks_at_the_ended(world: World) -> Iterator[Look]:
    """One stage is closed without selection, and one tender is cancelled while what was handed in is sealed."""
    closing = waiting_proposal(world.tenders["scored"], Approval.What.CLOSING)
    close_stage(approval_id=closing.pk, by=world.approver, at=LATELY)
    cancelling = waiting_proposal(world.tenders["open"], Approval.What.CANCELLATION)
    cancel_tender(approval_id=cancelling.pk, by=world.approver, at=LATELY)
    for state in ("scored", "open"):
        yield Look(reverse("insight:tender", args=[world.tenders[state].reference]), ANON)
    yield Look(reverse("evaluation:closing", args=[world.tenders["scored"].reference]), "officer")
    yield Look(reverse("contracts:cancellation", args=[world.tenders["open"].reference]), "officer")
    for page in ("submission", "receipt"):
        yield Look(reverse(f"suppliers:{page}", args=[world.tenders["open"].reference, 1]), "member")


@pytest.mark.parametrize("part", PARTS)
def test_every_page_after_the_opening_can_be_used_by_everybody(part, world, visit, counted):
    began = time.monotonic()
    inspector = Inspector(world, visit)
    for look in further_looks(world) if part == "contracts" else ():
        inspector.look(look)
    for state in (*STATES, *LATER_STATES, *LATER_DERIVED):
        if state in DERIVED:
            DERIVED[state][1](world)
        for look in looks_in(world, part, state):
            inspector.look(look)
    for look in looks_at_the_ended(world) if part == "contracts" else ():
        inspector.look(look)
    counted(f"axe, {part}: {inspector.looked} pages and widths, {len(inspector.found)} breaches, {time.monotonic() - began:.0f} s")
    if inspector.found:
        pytest.fail("\n".join(inspector.found), pytrace=False)
