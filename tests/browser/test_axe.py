"""Every page that the access matrix lets somebody see: no breach of WCAG 2.1 AA and 2.2 AA, wide and narrow, with and without mistakes."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from suppliers.commands.apply_for_prequalification import apply_for_prequalification
from suppliers.commands.ask_applicant import ask_applicant
from suppliers.commands.save_declaration import save_declaration
from suppliers.commands.save_draft import save_draft
from suppliers.commands.submit_submission import submit_submission
from suppliers.models import Prequalification
from tests.access.addresses import path_of
from tests.access.asking import DERIVED, applying, pressed, withdrawn, writing
from tests.access.test_matrix import ROWS
from tests.conftest import NOON
from tests.sketches_made import answers_in
from tests.suppliers_made import DECLARED
from tests.world import ANON, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 320)
# Not pages: files, figures for programs, and a piece that is put into a page
NOT_PAGES = {
    "insight:healthz",
    "insight:readyz",
    "suppliers:missing",
    "suppliers:attachment",
    "suppliers:receipt_pdf",
    "suppliers:receipt_json",
    "evaluation:protocol",
    "evaluation:file",
    "letters:pdf",
}
# Each in a world of its own, so that they can be looked at side by side
PARTS = {
    "people": ("account_", "accounts:", "demo:", "letters:"),
    "suppliers": ("suppliers:",),
    "tenders": ("insight:", "tenders:", "evaluation:"),
}
SECTIONS = ("money", "dates", "criteria", "terms")
# Forms that can be sent empty without anything being taken
WITH_MISTAKES = {
    ("tenders:new", "-"),
    ("tenders:announcement_section", "draft"),
    ("tenders:questions", "open"),
    ("tenders:answer", "open"),
    ("suppliers:register", "-"),
    ("suppliers:describe", "-"),
    ("suppliers:declaration", "applying"),
    ("suppliers:prequalification", "asked"),
    ("suppliers:review", "-"),
    ("suppliers:ask_applicant", "-"),
    ("suppliers:submission", "writing"),
    ("suppliers:verify_receipt", "-"),
    ("accounts:roles", "-"),
    ("account_login", "-"),
    ("account_signup", "-"),
    ("account_reset_password", "-"),
    ("account_request_login_code", "-"),
    ("account_change_password", "-"),
    ("account_set_password", "-"),
}
EMPTY_AND_SEND = """() => {
  const button = document.querySelector('main form[method=post] button:not([disabled]):not([type=button])');
  const form = button.form;
  for (const field of form.elements) {
    if (field.type === 'hidden' || field.tagName === 'BUTTON') continue;
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = false; else field.value = '';
  }
  form.requestSubmit(form.querySelector('button[value=review], button[name=send]') || button);
}"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"
MEASURE = """async tags => {
  const found = await axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary).join(' | '));
}"""


@dataclass(frozen=True)
class Look:
    """One page as one person sees it."""

    path: str
    persona: str
    mistakes: bool = False


class Inspector:
    """Looks at pages with one browser, and notes what is wrong with them."""

    def __init__(self, world: World, visit) -> None:
        self.world, self.visit = world, visit
        self.pages: dict[str, Page] = {}
        self.script = Axe().axe_script
        self.looked, self.found = 0, []

    def look(self, look: Look) -> None:
        page = self.pages.get(look.persona) or self.visit(self.world.people[look.persona])
        self.pages[look.persona] = page
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.goto(look.path, wait_until="load")
        if look.mistakes:
            with page.expect_navigation(wait_until="load"):
                page.evaluate(EMPTY_AND_SEND)
            if not page.locator(".aksel-error-summary, .aksel-error-message").count():
                self._note(look, "an empty form was taken, or says nothing of what is wrong")
        page.evaluate(OPEN_ALL)
        page.evaluate(self.script)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            self.looked += 1
            for breach in page.evaluate(MEASURE, TAGS):
                self._note(look, f"at {width}: {breach}")
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        if wide > WIDTHS[-1]:
            self._note(look, f"is {wide} wide at {WIDTHS[-1]}: {page.evaluate(TOO_WIDE)}")

    def _note(self, look: Look, what: str) -> None:
        self.found.append(f"{look.path} as {look.persona}{' with mistakes' if look.mistakes else ''} {what}")


