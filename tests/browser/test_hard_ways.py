"""The supplier's part in the hard ways: without scripts, without a mouse, with two presses for one, and logged out while writing."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from playwright.sync_api import Page, expect

from suppliers.models import Receipt
from tenders.models import Tender
from tests.browser import supplying
from tests.browser.hands import field, goes_to, log_in_by_code, press, reads_heading, sees, write
from tests.browser.supplying import ANSWERS, ASKED, RECEIVED, TITLE
from tests.sketches_made import pdf_with
from tests.submissions_made import drafted
from tests.suppliers_made import registered
from tests.tenders_made import announced

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = "1. Hva går ideen ut på?"
ARRIVED = "1. september 2026 kl. 12.00.00"
# What has the focus, and whether a person can see that: an outline on it, or on what is drawn for it, stands only around what has the focus
FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const drawn = [one, one.parentElement, one.nextElementSibling].filter(Boolean).map(each => getComputedStyle(each));
  const marked = drawn.some(each => each.outlineStyle !== 'none' && parseFloat(each.outlineWidth) > 0);
  const name = one.labels?.length ? one.labels[0].innerText : one.innerText || one.getAttribute('aria-label') || '';
  const group = one.closest('fieldset')?.querySelector('legend')?.innerText || '';
  return {name: name.replace(/\\s+/g, ' ').trim(), group, tag: one.tagName, marked, visible: one.matches(':focus-visible'),
    inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight};
}"""


@pytest.fixture
def sketch(ingrid, arne, sara) -> str:
    """The address of the sketch in a tender that is open, for Sara who acts for Morgenkveik."""
    EmailAddress.objects.create(user=sara, email=sara.email, verified=True, primary=True)
    registered(sara)
    return f"/tenders/{announced(ingrid, arne).reference}/stages/1/submission/"


def written(page: Page) -> None:
    write(page, {ASKED: TITLE, **ANSWERS})


def test_from_start_to_receipt_without_scripts(visit, sara, sketch):
    page = visit(sara, java_script_enabled=False)
    supplying.begins(page, sketch)
    expect(field(page, FIRST)).to_be_visible()
    sees(page, "300 ord igjen av 300")
    write(page, {ASKED: TITLE, FIRST: ANSWERS[FIRST]})
    press(page, "Lagre og fortsett senere")
    sees(page, "Utkastet er lagret. Du kan lukke siden og fortsette senere.", "288 ord igjen av 300")
    supplying.attaches(page)
    press(page, "Se over og send")
    expect(page.locator(".aksel-error-summary")).to_contain_text("2. Hvem er den for")
    expect(field(page, FIRST)).to_have_value(ANSWERS[FIRST])
    written(page)
    supplying.looks_over(page)
    number = supplying.hands_in(page, ARRIVED)
    supplying.fetches_the_receipt(page, number)
    supplying.takes_back_to_change(page)
    press(page, "Fjern", "jobbkart.pdf")
    expect(page.get_by_role("link", name="jobbkart.pdf")).to_have_count(0)
    expect(field(page, FIRST)).to_have_value(ANSWERS[FIRST])


class Keyboard:
    """Somebody who uses the keys only. Every stop on the way must be seen to have the focus."""

    def __init__(self, page: Page) -> None:
        self.page, self.stops = page, 0

    def goes_to(self, name: str, group: str = "") -> None:
        """Tab until the focus is at what is called this."""
        for _press in range(80):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(FOCUS)
            self.stops += 1
            assert found["visible"] and found["marked"] and found["inside"], found
            if found["name"].startswith(name) and group in found["group"]:
                return
        pytest.fail(f"Tab never came to «{name}» on {self.page.url}")

    def presses(self, key: str, heading: str = "") -> None:
        self.page.keyboard.press(key)
        if heading:
            reads_heading(self.page, heading)

    def types(self, name: str, text: str) -> None:
        self.goes_to(name)
        self.page.keyboard.insert_text(text)


