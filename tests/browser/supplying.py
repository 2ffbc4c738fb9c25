"""What a supplier does in the browser, from signing up to a receipt. The pages are in bokmål."""

import re

from playwright.sync_api import Page, expect

from tests.browser.hands import choose, code_in_mail, field, follow, goes_to, main, press, reads_heading, sees, write
from tests.sketches_made import pdf_with

ORGANISATION = "Morgenkveik AS"
SARA = "sara@morgenkveik.example"
TITLE = "Tre prøveuker i ekte jobber"
ASKED = "Hva vil dere kalle ideen?"
ANSWERS = {
    "1. Hva går ideen ut på?": "Den unge prøver tre jobber på tre uker, og velger selv hvilke.",
    "2. Hvem er den for, og hva blir annerledes for dem?": "Unge som ikke vet hva de får til.",
    "3. Hvordan vil dere prøve den ut sammen med Nav?": "Tolv unge fra to kontor er med i en måned.",
    "4. Hvorfor tror dere at den virker?": "Ni av tolv sa ja til å fortsette sist.",
    "5. Hva trenger dere fra Nav?": "En veileder som svarer på telefonen.",
}
STATEMENTS = ("Ingen som leder", "Skatt og merverdiavgift", "Virksomheten er ikke konkurs", "De siste tre årene")
RECEIVED = "Vi har mottatt skissen deres"


def signs_up(page: Page, name: str, address: str) -> None:
    """By e-mail, with a code that comes by mail; back to where one was going."""
    page.get_by_role("link", name="Lag bruker").click()
    reads_heading(page, "Lag bruker")
    write(page, {"E-post": address, "Navnet ditt": name})
    write(page, {"Passord": "tre-prøveuker-i-juni", "Passord, en gang til": "tre-prøveuker-i-juni"})
    press(page, "Lag bruker")
    reads_heading(page, "Skriv koden fra e-posten")
    sees(page, address)
    field(page, "Kode").fill(code_in_mail(address))
    press(page, "Gå videre")


def registers(page: Page, number: str) -> None:
    """A number with a wrong digit is told apart, and nothing that was typed is lost."""
    reads_heading(page, "Registrer virksomheten din")
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    write(page, {"Organisasjonsnummer": wrong, "Navnet på virksomheten": ORGANISATION, "Postadresse": "Storgata 1, 0155 Oslo"})
    field(page, "Organisasjonsform").select_option("Aksjeselskap (AS)")
    choose(page, "Hvilket språk skal vi bruke i brev til dere?", "Bokmål")
    choose(page, "Hva slags leverandør er dere?", "Sosial virksomhet")
    choose(page, "Hvor mange årsverk er dere?", "1 til 4")
    field(page, "Fylke").select_option("Oslo")
    choose(page, "Er det første gang dere er med i en konkurranse hos Nav?", "Ja")
    press(page, "Registrer virksomheten")
    expect(page.locator(".aksel-error-summary")).to_contain_text("Organisasjonsnummer")
    expect(field(page, "Navnet på virksomheten")).to_have_value(ORGANISATION)
    field(page, "Organisasjonsnummer").fill(number)
    press(page, "Registrer virksomheten")


def applies_for_prequalification(page: Page, number: str) -> None:
    page.goto(f"/suppliers/{number}/")
    follow(page, "Les om ordningen og søk")
    press(page, "Start søknaden")
    reads_heading(page, "Fortell hva dere er til for")
    field(page, "Hva er det sosiale formålet deres?").fill("Vi gir unge uten jobb en grunn til å stå opp om morgenen.")
    press(page, "Send søknaden")
    expect(page.locator(".aksel-error-summary")).to_contain_text("Hva gjør dere på en ny måte: Skriv et svar her.")
    expect(field(page, "Hva er det sosiale formålet deres?")).to_have_value("Vi gir unge uten jobb en grunn til å stå opp om morgenen.")
    field(page, "Hva gjør dere på en ny måte?").fill("Unge med egne erfaringer møter opp sammen med dem.")
    choose(page, "Hva skjer med overskuddet?", "Overskuddet går tilbake til formålet, og vi forteller hvordan")
    field(page, "Fortell mer om overskuddet").fill("Alt går tilbake til flere plasser.")
    for statement in STATEMENTS:
        page.get_by_role("group", name=re.compile(statement)).get_by_label("Ja, det stemmer").check()
    press(page, "Send søknaden")
    sees(page, "Dere får svar senest", "Unge med egne erfaringer møter opp sammen med dem.")


def begins(page: Page, path: str, organisation: str = ORGANISATION) -> None:
    """From the page of the sketch to the empty form."""
    goes_to(page, path, "Skriv en skisse av ideen deres")
    sees(page, "1. Hva går ideen ut på? høyst 300 ord", f"Du skriver for {organisation}.", "Nav ser ikke at dere har begynt")
    press(page, "Begynn på skissen")
    reads_heading(page, "Skriv idéskissen")


