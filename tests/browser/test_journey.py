"""The whole road in the browser, from a need to a payment, by everybody who takes part in it."""

import time

import pytest

from accounts.roles import Role
from tests.browser.journey import to_a_winner, to_finalists, to_opened_sketches, to_payment
from tests.browser.journey.walk import Walk
from tests.conftest import make_person
from tests.suppliers_made import free_number

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PARTS = (to_opened_sketches, to_finalists, to_a_winner, to_payment)


@pytest.fixture
def walk(visit, clock_at, with_role, admin, ingrid, per, ragnhild, sindre) -> Walk:
    """Arne and Cecilie get their roles in the browser; Sara signs up there."""
    people = {"admin": admin, "ingrid": ingrid, "per": per, "ragnhild": ragnhild, "sindre": sindre}
    people |= {"arne": make_person("Arne Lie"), "cecilie": make_person("Cecilie Dahl")}
    people |= {"emre": with_role("Emre Kaya", Role.EVALUATOR), "eva": with_role("Eva Moen", Role.EVALUATOR)}
    people["camilla"] = with_role("Camilla Holt", Role.CONTRACT_MANAGER)
    return Walk(visit, clock_at, people, free_number())


def test_from_a_need_to_a_payment(walk, counted):
    began = time.monotonic()
    for part in PARTS:
        told, part_began = [], time.monotonic()
        for step in part.STEPS:
            at = time.monotonic()
            step(walk)
            told.append(f"{step.__name__} {time.monotonic() - at:.0f} s")
        name = part.__name__.rpartition(".")[2]
        counted(f"journey {name}: {len(told)} steps in the browser, {time.monotonic() - part_began:.0f} s ({', '.join(told)})")
    counted(f"journey: from a need to a payment in {time.monotonic() - began:.0f} s")
