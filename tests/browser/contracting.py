"""Contracts and money in the browser: drafted, approved, signed, planned, asked for, paid. The pages are in bokmål."""

import re

from playwright.sync_api import Page, expect

from tests.browser.hands import cannot_press_yet, field, follow, goes_to, is_told_of_mistakes, main, press, reads_heading, sees, takes_up

MANAGER = "Camilla Holt"
ACCOUNT = "8601 11 17947"
WRONG_ACCOUNT = "8601 11 17948"


def drafts_contracts(page: Page, heading: str, money: str, organisations: tuple[str, ...]) -> None:
    """Ingrid, from her own work."""
    takes_up(page, "Lag utkast til kontraktene")
    reads_heading(page, heading)
    sees(page, money, *organisations)
    expect(field(page, "Hvem er kontraktsleder?").locator("option:checked")).to_have_text(MANAGER)
    press(page, "Lag utkast og send til godkjenning")
    sees(page, "Utkastene til kontrakter er laget.", *organisations)


def approves_contract(page: Page, organisation: str) -> None:
    """Arne, from his own work, after he has read it. It cannot be signed for a while."""
    takes_up(page, f"Godkjenn kontrakten med {organisation}")
    reads_heading(page, f"Kontrakten med {organisation} er et utkast")
    sees(page, "Hva som leveres", "Avslutning før tiden", "Ikke signert ennå")
    press(page, "Godkjenn kontrakten")
    reads_heading(page, f"Kontrakten med {organisation} venter på begge signaturene")


def cannot_sign_before(page: Page, path: str, called: str, day: str) -> None:
    page.goto(path)
    main(page).get_by_role("row").filter(has_text="skal signeres").filter(has_text=called).get_by_role("link").click()
    cannot_press_yet(page, "Signer avtalen", f"Dette kan signeres fra {day}, når karensperioden er over.")


def signs(page: Page, other: str) -> None:
    """From one's own work; `other` is with whom."""
    takes_up(page, f"Signer avtalen med {other}")
    press(page, "Signer avtalen")
    sees(page, "Du har signert.")


def ends_the_stage(page: Page, deadline: tuple[str, str] | None = None) -> None:
    """Ingrid, when the standstill is over. `deadline` of the next stage: one that is too early and is refused, and one that holds."""
    takes_up(page, "Avslutt «")
    if deadline is not None:
        day = page.get_by_role("group", name="Frist").get_by_label("Dato")
        day.fill(deadline[0])
        press(page, "Send til godkjenning")
        is_told_of_mistakes(page, "Fristen kan tidligst være tirsdag 22. desember 2026.")
        expect(day).to_have_value(deadline[0])
        day.fill(deadline[1])
    press(page, "Send til godkjenning")
    reads_heading(page, "Slutten på steget venter på Arne Lie")


def approves_the_end(page: Page, button: str, heading: str) -> None:
    """Arne, from his own work."""
    takes_up(page, "Godkjenn slutten på")
    sees(page, "Foreslått av Ingrid Aas")
    press(page, button)
    reads_heading(page, heading)


def plans_and_starts(page: Page, organisation: str) -> None:
    """Camilla, from her own work. Milestones that are not the whole amount are kept and refused."""
    takes_up(page, f"Planlegg milepælene med {organisation}")
    follow(page, "Planlegg milepælene")
    first, second = (page.get_by_role("group", name=f"Milepæl {no}") for no in (1, 2))
    for group, title, day, amount in (
        (first, "Tre kontorer er i gang", "2027-03-01", "150 000"),
        (second, "Alle er ferdige", "2027-06-01", "299 999"),
    ):
        field(group, "Navn").fill(title)
        field(group, "Frist").fill(day)
        field(group, "Beløp i kroner").fill(amount)
    press(page, "Lagre milepælene")
    is_told_of_mistakes(page, "Milepælene er til sammen 449 999 kr, og kontrakten er på 450 000 kr.")
    expect(field(first, "Navn")).to_have_value("Tre kontorer er i gang")
    field(second, "Beløp i kroner").fill("300 000")
    press(page, "Lagre milepælene")
    sees(page, "Milepælene er planlagt.", "1. mars 2027", "1. juni 2027")
    press(page, "Start arbeidet")
    reads_heading(page, f"Kontrakten med {organisation} løper")
    cannot_press_yet(page, "Fullfør kontrakten", "Alle milepæler må være betalt før kontrakten kan fullføres.")


def asks_for_payment(page: Page, milestone: str, money: str, report: str, invoice: str) -> None:
    """The supplier, from their own work. An account number with a wrong digit is refused, and nothing that was typed is lost."""
    takes_up(page, f"Be om betaling: {milestone}")
    reads_heading(page, f"Be om {money}")
    sees(
        page, f"«{milestone}», er eks. mva., og blir betalt når én person i Nav har godtatt leveransen og en annen har godkjent betalingen."
    )
    field(page, "Hva har dere levert?").fill(report)
    field(page, "Nummeret på fakturaen deres").fill(invoice)
    field(page, "Kontonummer").fill(WRONG_ACCOUNT)
    press(page, "Be om betaling")
    is_told_of_mistakes(page, "Se over kontonummeret.")
    expect(field(page, "Hva har dere levert?")).to_have_value(report)
    field(page, "Kontonummer").fill(ACCOUNT)
    press(page, "Be om betaling")
    sees(page, "Vi har mottatt kravet. Kontraktslederen får beskjed.")


def accepts(page: Page, organisation: str, report: str) -> None:
    """Camilla, from her own work."""
    takes_up(page, f"Ta stilling til leveransen fra {organisation}")
    sees(page, report, ACCOUNT)
    press(page, "Godta leveransen")
    sees(page, "Leveransen er godtatt.")


def approves_payment(page: Page, money: str, organisation: str) -> None:
    """Arne, from his own work."""
    takes_up(page, f"Godkjenn {money} til {organisation}")
    reads_heading(page, f"{money} til {organisation} venter på godkjenning")
    sees(page, f"{MANAGER}, ")
    press(page, "Godkjenn betalingen")
    reads_heading(page, f"{money} til {organisation} er godkjent")


def sends_and_registers(page: Page, money: str, organisation: str) -> None:
    """Camilla, from her own work, once when it goes to accounting and once when it is paid."""
    takes_up(page, f"Send {money} til {organisation} videre til regnskap")
    press(page, "Noter at den er sendt til regnskap")
    reads_heading(page, f"{money} til {organisation} er sendt til regnskap")
    takes_up(page, "Registrer")
    press(page, "Registrer den som betalt")
    reads_heading(page, f"{money} er betalt til {organisation}")


def money_in(page: Page, path: str) -> dict[str, int]:
    """What the page of contracts says is agreed, approved for payment and left to contract, in kroner."""
    page.goto(path)
    text = " ".join(main(page).inner_text().split())
    labels = {"agreed": "Avtalt", "approved": "Godkjent for utbetaling", "left": "Igjen å inngå kontrakt om"}
    return {key: int(re.search(rf"{label} ([\d ]+) kr", text).group(1).replace(" ", "")) for key, label in labels.items()}


def paid_in(page: Page, path: str, heading: str) -> int:
    """What the page of payments says is paid, in kroner."""
    goes_to(page, path, heading)
    return int(re.sub(r"\D", "", heading))
