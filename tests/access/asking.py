"""Asks one address as one person, and says what came in one sign. What the request changed is taken back."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.models import JournalEntry
from evaluation.commands.press_opening import press_opening
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.withdraw_submission import withdraw_submission
from tenders.commands.end_dialogue import end_dialogue
from tenders.commands.join_meeting import join_meeting
from tenders.commands.log_contact import log_contact
from tenders.commands.open_dialogue import open_dialogue
from tenders.commands.shelve_tender import shelve_tender
from tests.access.later_states import LATER_DERIVED
from tests.access.posts import form_for
from tests.amendments_made import amended, asked_to_amend
from tests.conftest import NOON
from tests.market_made import contact, invitation, meeting
from tests.suppliers_made import applied, started
from tests.suppliers_made import asked as asked_about
from tests.tender_files_made import with_file
from tests.thresholds_made import demand
from tests.world import PERSONAS, World, build_world

ACTING = re.compile(rb"<form[^>]*method=\"post\".*?</form>", re.DOTALL)
BUTTON = re.compile(rb"<button(?![^>]*type=\"button\")(?![^>]*\sdisabled)[^>]*>")
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# Who saw what, and what the libraries keep of a visit
MAY_BE_WRITTEN_BY_A_GET = {"accounts_accessevent", "django_session", "django_cache"}
REASON = re.compile(rb'aksel-error-summary|aksel-error-message|aksel-alert" data-color="danger"')


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done inside is undone at the end."""
    assert connection.in_atomic_block, "the world itself must be inside a transaction"
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def writing(world: World) -> None:
    take_back_submission(submission_id=world.own["open"].pk, by=world.member, at=NOON - timedelta(hours=1))


def withdrawn(world: World) -> None:
    withdraw_submission(submission_id=world.own["open"].pk, by=world.member, at=NOON - timedelta(hours=1))


def pressed(world: World) -> None:
    press_opening(stage_id=world.stage("closed").pk, by=world.officer, at=NOON - timedelta(minutes=1))


def applying(world: World) -> None:
    started(world.organisation, world.member, at=NOON - timedelta(hours=1))


def asked(world: World) -> None:
    world.application = applied(world.organisation, world.member, at=NOON - timedelta(hours=2))
    asked_about(world.application, world.reviewer, at=NOON - timedelta(hours=1))


def amending(world: World) -> None:
    asked_to_amend(world.tenders["open"], world.officer, NOON - timedelta(hours=1))


def amended_since(world: World) -> None:
    """After Sara has handed in."""
    amended(world.tenders["open"], world.officer, world.approver, NOON - timedelta(hours=1))


def filed(world: World) -> None:
    with_file(world.tenders["draft"], world.officer, NOON - timedelta(hours=1))


def listed(world: World) -> None:
    """A file that everybody may fetch."""
    file = with_file(world.tenders["open"], world.officer, NOON - timedelta(hours=2))
    amended(world.tenders["open"], world.officer, world.approver, NOON - timedelta(hours=1), values={"files": [file.key]})


def demanding(world: World) -> None:
    """A draft that the threshold check finds something in."""
    demand(world.tenders["draft"], world.officer, kind="turnover", amount=10_000_000)


def laid_aside(world: World) -> None:
    shelve_tender(tender_id=world.tenders["draft"].pk, reason="Behovet ble borte.", by=world.officer, at=NOON - timedelta(hours=1))


def asking_market(world: World) -> None:
    """The need is public before it is announced; Sara's firm comes to a meeting."""
    tender = world.tenders["draft"]
    open_dialogue(tender_id=tender.pk, invitation=invitation(), by=world.officer, at=NOON - timedelta(hours=2))
    met(world, "draft")


def talked(world: World) -> None:
    """The dialogue has ended without a tender: what was published is still everybody's, and the draft nobody else's."""
    end_dialogue(tender_id=world.tenders["draft"].pk, reason="Vi venter.", by=world.officer, at=NOON - timedelta(minutes=30))


def met(world: World, state: str = "open") -> None:
    """A meeting that Sara's firm comes to, and a contact that is not published."""
    tender, at = world.tenders[state], NOON - timedelta(hours=1)
    held = meeting(tender, world.officer, at - timedelta(days=5))
    join_meeting(meeting_id=held.pk, organisation=world.organisation, persons=1, by=world.member, at=at)
    log_contact(tender_id=tender.pk, contact=contact(), by=world.officer, at=at)


