"""The need of 2021 typed in, from the template to «ready to be sent for approval»: how long it takes at an even pace."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.hands import choose, field, goes_to, press, reads_heading, sees

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

KEYSTROKES_A_MINUTE = 200
SECONDS_A_FIELD = 4
SECONDS_A_PAGE = 25

NEED = {
    "Behovet i én setning": "Unge under 30 år får for sent vite hva de kan jobbe med",
    "Det dere leter etter, i en eller to setninger": "Vi søker nye måter å avklare unge på, som fører dem raskere mot jobb.",
    "Behovet": (
        "Mange unge under 30 år står uten jobb og uten utdanning. Nav bruker avklaring for å finne ut hva den enkelte kan og vil, og "
        "hva som skal til. Avklaringen vi kjøper i dag, tar lang tid og likner på seg selv fra sted til sted. Noen unge faller fra "
        "før de er i gang, og mange opplever at de må fortelle historien sin på nytt.\n\n"
        "Vi vil kjøpe avklaring på en annen måte. Derfor beskriver vi behovet og lar løsningen være åpen. Vi vil gjerne høre fra "
        "sosiale entreprenører, oppstartsbedrifter og ideelle organisasjoner som ikke har solgt til Nav før."
    ),
    "Hvem det gjelder": "Unge under 30 år som trenger hjelp til å finne veien til jobb, også de som har falt fra andre tiltak.",
    "Det dere håper blir annerledes": (
        "Den unge vet tidligere hva neste steg er.\nFlere kommer i jobb eller utdanning.\nFærre faller fra på veien."
    ),
    "Hvem som skal ta løsningen i bruk": (
        "Nav-kontor prøver løsningen sammen med vinneren. Lykkes den, spør vi etter den i senere regionale innkjøp av tiltak."
    ),
    "Hva vi vet": "I 2020 var flere enn én av ti unge uten jobb og utdanning. De unge sier at de venter for lenge på svar.",
    "Hvem som regnes med i gruppa": "Alle under 30 år som ikke vet hva neste steg er. Ingen trenger et vedtak.",
    "Fra hvilket budsjett": "Tiltaksbudsjettet.",
    "Hvor mange plasser eller personer": "60",
    "Saksnummer i arkivet": "21/3847",
}
TEAM = {"Behovseier": "Berit Solli", "Prosjektleder": "Ingrid Aas", "Kontrakt og jus": "Jon Myhre", "StartOff-veileder": "Tuva Lien"}


@dataclass
class Typist:
    """Counts what a person does: signs typed, fields and buttons touched, pages read."""

    page: Page
    keystrokes: int = 0
    fields: int = 0
    pages: int = 0

    def comes_to(self, heading: str) -> None:
        reads_heading(self.page, heading)
        self.pages += 1

    def types(self, where: Locator, text: str) -> None:
        where.fill(text)
        self.keystrokes += len(text)
        self.fields += 1

    def chooses(self, question: str, answer: str) -> None:
        choose(self.page, question, answer)
        self.fields += 1

    def presses(self, name: str, about: str = "") -> None:
        press(self.page, name, about)
        self.fields += 1

    def goes_on(self) -> None:
        self.presses("Lagre og gå til neste")

    @property
    def minutes(self) -> float:
        return self.keystrokes / KEYSTROKES_A_MINUTE + (self.fields * SECONDS_A_FIELD + self.pages * SECONDS_A_PAGE) / 60


def test_the_need_of_2021_is_typed_from_the_template_to_ready(visit, ingrid, arne, counted):
    page = visit(ingrid)
    typist = Typist(page)
    starts(typist)
    describes(typist)
    says_what_is_bought(typist)
    sets_the_money(typist)
    says_which_kind_of_service(typist)
    sets_the_dates(typist)
    for heading in ("Hva leverandørene svarer på", "Kriterier og vekter", "Krav", "Rettigheter og vilkår"):
        typist.comes_to(heading)
        typist.goes_on()
    names_the_team(typist)
    reads_heading(page, "Kunngjøringen er klar til å sendes til godkjenning")
    sees(page, "10 av 10 deler er ferdige")
    counted(
        f"the need of 2021: {typist.keystrokes} keystrokes, {typist.fields} fields and buttons, {typist.pages} pages;"
        f" {typist.minutes:.1f} minutes at {KEYSTROKES_A_MINUTE} keystrokes a minute, {SECONDS_A_FIELD} s a field and"
        f" {SECONDS_A_PAGE} s a page, when one knows what to write"
    )


def starts(typist: Typist) -> None:
    goes_to(typist.page, "/tenders/new/", "Start en konkurranse")
    typist.pages += 1
    typist.types(field(typist.page, "Et kort navn"), "Unge på vei til jobb")
    typist.presses("Start konkurransen")


def describes(typist: Typist) -> None:
    typist.comes_to("Behovet")
    for label, text in NEED.items():
        typist.types(field(typist.page, label), text)
    typist.chooses("Målgrupper", "Unge under 30 år")
    typist.goes_on()


def says_what_is_bought(typist: Typist) -> None:
    """The template has the main code; one more is searched for."""
    typist.comes_to("Hva som kjøpes")
    typist.types(typist.page.get_by_role("searchbox"), "yrkesrehab")
    typist.presses("Søk")
    typist.presses("Velg", "Yrkesrehabiliteringstjenester")
    sees(typist.page, "Lagret: Hva som kjøpes.")
    typist.goes_on()


def sets_the_money(typist: Typist) -> None:
    """The same figures as in the template, typed all the same."""
    typist.comes_to("Penger")
    typist.types(field(typist.page, "Budsjett"), "600 000")
    typist.chooses("Alle beløp er oppgitt", "eks. mva.")
    for stage, (selects, pays) in {"Idéskisse": ("3", "50 000"), "Utviklet skisse": ("1", "450 000")}.items():
        group = typist.page.get_by_role("group", name=stage, exact=True)
        typist.types(field(group, "Hvor mange som blir valgt"), selects)
        typist.types(field(group, "Hva hver av dem får"), pays)
    typist.goes_on()


def says_which_kind_of_service(typist: Typist) -> None:
    typist.comes_to("Verdi og regler")
    typist.chooses("Hva slags tjeneste er det?", "Særlig tjeneste (vedlegg 2)")
    typist.goes_on()


def sets_the_dates(typist: Typist) -> None:
    typist.comes_to("Datoer")
    deadline = typist.page.get_by_role("group", name="Frist")
    typist.types(deadline.get_by_label("Dato"), "2026-10-14")
    typist.types(deadline.get_by_label("Klokkeslett"), "12:00")
    typist.goes_on()


def names_the_team(typist: Typist) -> None:
    typist.comes_to("Hvem som står bak")
    for task, name in TEAM.items():
        group = typist.page.get_by_role("group", name=task, exact=True)
        typist.types(field(group, "Navn"), name)
        typist.types(field(group, "E-postadresse"), f"{name.lower().replace(' ', '.')}@nav.no")
    typist.presses("Lagre og se hele")
