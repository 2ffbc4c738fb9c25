"""The first part of the journey: from a need to opened sketches."""

from datetime import timedelta

from django.core.management import call_command
from playwright.sync_api import expect

from accounts.models import Unit
from tests.browser import buying, judging, supplying
from tests.browser.hands import (
    field,
    follow,
    goes_to,
    is_not_there,
    mails_to,
    nothing_waits_for,
    press,
    reads_heading,
    sees,
    sees_nothing_of,
)
from tests.browser.journey.walk import DEADLINE, LID, NESS, RUD, TANGEN, Walk
from tests.browser.supplying import ANSWERS, ASKED, ORGANISATION, SARA, TITLE
from tests.conftest import NOON
from tests.stages_made import firm
from tests.submissions_made import drafted, submitted
from tests.suppliers_made import registered

QUESTION = "Kan to virksomheter sende en skisse sammen?"
ANSWER = "Ja. Den ene sender skissen og er den vi skriver til."
# Who else hands in, with the number they have in tests/stages_made.py and what they call their idea
OTHERS = {
    "stine": (2, "Kaffe klokka sju"),
    "solveig": (3, "Telefonen som ringer tilbake"),
    "svein": (4, "Bytt jobb en dag"),
    "siv": (5, "En annonse"),
}
SECRETS = (
    TITLE,
    "Sara",
    ORGANISATION,
    "Haugen digital",
    NESS,
    RUD,
    LID,
    TANGEN,
    "Stine",
    "Sindre",
    "Solveig",
    "Svein",
    "Siv Tangen",
    *(title for _no, title in OTHERS.values()),
)


def admin_gives_roles(walk: Walk) -> None:
    page, unit = walk.page("admin"), Unit.objects.get(kind=Unit.Kind.DIRECTORATE).name
    buying.gives_no_role_to_oneself(page, "admin@nyvei.example", "Admin Berg", "Godkjenner", unit)
    buying.gives_a_role(page, "arne@nyvei.example", "Arne Lie", "Godkjenner", unit)
    buying.gives_a_role(page, "cecilie@nyvei.example", "Cecilie Dahl", "Panelleder", unit)


def ingrid_describes_and_arne_announces(walk: Walk) -> None:
    page = walk.page("ingrid")
    walk.reference = buying.describes_the_need(page)
    assert walk.reference == "2026-001"
    buying.says_which_kind_of_service(page)
    buying.names_the_team(page)
    for section in (buying.chooses_what_is_bought, buying.sets_the_money, buying.sets_the_dates):
        section(page)
    for section in (buying.sets_the_criteria, buying.sets_the_terms):
        section(page)
    assert walk.page("anybody").goto(f"/tenders/{walk.reference}/").status == 404
    buying.sends_for_approval(page, "Arne Lie")
    buying.announces(walk.page("arne"))
    goes_to(page, f"/tenders/{walk.reference}/announcement/", "Konkurransen er kunngjort")
    sees(page, "Foreslått av Ingrid Aas", "Godkjent av Arne Lie")


def anybody_reads_it(walk: Walk) -> None:
    buying.reads_without_logging_in(walk.page("anybody"), walk.reference)


def sara_signs_up_and_registers(walk: Walk) -> None:
    """From the page of the tender: what she wants to do is kept through log-in and registration."""
    page = walk.page("sara")
    walk.sketch = f"/tenders/{walk.reference}/stages/1/submission/"
    page.goto(f"/tenders/{walk.reference}/")
    follow(page, "Skriv idéskisse")
    supplying.signs_up(page, "Sara Nilsen", SARA)
    reads_heading(page, "Skriv en skisse av ideen deres")
    follow(page, "Registrer virksomheten din")
    supplying.registers(page, walk.number)
    reads_heading(page, "Skriv en skisse av ideen deres")
    assert page.url.endswith(walk.sketch)


def per_decides_with_grounds(walk: Walk) -> None:
    page = walk.page("sara")
    supplying.applies_for_prequalification(page, walk.number)
    buying.decides_with_grounds(walk.page("per"), ORGANISATION)
    walk.moves_to(NOON + timedelta(minutes=5))
    goes_to(page, f"/suppliers/{walk.number}/prequalification/", "Dere er prekvalifisert")
    sees(page, "Formålet er tydelig, og overskuddet går tilbake til det.")
    follow(page, "Brevet, og hvordan dere klager")
    reads_heading(page, "Dere er prekvalifisert")
    assert page.request.get(page.get_by_role("link", name="Åpne brevet som PDF").get_attribute("href")).body().startswith(b"%PDF-")
    assert any(page.url.rpartition("/letters/")[2] in text for text in mails_to(SARA))
    goes_to(walk.page("anybody"), "/suppliers/", "Prekvalifiserte leverandører")
    sees(walk.page("anybody"), ORGANISATION)


