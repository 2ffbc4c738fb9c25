"""Who may ask for what, in which state: the table in matrix.csv against the answers of every address.

Signs: o the page with its acting button, or the form taken; v the page without the button; s a page with the answer to
what was asked; r sent on to another page; L sent to log-in; 3 not allowed; 4 not there for this person; 5 no such method;
9 refused with a reason. States: `-` where no tender is in the address; `writing`, `withdrawn`, `pressed`, `applying` and
`asked` come from the others by one command; those after the opening are in tests/later_world.py and later_states.py.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from tests.access.addresses import all_addresses, path_of
from tests.access.asking import DERIVED, Crowd, crowd_in_a_new_world, in_state
from tests.later_world import LATER_STATES
from tests.world import ANON, PERSONAS, STATES

pytestmark = pytest.mark.django_db
LATER_DESKS = ("evaluation:", "contracts:", "tenders:people")
TABLE = Path(__file__).with_name("matrix.csv")
# Saved as it is written, kept by a library, or a person's own choice: nothing of it stands in the journal
NOT_JOURNALLED = {
    "accounts:set_language",
    "suppliers:save_draft",
    "suppliers:submission",
    "suppliers:save_declaration",
    "tenders:announcement_section",
    "tenders:effort_figures",
    "tenders:arrange_files",
    "evaluation:sheet",
    "evaluation:save_sheet",
}
# What a person asks for again when it is there already: the answer is the same, and nothing is written twice
ALREADY_THERE = {("suppliers:start_submission", state) for state in ("open", "closed", "opened")} | {("evaluation:admit", "judged")}

KEYS = {
    *("key", "question_id", "meeting_id", "contact_key", "submission_id", "file_id", "attachment_id"),
    *("unlock_id", "place_id", "letter_id", "contract_id", "milestone_id", "payment_id"),
}
# The tender in the path, and the one that the keys come from
MOVED = (("open", "opened"), ("opened", "open"), ("closed", "opened"), ("judged", "contracted"), ("second", "contracted"))


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    states: tuple[str, ...]
    cells: dict[str, str]


def rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return [
            Row(line["name"], line["method"], tuple(line["states"].split()), {persona: line[persona] for persona in PERSONAS})
            for line in csv.DictReader(table)
        ]


ROWS = rows()
DESKS = sorted({re.split("[:_]", row.name)[0] for row in ROWS})


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """The world is built once; all that is asked of it is taken back."""
    with django_db_blocker.unblock(), crowd_in_a_new_world(later=True) as crowd:
        yield crowd


def _tell(found: list[str]) -> None:
    """Every answer that differs in one message."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.parametrize("desk", DESKS)
def test_every_address_answers_as_the_matrix_says(crowd, counted, desk):
    found, asked = [], 0
    rows_here = [row for row in ROWS if re.split("[:_]", row.name)[0] == desk]
    for row in rows_here:
        for state in row.states:
            with in_state(crowd.world, state) as base:
                for persona, expected in row.cells.items():
                    asked += 1
                    path = path_of(crowd.world, row.name, base)
                    answer = crowd.ask(persona, "GET", path) if row.method == "GET" else crowd.fill_in(persona, row.name, base, path)
                    wrong = answer.sign != expected or answer.changed is not _should_change(row, state, expected, answer.changed)
                    if wrong:
                        found.append(f"{row.name} {row.method} {state} as {persona}: expected {expected}, got {answer}")
    counted(f"access matrix, {desk}: {len(rows_here)} rows, {asked} questions, {len(found)} answers that differ")
    _tell(found)


def _should_change(row: Row, state: str, expected: str, changed: bool) -> bool:
    """What is taken leaves a line in the journal; everything else leaves none."""
    if row.name.startswith("account_"):
        return changed
    taken = row.method == "POST" and expected == "o"
    return taken and row.name not in NOT_JOURNALLED and (row.name, state) not in ALREADY_THERE


def test_the_matrix_names_every_address_in_every_state_and_nothing_else():
    named = {row.name for row in ROWS}
    assert named == set(all_addresses()), "Only in one of matrix.csv and the resolver"
    for name, method in {(row.name, row.method) for row in ROWS}:
        states = {state for row in ROWS if (row.name, row.method) == (name, method) for state in row.states}
        of_tender = all_addresses()[name][0].of_tender
        wanted = set(STATES) if of_tender and not name.startswith(LATER_DESKS) else set() if of_tender else {"-"}
        assert wanted <= states, f"{name} {method} says nothing of {wanted - states}"
        # What comes after the opening is asked where it can be done, and in a state before or after that
        assert len(states) >= (2 if of_tender else 1), f"{name} {method} names one state only"
        assert states <= {*STATES, *LATER_STATES, "-", *DERIVED}, f"{name} {method} names a state that there is not"


