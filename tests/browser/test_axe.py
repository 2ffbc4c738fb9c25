"""Every page that the access matrix lets somebody see: no breach of WCAG 2.1 AA and 2.2 AA, wide and narrow, with and without mistakes.

Up to the opening; what comes after it is looked at in test_axe_later.py.
"""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from suppliers.commands.apply_for_prequalification import apply_for_prequalification
from suppliers.commands.ask_applicant import ask_applicant
from suppliers.commands.save_declaration import save_declaration
from suppliers.commands.save_draft import save_draft
from suppliers.commands.submit_submission import submit_submission
from suppliers.models import Prequalification
from tests.access.addresses import path_of
from tests.access.asking import applying, filed, laid_aside, listed, pressed, withdrawn, writing
from tests.access.test_matrix import ROWS
from tests.browser.inspecting import Inspector, Look, looks_at
from tests.conftest import NOON
from tests.sketches_made import answers_in
from tests.suppliers_made import DECLARED
from tests.world import ANON, World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# Each in a world of its own, so that they can be looked at side by side
PARTS = {
    "people": ("account_", "accounts:", "demo:", "letters:"),
    "suppliers": ("suppliers:",),
    "tenders": ("insight:", "tenders:", "evaluation:"),
}
SECTIONS = ("subject", "money", "value", "dates", "asked", "criteria", "requirements", "terms", "team")
# Forms that can be sent empty without anything being taken
WITH_MISTAKES = {
    ("tenders:new", "-"),
    ("tenders:announcement_section", "draft"),
    ("tenders:amend", "open"),
    ("tenders:files", "draft"),
    ("tenders:shelve", "draft"),
    ("tenders:questions", "open"),
    ("tenders:market_need", "dialogue"),
    ("tenders:log_contact", "dialogue"),
    ("tenders:new_meeting", "dialogue"),
    ("tenders:join_meeting", "dialogue"),
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


def looks_in(world: World, part: str, state: str) -> Iterator[Look]:
    """For every row whose first state this is."""
    for row in ROWS:
        if row.states[0] == state and row.name.startswith(PARTS[part]):
            yield from looks_at(world, row, state, WITH_MISTAKES)


def further_looks(world: World) -> Iterator[Look]:
    """Pages that one row stands for several of, and pages that say no."""
    draft = path_of(world, "tenders:announcement_section", "draft").removesuffix("need/")
    for section in SECTIONS:
        yield Look(f"{draft}{section}/", "officer")
        yield Look(f"{draft}{section}/", "officer", mistakes=section in {"money", "dates", "asked", "criteria"})
    yield Look(path_of(world, "tenders:announcement_section", "open"), "officer", status=409)
    yield Look("/no-such-page/", ANON, status=404)
    yield Look("/journal/", "officer", status=403)
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
LATER = {
    "filed": filed,
    "shelved": laid_aside,
    "pressed": pressed,
    "writing": writing,
    "withdrawn": handed_in_and_withdrawn,
    "applying": applying,
    "asked": asked_on,
    "listed": listed,
}


@pytest.mark.parametrize("part", PARTS)
def test_every_page_can_be_used_by_everybody(part, world, visit, counted):
    began = time.monotonic()
    inspector = Inspector(world, visit)
    for state in ("-", "draft", "awaiting", "open", "closed", "opened"):
        for look in looks_in(world, part, state):
            inspector.look(look)
    for look in further_looks(world) if part == "tenders" else ():
        inspector.look(look)
    for state, step in LATER.items():
        step(world)
        for look in looks_in(world, part, state):
            inspector.look(look)
    counted(f"axe, {part}: {inspector.looked} pages and widths, {len(inspector.found)} breaches, {time.monotonic() - began:.0f} s")
    if inspector.found:
        pytest.fail("\n".join(inspector.found), pytrace=False)
