"""The third part of the journey: agreements with the finalists, what they develop, and one who is selected."""

from datetime import timedelta

from contracts.commands.sign_contract import sign_contract
from contracts.models import Contract
from tests.browser import answering, contracting, judging, supplying
from tests.browser.hands import (
    cannot_press_yet,
    follow,
    goes_to,
    is_not_there,
    nothing_waits_for,
    press,
    reads_heading,
    sees,
    sees_nothing_of,
    takes_up,
)
from tests.browser.journey.to_finalists import locks_the_rest
from tests.browser.journey.walk import FINALISTS, LETTERS, NESS, POINTS, RUD, SCORERS, SECOND_DEADLINE, SECOND_LETTERS, SIGNING, TIE, Walk
from tests.browser.supplying import ORGANISATION
from tests.contracts_made import representative
from tests.settled_made import developed

EACH = "50 000 kr"
REPORT = "Den utviklede skissen, og det vi lærte av tolv unge."
CHOSEN = "Planen for tre kontorer holder, og hver del kan måles."


def ingrid_drafts_and_arne_approves_three_agreements(walk: Walk) -> None:
    """Who was not selected sees nothing of contracts; who was, reads theirs and cannot sign before the standstill is over."""
    contracting.drafts_contracts(walk.page("ingrid"), "Lag utkast til tre kontrakter", f"Hver er på {EACH}", FINALISTS)
    is_not_there(walk.page("sara"), walk.at("contracts/"))
    for name in FINALISTS:
        contracting.approves_contract(walk.page("arne"), name)
    # On their own list a supplier's name would say nothing
    for who, name in (("sara", "Finalistavtale"), ("arne", RUD)):
        contracting.cannot_sign_before(walk.page(who), walk.at("contracts/"), name, "tirsdag 27. oktober 2026")
    goes_to(walk.page("sara"), walk.at("contracts/"), "Én kontrakt")
    sees_nothing_of(walk.page("sara"), RUD, NESS)
    is_not_there(walk.page("svein"), walk.at("contracts/"))
    goes_to(walk.page("ingrid"), walk.at("settlement/"), "Steget kan ikke avsluttes ennå")
    walk.clock_at(LETTERS + timedelta(days=11))
    goes_to(walk.page("ingrid"), walk.at("settlement/"), "Steget kan ikke avsluttes ennå")


def the_stage_ends_and_everybody_signs(walk: Walk) -> None:
    """The dates of the next stage are set by two. Sara and Arne sign in the browser; the other two finalists by the command."""
    ingrid, arne, sara = (walk.page(who) for who in ("ingrid", "arne", "sara"))
    walk.moves_to(SIGNING)
    sara.goto("/my/")
    sees(sara, "Den kan signeres når steget er avsluttet.")
    contracting.ends_the_stage(ingrid, deadline=("2026-11-20", "2027-01-05"))
    contracting.approves_the_end(arne, "Avslutt steget og inviter dem", "«Idéskisse» er slutt, og «Utviklet skisse» er i gang")
    sees(arne, "tirsdag 5. januar 2027 før kl. 12.00")
    contracting.signs(sara, "Nav")
    for contract in Contract.objects.filter(tender=walk.tender).exclude(organisation__name=ORGANISATION):
        sign_contract(contract_id=contract.pk, by=representative(contract), at=SIGNING)
    for name in FINALISTS:
        contracting.signs(arne, name)
    nothing_waits_for(arne)
    sara.goto(walk.at("contracts/"))
    follow(sara, "Finalistavtale")
    reads_heading(sara, f"Kontrakten med {ORGANISATION} løper")
    cannot_press_yet(sara, "Be om betaling", "Dere kan be om betaling når neste steg er åpnet.")


def sara_hands_in_the_developed_sketch(walk: Walk) -> None:
    """From her own work. The others by commands; who is not invited cannot begin, and nobody at Nav sees who has handed in."""
    page = walk.page("sara")
    takes_up(page, "Skriv skissen dere er invitert til")
    supplying.develops_and_hands_in(page, "27. oktober 2026 kl. 10.00.00")
    walk.page("svein").goto(walk.at("stages/2/submission/"))
    cannot_press_yet(walk.page("svein"), "Begynn på skissen", "Bare de som er invitert, kan delta i dette steget.")
    others = [row.organisation for row in walk.opened(1) if row.organisation.name in (RUD, NESS)]
    developed(walk.stage(2), others)
    for who in ("ingrid", "arne", "ragnhild"):
        goes_to(walk.page(who), walk.at("opening/"), "Skissene er forseglet")
        sees_nothing_of(walk.page(who), supplying.DEVELOPED_TITLE, ORGANISATION)


