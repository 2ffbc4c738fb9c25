"""What the panel does in the browser, and those who prepare and approve it: from the declaration to who is selected. In bokmål."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import (
    cannot_press_yet,
    field,
    follow,
    is_told_of_mistakes,
    main,
    nothing_waits_for,
    press,
    reads_heading,
    sees,
    sees_nothing_of,
    takes_up,
)
from tests.scores_made import FEEDBACK, REASON

CRITERIA = ("Effekt", "Nytenkning", "Medvirkning", "Gjennomføring")
LATER_CRITERIA = ("Effekt", "Medvirkning", "Gjennomføring", "Veien i bruk")
MERIT = "Prøveukene er korte og ekte."


def appoints(page: Page, chair: str, evaluators: tuple[str, ...]) -> None:
    """Ingrid, from her own work. She herself and the approver are on no list, and a panel of nobody is refused."""
    takes_up(page, "Oppnevn panelet")
    reads_heading(page, "Ingen er oppnevnt til å vurdere ennå")
    assert not {"Ingrid Aas", "Arne Lie"} & set(field(page, "Hvem skal lede panelet?").locator("option").all_inner_texts())
    press(page, "Send panelet til godkjenning")
    is_told_of_mistakes(page, "Velg hvem som skal lede panelet.", "Velg minst to panelmedlemmer.")
    field(page, "Hvem skal lede panelet?").select_option(chair)
    for name in evaluators:
        page.get_by_label(name, exact=True).check()
    press(page, "Send panelet til godkjenning")
    reads_heading(page, "Panelet venter på å bli bekreftet")
    sees(page, "Det gjelder når Arne Lie har bekreftet det.", chair, *evaluators)
    expect(page.get_by_role("button", name="Bekreft panelet")).to_have_count(0)


def confirms(page: Page, chair: str) -> None:
    """Arne, from his own work."""
    takes_up(page, "Bekreft panelet")
    press(page, "Bekreft panelet")
    reads_heading(page, f"{chair} leder panelet, og tre personer vurderer")


def declares(page: Page, names: list[str], ties: dict[str, str] | None = None) -> None:
    """By names alone, in the order of the alphabet, before anything that was handed in is shown. `ties` says what the tie is."""
    reads_heading(page, "Har du en tilknytning til noen av disse?")
    listed = [re.sub(r"[\d\s]+$", "", text) for text in main(page).locator("form details summary").all_inner_texts()]
    assert listed == sorted(names), listed
    press(page, "Gi erklæringen")
    is_told_of_mistakes(page, "Se gjennom navnene", "Bekreft at du kjenner taushetsplikten")
    for name, tie in (ties or {}).items():
        main(page).locator("summary").filter(has_text=name).click()
        field(page, f"Hva er tilknytningen din til {name}?").fill(tie)
    for statement in main(page).get_by_role("checkbox").all():
        statement.check()
    press(page, "Gi erklæringen")
    sees(page, "Takk for erklæringen. Nå kan du begynne.")


def rejects(page: Page, organisation: str, ground: str, reason: str) -> None:
    """Ingrid, from the list; a ground about the supplier demands that they are heard first."""
    main(page).get_by_role("row").filter(has_text=organisation).get_by_role("link").click()
    follow(page, "Avvis den")
    press(page, "Avvis skissen")
    is_told_of_mistakes(page, "Velg avvisningsgrunnen.", "Skriv begrunnelsen. Leverandøren får lese den.")
    page.get_by_label(re.compile("^Alvorlige feil som gir grunn til å tvile")).check()
    field(page, "Hva er begrunnelsen?").fill(reason)
    press(page, "Avvis skissen")
    is_told_of_mistakes(page, "Hør leverandøren først, og skriv når og hvordan.")
    page.get_by_label(re.compile(f"^{re.escape(ground)}")).check()
    expect(field(page, "Hva er begrunnelsen?")).to_have_value(reason)
    press(page, "Avvis skissen")
    sees(page, "Det er avvist. Leverandøren får vite det i brevet, samtidig med alle andre.")
    expect(main(page).get_by_role("row").filter(has_text=organisation)).to_contain_text("Avvist")


def goes_on_scoring(page: Page) -> str:
    """To the next sketch in one's own order. Gives its code name."""
    link = main(page).get_by_role("link", name=re.compile("^Gå videre med "))
    code_name = link.inner_text().strip().removeprefix("Gå videre med ")
    link.click()
    reads_heading(page, f"Skisse {code_name}")
    return code_name


