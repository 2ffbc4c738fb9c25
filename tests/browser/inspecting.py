"""A page as one person sees it, looked at by axe and by its width; and who looks at a row of the access matrix."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.access.addresses import path_of
from tests.access.asking import base_of
from tests.access.test_matrix import Row
from tests.world import ANON, World

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 320)
# Not pages: files, figures for programs, and a piece that is put into a page
NOT_PAGES = {
    "insight:healthz",
    "insight:readyz",
    "insight:security_txt",
    "tenders:feed",
    "tenders:calendar",
    "tenders:tender_calendar",
    "tenders:file",
    "tenders:announcement_pdf",
    "tenders:all_files",
    "suppliers:missing",
    "suppliers:attachment",
    "suppliers:receipt_pdf",
    "suppliers:receipt_json",
    "evaluation:protocol",
    "evaluation:file",
    "evaluation:sheet_file",
    "evaluation:sheet_state",
    "contracts:agreement",
    "letters:pdf",
}
EMPTY_AND_SEND = """() => {
  const button = document.querySelector('main form[method=post] button:not([disabled]):not([type=button])');
  const form = button.form;
  for (const field of form.elements) {
    if (field.type === 'hidden' || field.tagName === 'BUTTON') continue;
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = false; else field.value = '';
  }
  form.requestSubmit(form.querySelector('button[value=review], button[value=lock], button[name=send]') || button);
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
    status: int = 200


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
        answer = page.goto(look.path, wait_until="load")
        if answer.status != look.status:
            self._note(look, f"answers {answer.status}")
            return
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


def looks_at(world: World, row: Row, state: str, with_mistakes: Iterable[tuple[str, str]]) -> Iterator[Look]:
    """Somebody who may act, and somebody who may only read; of lists also the emptiest. Nobody looks at what is no page."""
    if row.method != "GET" or row.name in NOT_PAGES:
        return
    path = path_of(world, row.name, base_of(state))
    acting = [persona for persona, sign in row.cells.items() if sign == "o"]
    reading = [persona for persona, sign in row.cells.items() if sign == "v"]
    emptiest = reading[-1:] if state == "-" else []
    for persona in dict.fromkeys([*acting[:1], *reading[:1], *emptiest]):
        yield Look(path, persona)
    if (row.name, state) in with_mistakes:
        # One who is logged in where there is one: for others the form leads to log-in
        yield Look(path, next(iter([one for one in acting if one != ANON] or acting)), mistakes=True)