def test_from_start_to_receipt_with_the_keyboard_only(visit, sara, sketch, counted):
    page = visit(sara)
    keys = Keyboard(page)
    page.goto(sketch)
    keys.goes_to("Hopp til innholdet")
    keys.presses("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    keys.goes_to("Begynn på skissen")
    keys.presses("Enter", "Skriv idéskissen")
    keys.types(ASKED, TITLE)
    keys.presses("Enter", "Skriv idéskissen")
    sees(page, "Utkastet er lagret.")
    for question in list(ANSWERS)[:4]:
        keys.types(question, ANSWERS[question])
    keys.goes_to("Vedlegg")
    with page.expect_file_chooser() as choosing:
        keys.presses("Space")
    choosing.value.set_files({"name": "jobbkart.pdf", "mimeType": "application/pdf", "buffer": pdf_with("Et jobbkart")})
    keys.goes_to("Se over og send")
    keys.presses("Space")
    expect(page.locator(".aksel-error-summary")).to_be_focused()
    keys.goes_to("5. Hva trenger dere fra Nav: Skriv et svar her.")
    keys.presses("Enter")
    last = field(page, "5. Hva trenger dere fra Nav?")
    expect(last).to_be_focused()
    page.keyboard.insert_text(ANSWERS["5. Hva trenger dere fra Nav?"])
    keys.goes_to("Se over og send")
    keys.presses("Space", "Se over og send")
    sees(page, *ANSWERS.values(), "jobbkart.pdf")
    keys.goes_to("Send skissen")
    keys.presses("Enter", RECEIVED)
    sees(page, f"Mottatt {ARRIVED}.")
    counted(f"keyboard: {keys.stops} stops from start to receipt, each with a mark that is seen")


@pytest.mark.parametrize("scripts", [True, False])
def test_two_presses_of_send_give_one_receipt(visit, sara, sketch, scripts, counted):
    page = visit(sara, java_script_enabled=scripts)
    reference = sketch.split("/")[2]
    drafted(sara, sara.memberships.get().organisation, Tender.objects.get(reference=reference))
    goes_to(page, f"{sketch}review/", "Se over og send")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Send skissen", exact=True).dblclick(no_wait_after=True)
    reads_heading(page, RECEIVED)
    assert len(sent) == 1 if scripts else sent
    [receipt] = Receipt.objects.all()
    assert supplying.receipt_number(page) == receipt.number
    counted(f"two presses of send, {'with' if scripts else 'without'} scripts: {len(sent)} sent, 1 receipt")


def only_the_log_in(page: Page) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def everything(page: Page) -> None:
    page.context.clear_cookies()


@pytest.mark.parametrize("lose", [only_the_log_in, everything])
def test_what_was_typed_is_there_after_logging_in_again(visit, sara, sketch, lose):
    """Also when the browser forgot all it knew, so that the form itself is too old."""
    page = visit(sara)
    supplying.begins(page, sketch)
    lose(page)
    written(page)
    press(page, "Lagre og fortsett senere")
    if lose is everything:
        sees(page, "Det du skrev, tar vi vare på i en time.")
        page.get_by_role("link", name="Åpne siden på nytt").click()
    reads_heading(page, "Logg inn")
    sees(page, "Det du skrev, er tatt vare på i en time. Logg inn, så står det der igjen.")
    log_in_by_code(page, sara.email)
    reads_heading(page, "Skriv idéskissen")
    sees(page, "Du ble logget ut mens du skrev. Teksten er her, men den er ikke lagret ennå.")
    for question, answer in {ASKED: TITLE, **ANSWERS}.items():
        expect(field(page, question)).to_have_value(answer)
    press(page, "Lagre og fortsett senere")
    sees(page, "Utkastet er lagret.")
    page.reload()
    expect(field(page, FIRST)).to_have_value(ANSWERS[FIRST])


def test_one_who_is_logged_out_while_writing_is_told_at_once(visit, sara, sketch):
    page = visit(sara)
    supplying.begins(page, sketch)
    only_the_log_in(page)
    field(page, FIRST).fill(ANSWERS[FIRST])
    expect(page.locator("[data-saved-status]")).to_contain_text("Ikke lagret: Du er logget ut. Teksten står her.")
    expect(field(page, FIRST)).to_have_value(ANSWERS[FIRST])