def sara_writes_and_hands_in(walk: Walk) -> None:
    page = walk.page("sara")
    supplying.begins(page, walk.sketch)
    supplying.writes_and_sees_it_saved(page)
    supplying.attaches(page)
    press(page, "Se over og send")
    expect(page.locator(".aksel-error-summary")).to_contain_text("5. Hva trenger dere fra Nav: Skriv et svar her.")
    for question, answer in ANSWERS.items():
        field(page, question).fill(answer)
    supplying.looks_over(page)
    sees(page, f"Du leverer for {ORGANISATION}.", "jobbkart.pdf")
    number = supplying.hands_in(page, "1. september 2026 kl. 12.05.00")
    supplying.fetches_the_receipt(page, number)
    walk.moves_to(NOON + timedelta(minutes=10))
    [mail] = [text for text in mails_to(SARA) if number in text]
    assert ANSWERS["1. Hva går ideen ut på?"] not in mail and TITLE not in mail


def sara_changes_withdraws_and_returns(walk: Walk) -> None:
    page = walk.page("sara")
    page.goto(f"/tenders/{walk.reference}/stages/1/receipt/")
    supplying.takes_back_to_change(page)
    changed = ANSWERS | {"5. Hva trenger dere fra Nav?": "En veileder, og et rom med kaffe."}
    field(page, "5. Hva trenger dere fra Nav?").fill(changed["5. Hva trenger dere fra Nav?"])
    supplying.looks_over(page, changed)
    supplying.hands_in(page, "1. september 2026 kl. 12.10.00")
    sees(page, "Tidligere kvitteringer", "Tatt tilbake")
    supplying.withdraws(page)
    follow(page, "Gå til skissen")
    supplying.begins(page, walk.sketch)
    field(page, ASKED).fill(TITLE)
    for question, answer in ANSWERS.items():
        field(page, question).fill(answer)
    supplying.attaches(page, "nytt jobbkart.pdf")
    supplying.looks_over(page)
    walk.clock_at(NOON + timedelta(days=3))
    supplying.hands_in(page, "4. september 2026 kl. 12.00.00")
    goes_to(page, "/my/", "Ingenting venter på deg")
    sees(page, "Skissen er levert", "Dere kan endre eller trekke det dere sendte, fram til fristen.")


def a_question_is_answered_for_everybody(walk: Walk) -> None:
    supplying.asks(walk.page("sara"), walk.reference, QUESTION)
    others = walk.page("anybody")
    goes_to(others, f"/tenders/{walk.reference}/questions/", "Alle får se alle svar. Ingen får se hvem som har spurt.")
    sees(others, "Ingen svar ennå")
    sees_nothing_of(others, QUESTION)
    buying.answers(walk.page("ingrid"), QUESTION, ANSWER, ("Sara", ORGANISATION, SARA))
    for who in ("anybody", "sindre", "arne"):
        walk.page(who).goto(f"/tenders/{walk.reference}/questions/")
        sees(walk.page(who), QUESTION, ANSWER)
        sees_nothing_of(walk.page(who), "Sara", ORGANISATION, SARA)
    walk.moves_to(NOON + timedelta(days=3, minutes=1))
    assert any(ANSWER in text for text in mails_to(SARA))


def ingrid_appoints_and_arne_confirms_the_panel(walk: Walk) -> None:
    """Those who sit in it have nothing to do before the opening, and no names to declare on."""
    judging.appoints(walk.page("ingrid"), "Cecilie Dahl", ("Emre Kaya", "Eva Moen"))
    nothing_waits_for(walk.page("cecilie"))
    judging.confirms(walk.page("arne"), "Cecilie Dahl")
    page = walk.page("cecilie")
    nothing_waits_for(page)
    goes_to(page, walk.at("declarations/"), "Du gir erklæringen når skissene er åpnet")
    sees(page, "Ingen kjenner navnene ennå")
    is_not_there(page, walk.at("scores/"))


