"""Hands and eyes of a person in the browser: buttons, fields and words are found as they are read, in bokmål."""

import re
from collections.abc import Mapping

from django.core import mail
from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=10_000)


def main(page: Page) -> Locator:
    return page.locator("main")


def press(page: Page, name: str, about: str = "") -> None:
    """Press the one button with these words; `about` is what a screen reader hears after them."""
    page.get_by_role("button", name=_called(name, about)).click()


def follow(page: Page, name: str, about: str = "") -> None:
    """Go by the link with these words."""
    main(page).get_by_role("link", name=_called(name, about)).click()


def _called(name: str, about: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(name)}\s*:\s*{re.escape(about)}$" if about else f"^{re.escape(name)}$")


def field(page: Page | Locator, label: str) -> Locator:
    """The field with this label, optional or not."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(valgfritt\))?\s*$"))


def write(page: Page | Locator, texts: Mapping[str, str]) -> None:
    for label, text in texts.items():
        field(page, label).fill(text)


def choose(page: Page, question: str, answer: str) -> None:
    """One of the radio buttons under this question."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def sees(page: Page, *texts: str) -> None:
    for text in texts:
        expect(main(page)).to_contain_text(text)


def sees_nothing_of(page: Page, *texts: str) -> None:
    """Neither on the page nor anywhere in what was sent."""
    sent = page.content()
    for text in texts:
        assert text not in sent, f"«{text}» stands on {page.url}"


def reads_heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible()


def goes_to(page: Page, path: str, heading: str) -> None:
    page.goto(path)
    reads_heading(page, heading)


def code_in_mail(address: str) -> str:
    """The code of the newest mail to this address."""
    newest = [message for message in mail.outbox if address in message.to][-1]
    return re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", newest.body, re.MULTILINE).group(1)


def mails_to(address: str) -> list[str]:
    return [message.body for message in mail.outbox if address in message.to]


def log_in_by_code(page: Page, address: str) -> None:
    """From the page of log-in, without a password."""
    page.get_by_role("link", name="Få en kode på e-post i stedet").click()
    field(page, "E-post").fill(address)
    press(page, "Send koden")
    reads_heading(page, "Skriv koden fra e-posten")
    field(page, "Kode").fill(code_in_mail(address))
    press(page, "Gå videre")


def takes_up(page: Page, title: str | re.Pattern[str]) -> None:
    """From one's own work, by the button of the first row that tells of this."""
    page.goto("/my/")
    main(page).locator(".nv-tasks li").filter(has_text=title).first.get_by_role("link").last.click()


def nothing_waits_for(page: Page) -> None:
    goes_to(page, "/my/", "Ingenting venter på deg")


def is_not_there(page: Page, *paths: str) -> None:
    for path in paths:
        assert page.goto(path).status == 404, f"{path} is there"


def cannot_press_yet(page: Page, name: str, why: str) -> None:
    """The button stands there, is off, and says why."""
    expect(page.get_by_role("button", name=_called(name, ""))).to_have_attribute("aria-disabled", "true")
    sees(page, why)


def is_told_of_mistakes(page: Page, *mistakes: str) -> None:
    for mistake in mistakes:
        expect(page.locator(".aksel-error-summary")).to_contain_text(mistake)


def downloads_a_pdf(page: Page, name: str) -> bytes:
    address = main(page).get_by_role("link", name=name).get_attribute("href")
    content = page.request.get(address).body()
    assert content.startswith(b"%PDF-"), content[:40]
    return content