def two_open_and_everybody_declares_again(walk: Walk) -> None:
    """What was declared before does not hold for the second stage."""
    ingrid, arne = walk.page("ingrid"), walk.page("arne")
    walk.moves_to(SECOND_DEADLINE + timedelta(seconds=61))
    takes_up(ingrid, "Åpne skissene sammen med Arne Lie")
    press(ingrid, "Åpne skissene sammen med Arne Lie")
    takes_up(arne, "Åpne skissene sammen med Ingrid Aas")
    press(arne, "Åpne skissene sammen med Ingrid Aas")
    reads_heading(arne, "Tre skisser er åpnet")
    walk.moves_to(SECOND_DEADLINE + timedelta(minutes=3))
    for who in ("ingrid", "arne", *SCORERS):
        takes_up(walk.page(who), "Si fra om du har en tilknytning til noen")
        judging.declares(walk.page(who), list(FINALISTS), TIE if who == "eva" else None)
    takes_up(ingrid, "Gjør den formelle kontrollen")
    press(ingrid, "Ta med alle tre som venter")
    nothing_waits_for(ingrid)


def sara_is_paid_for_what_she_handed_in(walk: Walk) -> None:
    """Accepted by Camilla, approved by Arne, sent and registered by Camilla. The others see nothing of it."""
    sara, camilla = walk.page("sara"), walk.page("camilla")
    contracting.asks_for_payment(sara, "Utviklet skisse", EACH, REPORT, "2027-01")
    contracting.accepts(camilla, ORGANISATION, REPORT)
    nothing_waits_for(camilla)
    contracting.approves_payment(walk.page("arne"), EACH, ORGANISATION)
    contracting.sends_and_registers(camilla, EACH, ORGANISATION)
    assert contracting.paid_in(sara, walk.at("payments/"), f"{EACH} er betalt") == 50_000
    for who in ("svein", "emre"):
        is_not_there(walk.page(who), walk.at("payments/"))
    goes_to(walk.page("stine"), walk.at("payments/"), "Ingen har bedt om betaling ennå")
    sees_nothing_of(walk.page("stine"), ORGANISATION, REPORT)


def the_panel_judges_the_developed_sketches(walk: Walk) -> None:
    """Not blind any more, but Eva's tie holds. One sheet in the browser, the rest by commands."""
    walk.clock_at(SECOND_LETTERS)
    given, emre, eva = walk.code_names(2), walk.page("emre"), walk.page("eva")
    takes_up(emre, "Gi poeng til tre skisser")
    code_name = judging.goes_on_scoring(emre)
    [name] = [name for name in FINALISTS if given[name] == code_name]
    sees(emre, name)
    judging.fills_and_locks(emre, code_name, POINTS[name], judging.LATER_CRITERIA)
    takes_up(eva, "Gi poeng til to skisser")
    judging.goes_on_scoring(eva)
    sees_nothing_of(eva, given[RUD], RUD)
    locks_the_rest(walk, 2, SECOND_LETTERS)
    page = walk.page("cecilie")
    judging.closes(page)
    assert judging.ranked(page) == [(str(no), given[name], f"{POINTS[name]},00") for no, name in enumerate(FINALISTS, 1)]


def one_is_selected_and_everybody_is_answered(walk: Walk) -> None:
    given = walk.code_names(2)
    judging.proposes(walk.page("cecilie"), [given[ORGANISATION]])
    answering.writes_grounds(walk.page("ingrid"), walk.reference, RUD, CHOSEN)
    judging.approves(walk.page("arne"), "1 × 450 000 kr = 450 000 kr av 600 000 kr eks. mva.", "3 brev er klare")
    for who in ("sara", "solveig"):
        walk.page(who).goto("/my/")
        sees_nothing_of(walk.page(who), "Dere har fått svar")
    walk.moves_to(SECOND_LETTERS + timedelta(minutes=1))
    why = "Vi fikk tre og kunne velge én. Deres ble nummer"
    answering.reads_the_answer(walk.page("sara"), "Vi har valgt løsningen deres", f"{why} 1.", "9,00 av 10", "mandag 18. januar 2027")
    sees_nothing_of(walk.page("sara"), CHOSEN, RUD, NESS)
    for who, place, points, grounds in (("solveig", 2, "8,00 av 10", CHOSEN), ("stine", 3, "7,00 av 10", judging.FEEDBACK)):
        page = walk.page(who)
        answering.reads_the_answer(page, "Vi har valgt en annen løsning", f"{why} {place}.", points, grounds, ORGANISATION)
        sees(page, "Den valgte fikk 9,00")
        sees_nothing_of(page, NESS if who == "solveig" else RUD)


STEPS = (
    ingrid_drafts_and_arne_approves_three_agreements,
    the_stage_ends_and_everybody_signs,
    sara_hands_in_the_developed_sketch,
    two_open_and_everybody_declares_again,
    sara_is_paid_for_what_she_handed_in,
    the_panel_judges_the_developed_sketches,
    one_is_selected_and_everybody_is_answered,
)