def nobody_sees_who_takes_part(walk: Walk) -> None:
    """Also Sindre has a draft now, and four others have handed in."""
    at = NOON + timedelta(days=4)
    drafted(walk.people["sindre"], registered(walk.people["sindre"], "Haugen digital AS"), walk.tender, at=at)
    for who, (no, title) in OTHERS.items():
        walk.people[who], organisation = firm(no)
        submitted(walk.people[who], organisation, walk.tender, at=at, title=title)
    for who in ("ingrid", "arne", "ragnhild"):
        buying.sees_no_sketches(walk.page(who), walk.reference, (*SECRETS, walk.number))


def a_late_sketch_is_refused_with_the_time(walk: Walk) -> None:
    page = walk.page("sindre")
    walk.clock_at(DEADLINE - timedelta(seconds=20))
    goes_to(page, f"{walk.sketch}review/", "Se over og send")
    walk.clock_at(DEADLINE + timedelta(seconds=3))
    press(page, "Send skissen")
    sees(page, "Fristen var tirsdag 13. oktober 2026 før kl. 12.00.", "Dette kom fram 13. oktober 2026 kl. 12.00.03")
    sees(page, "Vi lar unge prøve tre ulike jobber på tre uker. Svar 1.")
    goes_to(page, walk.sketch, "Fristen har gått ut")
    sees(page, "Skissen ble ikke levert. Utkastet ligger her, og bare dere kan se det.")


def ingrid_and_arne_open_together(walk: Walk) -> None:
    """Not before a minute has passed; the first press counts for fifteen minutes, and nobody opens alone."""
    ingrid, arne, path = walk.page("ingrid"), walk.page("arne"), f"/tenders/{walk.reference}/opening/"
    goes_to(ingrid, path, "Skissene er forseglet")
    expect(ingrid.get_by_role("button", name="Åpne skissene sammen med Arne Lie")).to_have_attribute("aria-disabled", "true")
    walk.moves_to(DEADLINE + timedelta(seconds=61))
    goes_to(ingrid, "/my/", "Én sak venter på deg")
    ingrid.get_by_role("link", name="Åpne skissene").click()
    reads_heading(ingrid, "Skissene kan åpnes nå")
    press(ingrid, "Åpne skissene sammen med Arne Lie")
    reads_heading(ingrid, "Ingrid Aas har sagt åpne")
    sees(ingrid, "Du har sagt åpne. Det gjelder i femten minutter.")
    sees_nothing_of(ingrid, ORGANISATION, TITLE)
    goes_to(arne, path, "Ingrid Aas har sagt åpne")
    walk.clock_at(DEADLINE + timedelta(seconds=90))
    press(arne, "Åpne skissene sammen med Ingrid Aas")
    reads_heading(arne, "Fem skisser er åpnet")
    sees(arne, "Ingrid Aas og Arne Lie åpnet steget sammen 13. oktober 2026 kl. 12.01.30.")
    walk.moves_to(DEADLINE + timedelta(minutes=3))
    goes_to(walk.page("anybody"), path, "Fem skisser er åpnet")
    sees(walk.page("anybody"), "Alt er slik det ble mottatt.", "To personer åpnet steget sammen")
    sees_nothing_of(walk.page("anybody"), *SECRETS)


def ragnhild_reads_the_journal(walk: Walk) -> None:
    page = walk.page("ragnhild")
    goes_to(page, f"/tenders/{walk.reference}/journal/", "Hvem gjorde hva, når og hvorfor")
    sees(page, "Kjeden er hel.", "Sendte kunngjøringen til godkjenning", "Kunngjorde konkurransen", "Svarte på et spørsmål")
    sees(page, "Trykket «åpne»", "Åpnet steget", "Ingrid Aas, Innkjøper", "Arne Lie, Godkjenner")
    sees_nothing_of(page, *SECRETS)
    page.goto("/journal/")
    press(page, "Sjekk alle kjedene nå")
    sees(page, "Alle kjedene er hele, også de som ikke vises her.")
    call_command("verify_journal")


STEPS = (
    admin_gives_roles,
    ingrid_describes_and_arne_announces,
    anybody_reads_it,
    sara_signs_up_and_registers,
    per_decides_with_grounds,
    sara_writes_and_hands_in,
    sara_changes_withdraws_and_returns,
    a_question_is_answered_for_everybody,
    ingrid_appoints_and_arne_confirms_the_panel,
    nobody_sees_who_takes_part,
    a_late_sketch_is_refused_with_the_time,
    ingrid_and_arne_open_together,
    ragnhild_reads_the_journal,
)
