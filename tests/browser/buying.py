"""What those at Nav do in the browser on the way from a need to opened sketches. The pages are in bokmål."""

import re

from playwright.sync_api import Page, expect

from tests.browser.hands import (
    choose,
    field,
    follow,
    goes_to,
    is_told_of_mistakes,
    main,
    press,
    reads_heading,
    sees,
    sees_nothing_of,
    write,
)

NAME = "Unge på vei til jobb"
NEED = {
    "Behovet i én setning": "Unge under 30 venter for lenge på å finne ut hva de kan jobbe med",
    "Det dere leter etter, i en eller to setninger": "Vi søker nye måter å finne neste steg mot jobb på.",
    "Behovet": "Mange unge som kommer til Nav, vet ikke hva de får til.\n\nVi trenger en bedre måte å finne ut av dette på.",
    "Hva vi vet": "Vi har prøvd kurs. De unge sier at de ble spurt om det samme flere ganger.",
    "Hvem det gjelder": "Unge mellom 18 og 30 år som har kontakt med Nav.",
    "Hvem som regnes med i gruppa": "Den som ikke vet hva neste steg er. Du trenger ikke ha vedtak.",
    "Det dere håper blir annerledes": "Den unge vet etter noen uker hva neste steg er.\nFlere er i jobb etter seks måneder.",
    "Hvem som skal ta løsningen i bruk": "Nav-kontorene i hele landet.",
    "Fra hvilket budsjett": "Tiltaksbudsjettet.",
    "Hvor mange plasser eller personer": "200",
    "Saksnummer i arkivet": "26/4417",
}


TEAM = {"Behovseier": "Berit Solli", "Prosjektleder": "Ingrid Aas", "Kontrakt og jus": "Jon Myhre", "StartOff-veileder": "Tuva Lien"}


def gives_a_role(page: Page, email: str, name: str, role: str, unit: str) -> None:
    """Admin, on the page of roles."""
    goes_to(page, "/roles/", "Hvem gjør hva")
    _asks_for_a_role(page, email, role, unit)
    sees(page, f"{name} er nå {role.lower()} i {unit}.")
    expect(main(page).get_by_role("row", name=name).filter(has_text=role)).to_be_visible()


def gives_no_role_to_oneself(page: Page, email: str, name: str, role: str, unit: str) -> None:
    goes_to(page, "/roles/", "Hvem gjør hva")
    expect(main(page).get_by_role("row", name=name)).to_contain_text("Du kan ikke avslutte din egen rolle.")
    _asks_for_a_role(page, email, role, unit)
    sees(page, "Du kan ikke gi deg selv en rolle.")


def _asks_for_a_role(page: Page, email: str, role: str, unit: str) -> None:
    field(page, "E-postadresse").fill(email)
    field(page, "Rolle").select_option(role)
    field(page, "Enhet").select_option(unit)
    press(page, "Gi rollen")


def names_a_substitute(page: Page, reference: str, name: str, role: str, why: str) -> None:
    """Ingrid, on the page of people."""
    goes_to(page, f"/tenders/{reference}/people/", "Hvem gjør hva")
    whom = field(page, "Hvem trer inn?")
    whom.select_option(whom.locator(f"optgroup[label='{role}'] option", has_text=name).get_attribute("value"))
    field(page, "Hvorfor trengs det en til?").fill(why)
    press(page, "Sett inn stedfortrederen")
    expect(main(page).get_by_role("row", name=name).filter(has_text=role)).to_be_visible()


def describes_the_need(page: Page) -> str:
    """Ingrid, from the template to something that can be sent for approval. Gives the reference."""
    goes_to(page, "/my/", "Ingenting venter på deg")
    follow(page, "Beskriv et nytt behov")
    reads_heading(page, "Start en konkurranse")
    expect(page.get_by_role("radio", name="Idékonkurranse (StartOff)")).to_be_checked()
    expect(field(page, "Hvilken enhet kjøper?").locator("option:checked")).to_have_text("Arbeids- og velferdsdirektoratet")
    field(page, "Et kort navn").fill(NAME)
    press(page, "Start konkurransen")
    sees(page, "Alt som står i malen, er fylt ut.")
    reads_heading(page, "Behovet")
    write(page, NEED)
    choose(page, "Målgrupper", "Unge under 30 år")
    press(page, "Lagre")
    sees(page, "Lagret: Behovet.")
    reads_heading(page, "Fem ting mangler før den kan kunngjøres")
    return page.url.split("/")[-3]