# A state that comes from another one by a command: the matrix names it like the others
DERIVED: dict[str, tuple[str, Callable[[World], None]]] = {
    "writing": ("open", writing),
    "withdrawn": ("open", withdrawn),
    "pressed": ("closed", pressed),
    "applying": ("-", applying),
    "dialogue": ("draft", asking_market),
    "talked": ("dialogue", talked),
    "met": ("open", met),
    "amending": ("open", amending),
    "amended": ("open", amended_since),
    "asked": ("-", asked),
    "filed": ("draft", filed),
    "listed": ("open", listed),
    "shelved": ("draft", laid_aside),
    "demanding": ("draft", demanding),
    **LATER_DERIVED,
}


def base_of(state: str) -> str:
    """The state that this one comes from in the end: the one that has a tender of its own."""
    return base_of(DERIVED[state][0]) if state in DERIVED else state


def bring_to(world: World, state: str) -> None:
    """Do what leads to this state, one step after the other."""
    if state in DERIVED:
        before, step = DERIVED[state]
        bring_to(world, before)
        step(world)


@contextmanager
def in_state(world: World, state: str) -> Iterator[str]:
    """The world in this state; gives the name of the tender to look at."""
    application = world.application
    with taken_back():
        bring_to(world, state)
        yield base_of(state)
    world.application = application


@dataclass(frozen=True)
class Answer:
    """What came, as a sign of the matrix, and what it was."""

    sign: str
    response: HttpResponse
    changed: bool
    statements: int = 0

    def __str__(self) -> str:
        where = self.response.headers.get("Location", "")
        return f"{self.sign} ({self.response.status_code}{' ' + where if where else ''}{', changed' if self.changed else ''})"


class Wrote:
    """Which tables were written while this stood around the statements."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        found = WRITES.match(sql)
        if found:
            self.tables.add(found[1])
        return execute(sql, params, many, context)


class Crowd:
    """A browser for each persona, logged in once."""

    def __init__(self, world: World, **more: Any) -> None:
        self.world = world
        self.clients = {persona: Client(raise_request_exception=False, **more) for persona in PERSONAS}
        for persona, user in world.people.items():
            if user is not None and persona in self.clients:
                self.clients[persona].force_login(user)
        self.cookies = {persona: client.cookies.output() for persona, client in self.clients.items()}

    def ask(self, persona: str, method: str, path: str, data: dict[str, Any] | None = None, **more: Any) -> Answer:
        client = self.clients[persona]
        before = client.cookies.copy()
        wrote = Wrote()
        with taken_back():
            lines = _lines() if method == "POST" else 0
            with connection.execute_wrapper(wrote):
                response = getattr(client, method.lower())(path, data or {}, **more)
                response = _whole(response)
            changed = _lines() != lines if method == "POST" else bool(wrote.tables - MAY_BE_WRITTEN_BY_A_GET)
        client.cookies = before
        return Answer(sign_of(response, method), response, changed, wrote.statements)

    def fill_in(self, persona: str, name: str, state: str, path: str) -> Answer:
        """Send the form of this address as it should be filled in."""
        return self.ask(persona, "POST", path, form_for(self.world, name, state))


@contextmanager
def crowd_in_a_new_world(**of_world: Any) -> Iterator[Crowd]:
    """A world built once for many questions; nothing of it is left afterwards. For a fixture of a whole module."""
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(clock, "now", lambda: NOON)
        patch.setattr(logging.getLogger("django.request"), "propagate", False)
        yield Crowd(build_world(**of_world))
        transaction.set_rollback(True)


def _lines() -> int:
    return JournalEntry.objects.exclude(event__startswith="refused.").count()


def _whole(response: HttpResponse) -> HttpResponse:
    """The answer with all its content, also when it comes in pieces."""
    if not response.streaming:
        return response
    return HttpResponse(b"".join(response.streaming_content), status=response.status_code, headers=response.headers)


def sign_of(response: HttpResponse, method: str) -> str:
    status = response.status_code
    if status in {301, 302}:
        return _sign_of_redirect(response, method)
    if status == 204:
        return "o"
    if status == 200:
        return _sign_of_page(response, method)
    if status in {409, 422}:
        return "9"
    return {403: "3", 404: "4", 405: "5"}.get(status, f"!{status}")


def _sign_of_redirect(response: HttpResponse, method: str) -> str:
    if response.headers["Location"].startswith(reverse("account_login") + "?"):
        return "L"
    return "o" if method == "POST" else "r"


def _sign_of_page(response: HttpResponse, method: str) -> str:
    if method != "POST":
        return "o" if may_act(response) else "v"
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return "o"
    return "9" if REASON.search(response.content) else "s"


def may_act(response: HttpResponse) -> bool:
    """Whether the page itself, without header and footer, has a form with a button that can be pressed."""
    page = response.content.partition(b"<main")[2].partition(b"</main>")[0]
    return any(BUTTON.search(form) for form in ACTING.findall(page))