def writes_and_sees_it_saved(page: Page) -> None:
    """Words are counted while one writes, and what is missing is drawn anew when the draft has been saved by itself."""
    first = next(iter(ANSWERS))
    question = main(page).locator(".nv-field", has=field(page, first))
    expect(question).to_contain_text("300 ord igjen av 300")
    field(page, ASKED).fill(TITLE)
    field(page, first).fill(ANSWERS[first])
    expect(question).to_contain_text("288 ord igjen av 300")
    missing = page.locator("aside .nv-check")
    expect(missing.locator("li", has_text=first)).to_contain_text("Mangler:")
    expect(page.locator("[data-saved-status]")).to_have_text("Lagret kl. 12.05")
    expect(missing.locator("li", has_text=first)).to_contain_text("Ferdig:")
    page.reload()
    expect(field(page, first)).to_have_value(ANSWERS[first])


def attaches(page: Page, name: str = "jobbkart.pdf") -> None:
    """What is no PDF inside is refused and said why; the text stays. A real one is checked and sealed."""
    files = field(page, "Vedlegg")
    files.set_input_files({"name": "bilde.pdf", "mimeType": "application/pdf", "buffer": b"GIF89a"})
    press(page, "Last opp vedlegg")
    expect(page.locator(".aksel-error-summary")).to_contain_text("bilde.pdf")
    expect(field(page, ASKED)).to_have_value(TITLE)
    files.set_input_files({"name": name, "mimeType": "application/pdf", "buffer": pdf_with("Et jobbkart på tre sider.")})
    press(page, "Last opp vedlegg")
    expect(page.get_by_role("link", name=name)).to_be_visible()
    sees(page, "Sjekket og forseglet")


def looks_over(page: Page, answers: dict[str, str] = ANSWERS) -> None:
    press(page, "Se over og send")
    reads_heading(page, "Se over og send")
    sees(page, f"«{TITLE}»", *answers, *answers.values())


def hands_in(page: Page, arrived: str) -> str:
    """Gives the number of the receipt."""
    press(page, "Send skissen")
    reads_heading(page, RECEIVED)
    sees(page, f"Mottatt {arrived}.", "Levert og forseglet", "Nå er det forseglet.", "Fingeravtrykk")
    return receipt_number(page)


def receipt_number(page: Page) -> str:
    heading = main(page).get_by_role("heading", name=re.compile(r"^Kvittering K-")).inner_text()
    return heading.split()[-1]


def fetches_the_receipt(page: Page, number: str) -> None:
    with page.expect_download() as waiting:
        follow(page, "Last ned kvitteringen (PDF)")
    assert waiting.value.suggested_filename == f"{number}.pdf"
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")


def takes_back_to_change(page: Page) -> None:
    follow(page, "Endre skissen")
    reads_heading(page, "Ta tilbake skissen for å endre den")
    sees(page, "Fristen er fortsatt", "Kvitteringen blir stående")
    press(page, "Ta tilbake og endre")
    reads_heading(page, "Skriv idéskissen")
    sees(page, "Den er ikke levert før du sender den på nytt.", "jobbkart.pdf")
    expect(field(page, ASKED)).to_have_value(TITLE)


def withdraws(page: Page) -> None:
    follow(page, "Trekk skissen")
    reads_heading(page, "Trekk skissen")
    sees(page, "Tekst og vedlegg blir slettet", "Nav ser ikke at dere har trukket")
    press(page, "Trekk skissen")
    reads_heading(page, "Kvitteringen gjelder en skisse som ikke lenger er levert")
    sees(page, "Dere trakk det, og innholdet er slettet.", "Trukket")


def asks(page: Page, reference: str, question: str) -> None:
    goes_to(page, f"/tenders/{reference}/questions/", "Alle får se alle svar. Ingen får se hvem som har spurt.")
    field(page, "Spørsmålet ditt").fill(question)
    press(page, "Send spørsmålet")
    sees(page, "Vi har fått det du skrev.", "Bare du ser dette til det er besvart.", question)


DEVELOPED_TITLE = "Tre prøveuker, prøvd på tre kontorer"
DEVELOPED = {
    "1. Hva har dere kommet fram til?": "Tre uker er nok når noen er med den første morgenen.",
    "2. Hvem har vært med på å utvikle den?": "Tolv unge og fire veiledere.",
    "3. Hvordan skal dere utvikle og prøve den ut?": "Tre kontorer i to perioder.",
    "4. Hva skal vi måle, og når vet vi om den virker?": "Hvor mange som er i jobb etter et halvt år.",
    "5. Hva kan gå galt, og hva gjør dere da?": "En arbeidsgiver kan trekke seg. Vi har to i reserve.",
}


def develops_and_hands_in(page: Page, arrived: str) -> str:
    """The developed sketch of an invited finalist, from its page. Gives the number of the receipt."""
    reads_heading(page, "Skriv utviklet skisse")
    sees(page, "Dette steget er for dem som er invitert, og panelet vet hvem dere er.")
    press(page, "Begynn på skissen")
    reads_heading(page, "Skriv utviklet skisse")
    sees(page, "I dette steget vet panelet hvem dere er.")
    expect(page.get_by_text("Ikke bruk navnet på virksomheten")).to_have_count(0)
    field(page, ASKED).fill(DEVELOPED_TITLE)
    write(page, DEVELOPED)
    press(page, "Se over og send")
    sees(page, f"«{DEVELOPED_TITLE}»", *DEVELOPED.values())
    return hands_in(page, arrived)
