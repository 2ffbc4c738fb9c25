"""Before the opening nothing counts: what outsiders see is the same whether nobody or three have handed in."""

import pytest
from django.core.management import call_command

from tests.access.addresses import all_addresses, path_of
from tests.access.asking import Crowd, in_state, taken_back
from tests.access.sealed_pages import GETS, NOT_COMPARED, cells_of, masked
from tests.panel_made import all_declared
from tests.sketches_made import Sketch
from tests.world import ANON, STAFF, World, build_world

pytestmark = pytest.mark.django_db


def test_pages_are_the_same_with_no_sketch_and_with_three(counted, monkeypatch):
    """What everybody but those who take part sees, byte by byte, with the number of statements behind it."""
    # The fonts of a PDF carry the second they were made in
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    with taken_back():
        none = seen_by_outsiders(build_world(handed_in=0))
    with taken_back():
        three = seen_by_outsiders(build_world(handed_in=3))
    assert none.keys() == three.keys()
    differing = [f"{key}: {first_difference(none[key], three[key])}" for key in none if none[key] != three[key]]
    counted(f"sealed sketch: {len(none)} pages compared with 0 and with 3 handed in, {len(differing)} differ")
    assert not differing, "\n".join(differing)


def seen_by_outsiders(world: World) -> dict[tuple[str, ...], tuple[int, str, str, int]]:
    call_command("sweep")
    crowd, seen = Crowd(world), {}
    for name in GETS:
        if name in NOT_COMPARED or name == "suppliers:attachment":
            continue
        states = ("open", "closed") if all_addresses()[name][0].of_tender else ("-",)
        for state in states:
            with in_state(world, state) as base:
                path = path_of(world, name, base)
                for persona in (ANON, *STAFF, "newcomer"):
                    sign = cells_of(name, state).get(persona)
                    if sign == "L" or (state == "-" and sign in {"3", "4"}):
                        continue
                    answer = crowd.ask(persona, "GET", path)
                    # When the library's pages run out says nothing but when they were asked for
                    told = masked(str({key: value for key, value in answer.response.headers.items() if key != "Expires"}).encode())
                    seen[name, state, persona] = (answer.response.status_code, masked(answer.response.content), told, answer.statements)
    return seen


def first_difference(one: tuple[object, ...], other: tuple[object, ...]) -> str:
    for left, right in zip(one, other, strict=True):
        if left == right:
            continue
        if isinstance(left, str) and isinstance(right, str):
            at = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0)
            return f"…{left[max(0, at - 60) : at + 80]!r} against …{right[max(0, at - 60) : at + 80]!r}"
        return f"{left} against {right}"
    return "nothing"


def test_after_the_opening_those_who_opened_read_it():
    """The other side: the same sign is there as soon as it may be."""
    words = "Blåbær, multer og tyttebær i samme kurv"
    world = build_world(sketch=Sketch(title=words))
    crowd = Crowd(world)
    with taken_back():
        for press in ("officer", "approver"):
            assert crowd.clients[press].post(path_of(world, "evaluation:press", "closed")).status_code == 302
        undeclared = crowd.ask("officer", "GET", path_of(world, "evaluation:submission", "closed")).response
        assert words not in undeclared.content.decode()
        all_declared(world.stage("closed"), world.officer)
        shown = crowd.ask("officer", "GET", path_of(world, "evaluation:submission", "closed")).response
        assert words in shown.content.decode()
        strange = crowd.ask("officer_other", "GET", path_of(world, "evaluation:submission", "closed")).response
        assert words not in strange.content.decode()