def criterion(page: Page, name: str) -> Locator:
    return main(page).locator("details.nv-criterion", has=page.locator("summary", has_text=name))


def judges(page: Page, name: str, points: int, reason: str = REASON) -> None:
    one = criterion(page, name)
    if one.get_attribute("open") is None:
        one.locator("summary").click()
    one.get_by_role("radio", name=str(points), exact=True).check()
    field(one, "Begrunnelse til saken").fill(reason)
    expect(one.locator("summary")).to_contain_text(f"{points} av 10")


def begins_and_sees_it_saved(page: Page, points: int, clock: str) -> None:
    """One criterion; it is saved by itself and stands there anew. Half a sheet cannot be locked."""
    judges(page, CRITERIA[0], points)
    expect(page.locator("[data-saved-status]")).to_have_text(f"Lagret kl. {clock}")
    page.reload()
    expect(criterion(page, CRITERIA[0]).locator("summary")).to_contain_text(f"{points} av 10")
    expect(field(criterion(page, CRITERIA[0]), "Begrunnelse til saken")).to_have_value(REASON)
    press(page, "Lås og gå til neste")
    is_told_of_mistakes(page, "Nytenkning: Velg poeng.", "Gjennomføring: Skriv en begrunnelse.")


def fills_and_locks(page: Page, code_name: str, points: int, criteria: tuple[str, ...] = CRITERIA) -> None:
    for name in criteria:
        judges(page, name, points)
    page.locator(".nv-letterbox textarea").fill(FEEDBACK)
    press(page, "Lås og gå til neste")
    sees(page, f"Skjemaet for {code_name} er låst.")


def closes(page: Page) -> None:
    """Cecilie, when every sheet is locked, from her own work."""
    takes_up(page, "Avslutt poenggivingen")
    press(page, "Avslutt poenggivingen")
    sees(page, "Poenggivingen er avsluttet. Her er rangeringen.")


def ranked(page: Page) -> list[tuple[str, str, str]]:
    """Place, code name and points, as the table of the ranking reads."""
    rows = main(page).locator("table.nv-to-cards tbody tr").all()
    return [tuple(row.locator("td, th").nth(no).inner_text().strip() for no in range(3)) for row in rows]


def proposes(page: Page, chosen: list[str]) -> None:
    """Cecilie: the best are ticked; each needs what is best about it. She cannot approve it herself."""
    takes_up(page, "Foreslå hvem som blir valgt")
    for code_name in chosen:
        expect(page.get_by_label(f"Foreslå {code_name}", exact=True)).to_be_checked()
    press(page, "Send forslaget")
    is_told_of_mistakes(page, *(f"Skriv hva som er best ved {code_name}." for code_name in chosen))
    for code_name in chosen:
        field(page, f"Hva er best ved {code_name}?").fill(MERIT)
    press(page, "Send forslaget")
    sees(page, "Forslaget er sendt.", *chosen)
    cannot_press_yet(page, "Godkjenn valget", "Du kan ikke godkjenne ditt eget forslag.")
    nothing_waits_for(page)


def approves(page: Page, *basis: str, hidden: tuple[str, ...] = ()) -> None:
    """Arne reads what the decision rests on, from his own work, and approves it."""
    takes_up(page, "Godkjenn valget")
    sees(page, "Foreslått av Cecilie Dahl", "Skal godkjennes av en annen", "Kriterier og vekter er slik de ble kunngjort", *basis)
    sees_nothing_of(page, *hidden)
    press(page, "Godkjenn valget")
    sees(page, "Valget er godkjent. Brevene lages nå og sendes samtidig.")