def names_the_team(page: Page) -> None:
    """A name without an address is no help."""
    follow(page, "Hvem som står bak")
    for task, name in TEAM.items():
        group = page.get_by_role("group", name=task, exact=True)
        write(group, {"Navn": name, "E-postadresse": f"{name.split()[0].lower()}@nav.example"})
    lead = page.get_by_role("group", name="Prosjektleder", exact=True)
    field(lead, "E-postadresse").fill("")
    press(page, "Lagre og se hele")
    is_told_of_mistakes(page, "Skriv e-postadressen også.")
    field(lead, "E-postadresse").fill("ingrid@nav.example")
    press(page, "Lagre og se hele")
    sees(page, "Lagret: Hvem som står bak.", "10 av 10 deler er ferdige")
    reads_heading(page, "Kunngjøringen er klar til å sendes til godkjenning")


def chooses_what_is_bought(page: Page) -> None:
    """A second code is found by two words in any case; the first one stays the main one."""
    follow(page, "Hva som kjøpes")
    sees(page, "79634000 Karriererådgivertjenester")
    page.get_by_role("searchbox").fill("YRKES rehab")
    press(page, "Søk")
    press(page, "Velg", "Yrkesrehabiliteringstjenester")
    sees(page, "Lagret: Hva som kjøpes.")
    expect(main(page).get_by_role("button", name="Fjern")).to_have_count(2)
    press(page, "Lagre og gå til neste")
    reads_heading(page, "Penger")
    follow(page, "Tilbake uten å lagre")


def sets_the_money(page: Page) -> None:
    """The stages can never pay more than the budget."""
    follow(page, "Penger")
    expect(field(page, "Budsjett")).to_have_value("600 000".replace(" ", "\u00a0"))
    choose(page, "Alle beløp er oppgitt", "eks. mva.")
    developed = field(page, "Hva hver av dem får").nth(1)
    developed.fill("450 001")
    press(page, "Lagre")
    sees(page, "Stegene ville betalt 600 001 kr, og budsjettet er 600 000 kr.")
    expect(developed).to_have_value("450 001")
    developed.fill("450 000")
    press(page, "Lagre")
    sees(page, "Lagret: Penger.")


def says_which_kind_of_service(page: Page) -> None:
    """Nothing is inferred; when it is chosen, the rules follow from the value, and their sentence is used as it stands."""
    follow(page, "Verdi og regler")
    sees(page, "Ikke avgjort", "600 000 kr")
    choose(page, "Hva slags tjeneste er det?", "Særlig tjeneste (vedlegg 2)")
    press(page, "Lagre")
    sees(page, "Lagret: Verdi og regler.")
    follow(page, "Verdi og regler")
    sees(page, "Del I", "600 000 kr eks. mva. er minst 500 000 kr, og under 1 300 000 kr.")
    press(page, "Lagre, og bruk denne setningen")
    sees(page, "Kunngjøringen sier det som følger")
    follow(page, "Tilbake uten å lagre")


def sets_the_dates(page: Page) -> None:
    """The template suggests a working day at noon; a Saturday is no deadline."""
    follow(page, "Datoer")
    deadline = page.get_by_role("group", name="Frist")
    expect(deadline.get_by_label("Dato")).to_have_value("2026-10-13")
    expect(deadline.get_by_label("Klokkeslett")).to_have_value("12:00")
    deadline.get_by_label("Dato").fill("2026-10-10")
    press(page, "Lagre")
    sees(page, "Fristen er ikke på en arbeidsdag. Velg en arbeidsdag.")
    expect(deadline.get_by_label("Dato")).to_have_value("2026-10-10")
    deadline.get_by_label("Dato").fill("2026-10-13")
    press(page, "Lagre")
    sees(page, "Lagret: Datoer.")


def sets_the_criteria(page: Page) -> None:
    """The sum is shown while one writes; weights that are not 100 are kept, and keep the tender from being announced."""
    follow(page, "Kriterier og vekter")
    first = page.get_by_role("group", name="Idéskisse")
    effect = field(first.get_by_role("group", name="Effekt"), "Vekt i prosent")
    effect.fill("40")
    expect(first.get_by_role("status")).to_have_text("Vektene er 105 av 100 prosent.")
    press(page, "Lagre")
    reads_heading(page, "Én ting mangler før den kan kunngjøres")
    sees(page, "Vektene i «Idéskisse» er 105 prosent til sammen. De må være nøyaktig 100.")
    expect(page.get_by_role("button", name="Send til godkjenning")).to_have_attribute("aria-disabled", "true")
    follow(page, "Kriterier og vekter")
    expect(effect).to_have_value("40")
    field(first.get_by_role("group", name="Nytenkning"), "Vekt i prosent").fill("20")
    expect(first.get_by_role("status")).to_have_text("Vektene er 100 av 100 prosent.")
    press(page, "Lagre")
    sees(page, "Lagret: Kriterier og vekter.")


def sets_the_terms(page: Page) -> None:
    follow(page, "Rettigheter og vilkår")
    expect(page.get_by_label("Leverandøren eier løsningen.")).to_be_checked()
    field(page, "Mer om rettigheter").fill("Dere kan selge løsningen til andre fra første dag.")
    press(page, "Lagre")
    sees(page, "Lagret: Rettigheter og vilkår.")