TOO_WIDE = """() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter(one => one.getBoundingClientRect().right > 321).slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""


def looks_in(world: World, part: str, state: str, base: str) -> Iterator[Look]:
    """For every row of this state: somebody who may act, and somebody who may only read; of lists also the emptiest."""
    for row in ROWS:
        if row.method != "GET" or row.name in NOT_PAGES or row.states[0] != state or not row.name.startswith(PARTS[part]):
            continue
        path = path_of(world, row.name, base)
        acting = [persona for persona, sign in row.cells.items() if sign == "o"]
        reading = [persona for persona, sign in row.cells.items() if sign == "v"]
        emptiest = reading[-1:] if state == "-" else []
        for persona in dict.fromkeys([*acting[:1], *reading[:1], *emptiest]):
            yield Look(path, persona)
        if (row.name, state) in WITH_MISTAKES:
            # One who is logged in where there is one: for others the form leads to log-in
            yield Look(path, next(iter([one for one in acting if one != ANON] or acting)), mistakes=True)


def further_looks(world: World) -> Iterator[Look]:
    """Pages that one row stands for several of, and pages that say no."""
    draft = path_of(world, "tenders:announcement_section", "draft").removesuffix("need/")
    for section in SECTIONS:
        yield Look(f"{draft}{section}/", "officer")
        yield Look(f"{draft}{section}/", "officer", mistakes=section in {"money", "dates", "criteria"})
    yield Look(path_of(world, "tenders:announcement_section", "open"), "officer")
    yield Look("/no-such-page/", ANON)
    yield Look("/journal/", "officer")
    yield Look("/journal/?event=tenders.announcement_proposed&check=1", "auditor")
    yield Look("/tenders/?q=finnes-ikke", ANON)
    yield Look("/suppliers/?q=finnes-ikke", ANON)


def asked_on(world: World) -> None:
    """Morgenkveik sends the application that is under way, and Per asks."""
    row = Prequalification.objects.get(organisation=world.organisation, phase="draft")
    save_declaration(prequalification_id=row.pk, values=DECLARED, by=world.member, at=NOON)
    apply_for_prequalification(prequalification_id=row.pk, by=world.member, at=NOON)
    ask_applicant(prequalification_id=row.pk, text="Hvem er med?", by=world.reviewer, at=NOON)
    world.application = row


def handed_in_and_withdrawn(world: World) -> None:
    """The form was sent empty, which saves an empty draft: it is written and handed in anew, and then withdrawn."""
    own, at = world.own["open"], NOON - timedelta(minutes=90)
    own.refresh_from_db()
    save_draft(submission_id=own.pk, answers=answers_in(world.stage("open"), world.sketch), draft_no=own.draft_no, by=world.member, at=at)
    submit_submission(submission_id=own.pk, by=world.member, at=at)
    withdrawn(world)


# In this order, for here nothing is taken back
LATER = {"pressed": pressed, "writing": writing, "withdrawn": handed_in_and_withdrawn, "applying": applying, "asked": asked_on}


@pytest.mark.parametrize("part", PARTS)
def test_every_page_can_be_used_by_everybody(part, world, visit, counted):
    began = time.monotonic()
    inspector = Inspector(world, visit)
    for state in ("-", "draft", "awaiting", "open", "closed", "opened"):
        for look in looks_in(world, part, state, state):
            inspector.look(look)
    for look in further_looks(world) if part == "tenders" else ():
        inspector.look(look)
    for state, step in LATER.items():
        step(world)
        for look in looks_in(world, part, state, DERIVED[state][0]):
            inspector.look(look)
    counted(f"axe, {part}: {inspector.looked} pages and widths, {len(inspector.found)} breaches, {time.monotonic() - began:.0f} s")
    if inspector.found:
        pytest.fail("\n".join(inspector.found), pytrace=False)
