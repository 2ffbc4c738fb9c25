"""The letters with the answers in the browser: how they are written at Nav, and how suppliers read their own. In bokmål."""

import re

from playwright.sync_api import Page, expect

from tests.browser.hands import downloads_a_pdf, field, goes_to, main, press, reads_heading, sees, takes_up

COMPLAIN = ("Slik klager dere", "Klagenemnda for offentlige anskaffelser (KOFA)")


def writes_grounds(page: Page, reference: str, organisation: str, grounds: str) -> None:
    """Ingrid, from her own work: the newest letter to them as they will read it, with the grounds she writes."""
    takes_up(page, re.compile("gjennom (brevene|begrunnelsen)"))
    assert f"/tenders/{reference}/letters/" in page.url
    sees(page, "Utkast. Ingen utenfor ser dem før en annen har godkjent.")
    main(page).get_by_role("link", name=organisation, exact=True).first.click()
    reads_heading(page, f"Brevet til {organisation}")
    field(page, "Begrunnelsen").fill(grounds)
    press(page, "Lagre begrunnelsen")
    sees(page, "Begrunnelsen er lagret. Slik er brevet nå.")
    for text in (grounds, "Ikke godkjent ennå.", *COMPLAIN):
        expect(main(page).locator(".nv-card")).to_contain_text(text)


def sees_all_are_out(page: Page, reference: str, count: str, at: str) -> None:
    goes_to(page, f"/tenders/{reference}/letters/", f"{count} brev")
    sees(page, f"Sendt til alle {at}")


def reads_the_answer(page: Page, heading: str, *texts: str) -> None:
    """From one's own work, with the letter as PDF."""
    takes_up(page, "Dere har fått svar")
    reads_heading(page, heading)
    sees(page, *texts, *COMPLAIN)
    downloads_a_pdf(page, "Last ned brevet (PDF)")