def sends_for_approval(page: Page, approver: str) -> None:
    """Ingrid asks; she herself gets no button that announces."""
    field(page, "Hvem skal godkjenne?").select_option(approver)
    press(page, "Send til godkjenning")
    reads_heading(page, f"Kunngjøringen venter på {approver}")
    sees(page, f"{approver} er bedt om å godkjenne kunngjøringen.", "Foreslått av Ingrid Aas", "Skal godkjennes av en annen")
    expect(page.get_by_role("button", name="Godkjenn og kunngjør")).to_have_count(0)


def announces(page: Page) -> None:
    """Arne, from his own work: reads all of it, word for word, and announces."""
    goes_to(page, "/my/", "Én sak venter på deg")
    sees(page, "Ingrid Aas ber deg godkjenne den.")
    page.get_by_role("link", name="Les og avgjør").click()
    reads_heading(page, "Les, og si om den kan kunngjøres")
    sees(page, *(line for text in NEED.values() for line in text.split("\n") if line), "tirsdag 13. oktober 2026 før kl. 12.00")
    sees(page, "Effekt, 40 %", "Nytenkning, 20 %", "50 000 kr", "450 000 kr", "600 000 kr")
    press(page, "Godkjenn og kunngjør")
    reads_heading(page, NEED["Behovet i én setning"])
    sees(page, "Konkurransen er kunngjort. Dette er det alle ser.")


def reads_without_logging_in(page: Page, reference: str) -> None:
    """Anybody, from the front page: need, money, dates, criteria, what is asked, questions and answers."""
    page.goto("/")
    follow(page, NEED["Behovet i én setning"])
    reads_heading(page, NEED["Behovet i én setning"])
    assert page.url.endswith(f"/tenders/{reference}/")
    sees(page, "Åpen for skisser", "Mange unge som kommer til Nav, vet ikke hva de får til.", "tirsdag 13. oktober 2026 før kl. 12.00")
    sees(page, "50 000 kr", "Effekt, 40 %", "Hva går ideen ut på?", "Ingen svar ennå")
    expect(page.get_by_role("link", name="Logg inn")).to_be_visible()
    place = main(page).inner_text()
    order = ["Behovet\n", "Det dere får", "Det vi ber om", "Slik velger vi", "Spørsmål og svar"]
    assert [place.find(words) for words in order] == sorted(place.find(words) for words in order), place


def decides_with_grounds(page: Page, organisation: str) -> None:
    """Per, from his own work."""
    goes_to(page, "/my/", "Én sak venter på deg")
    sees(page, organisation)
    main(page).locator(".nv-tasks").get_by_role("link").last.click()
    reads_heading(page, organisation)
    sees(page, "Vi gir unge uten jobb en grunn til å stå opp om morgenen.")
    choose(page, "Er virksomheten kvalifisert?", "Ja, kvalifisert i 24 måneder")
    press(page, "Avgjør og send brevet")
    sees(page, "Skriv begrunnelsen.")
    expect(page.get_by_label("Ja, kvalifisert i 24 måneder")).to_be_checked()
    field(page, "Begrunnelse").fill("Formålet er tydelig, og overskuddet går tilbake til det.")
    press(page, "Avgjør og send brevet")
    sees(page, f"Søknaden fra {organisation} er avgjort. Brevet er på vei.", "Ingen søknader venter på deg")
    main(page).locator("summary", has_text="Avgjort").click()
    follow(page, organisation)
    sees(page, "Kvalifisert", "Av Per Moe", "Formålet er tydelig, og overskuddet går tilbake til det.")


def answers(page: Page, question: str, answer: str, asker: tuple[str, ...]) -> None:
    """Ingrid answers everybody, and sees nothing of who asked."""
    goes_to(page, "/my/", "To saker venter på deg")
    page.get_by_role("link", name="Svar").first.click()
    sees(page, question)
    sees_nothing_of(page, *asker)
    main(page).get_by_role("link", name=re.compile("^Svar")).first.click()
    reads_heading(page, "Svar slik at alle har nytte av det")
    sees(page, question, "Du ser ikke hvem som har spurt, og det gjør ingen andre heller.")
    sees_nothing_of(page, *asker)
    field(page, "Svaret").fill(answer)
    press(page, "Svar alle")
    sees(page, "Svaret er ute.")


def sees_no_sketches(page: Page, reference: str, secrets: tuple[str, ...]) -> None:
    """Before the opening nothing at Nav tells who takes part, or that anybody does."""
    for path, heading in {"opening/": "Skissene er forseglet", "submissions/": "Skissene er forseglet"}.items():
        goes_to(page, f"/tenders/{reference}/{path}", heading)
        sees_nothing_of(page, *secrets)
    for path in (f"/tenders/{reference}/", f"/tenders/{reference}/journal/", f"/tenders/{reference}/questions/", "/my/"):
        page.goto(path)
        sees_nothing_of(page, *secrets)