def test_every_state_of_a_row_is_named_once():
    named = [(row.name, row.method, state) for row in ROWS for state in row.states]
    assert len(named) == len(set(named)), sorted(one for one in set(named) if named.count(one) > 1)


def test_a_method_that_the_matrix_does_not_name_is_refused_and_changes_nothing(crowd):
    found = []
    for name in all_addresses():
        methods = {row.method for row in ROWS if row.name == name}
        path = path_of(crowd.world, name, "open")
        # The library's own pages take PUT and the rest for a GET
        known = {"GET", "POST"} if name.startswith("account_") else {"GET", "POST", "PUT", "DELETE", "PATCH"}
        for method in sorted(known - methods):
            for persona in ("member", "officer"):
                answer = crowd.ask(persona, method, path)
                if answer.sign != "5" or answer.changed:
                    found.append(f"{method} {path} as {persona}: {answer}")
    _tell(found)


def test_head_answers_with_the_status_of_get_and_without_a_body(crowd):
    found = []
    for row in (row for row in ROWS if row.method == "GET"):
        state = row.states[0]
        with in_state(crowd.world, state) as base:
            path = path_of(crowd.world, row.name, base)
            persona = next((persona for persona, sign in row.cells.items() if sign in "ov"), ANON)
            get, head = (crowd.ask(persona, method, path) for method in ("GET", "HEAD"))
            if head.response.status_code != get.response.status_code or head.response.content:
                found.append(f"{path} as {persona}: GET {get}, HEAD {head}")
    _tell(found)


def test_a_form_from_elsewhere_is_not_taken(crowd):
    """No form is taken without the token that our own pages carry."""
    strict = Crowd(crowd.world, enforce_csrf_checks=True)
    found = []
    for row in (row for row in ROWS if row.method == "POST"):
        state = row.states[-1]
        with in_state(crowd.world, state) as base:
            persona = next((persona for persona, sign in row.cells.items() if sign == "o" and persona != ANON), "member")
            answer = strict.fill_in(persona, row.name, base, path_of(crowd.world, row.name, base))
            if answer.response.status_code != 403 or answer.changed:
                found.append(f"{row.name} in {state} as {persona}: {answer}")
    _tell(found)


def test_what_belongs_to_another_tender_is_not_found_under_this_one(crowd):
    """The key of something in one tender, in the path of another; the same officer and panel see both.

    Asked by everybody who is let in to that address anywhere: the others are not found under their own tender either.
    """
    keyed = [name for name, [first, *_] in all_addresses().items() if first.of_tender and _keys_of(first.kwargs)]
    assert len(keyed) >= 4
    found = []
    for name in keyed:
        method = "GET" if (name, "GET") in {(row.name, row.method) for row in ROWS} else "POST"
        let_in = {persona for row in ROWS if row.name == name for persona, sign in row.cells.items() if sign not in {"4", "L"}}
        for here, there in MOVED:
            path = path_of(crowd.world, name, there)
            moved = path.replace(crowd.world.tenders[there].reference, crowd.world.tenders[here].reference)
            for persona in sorted(let_in):
                answer = crowd.ask(persona, method, moved)
                if answer.sign not in {"4", "L"}:
                    found.append(f"{moved} as {persona}: {answer}")
    _tell(found)


def _keys_of(kwargs: tuple[str, ...]) -> bool:
    return bool(KEYS & set(kwargs))


def test_a_person_who_cannot_log_in_any_more_is_nobody(crowd):
    member, client = crowd.world.member, Client()
    client.force_login(member)
    assert client.get("/my/").status_code == 200
    type(member).objects.filter(pk=member.pk).update(is_active=False)
    try:
        assert client.get("/my/").status_code == 302
    finally:
        type(member).objects.filter(pk=member.pk).update(is_active=True)


def test_a_form_that_is_refused_as_a_whole_gives_back_what_was_written(crowd):
    """The announcement has gone to approval while its officer wrote on; the sketch has been withdrawn by a colleague."""
    section = ("officer", "tenders:announcement_section", "awaiting", "need")
    tried = (section, ("member", "suppliers:submission", "withdrawn", "answer_idea"))
    for persona, name, state, field in tried:
        with in_state(crowd.world, state) as base:
            path = path_of(crowd.world, name, base)
            answer = crowd.ask(persona, "POST", path, {field: "Mange timers arbeid <b>her</b>", "csrfmiddlewaretoken": "to ord"})
            assert answer.response.status_code == 409 and not answer.changed
            page = answer.response.content.decode()
            assert "Mange timers arbeid &lt;b&gt;her&lt;/b&gt;" in page and "to ord" not in page
