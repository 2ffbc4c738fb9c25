"""The last part of the journey: the development contract, the first milestone paid, and the journal of it all."""

from datetime import timedelta

from playwright.sync_api import expect

from accounts.models import Unit
from tests.browser import buying, contracting, judging
from tests.browser.hands import cannot_press_yet, follow, goes_to, main, nothing_waits_for, press, sees, sees_nothing_of
from tests.browser.journey.walk import DELIVERED, NESS, RUD, SECOND_LETTERS, SECOND_SIGNING, Walk
from tests.browser.supplying import ANSWERS, DEVELOPED_TITLE, ORGANISATION, TITLE

AMOUNT, MILESTONE = "150 000 kr", "Tre kontorer er i gang"
REPORT = "Tre kontorer er i gang, med fire unge hver."
# The journal of the tender from the need to the payment, in the order it was written
WRITTEN = (
    "Kunngjorde konkurransen",
    "Bekreftet panelet",
    "Åpnet steget",
    "Avga habilitetserklæring",
    "Avsluttet poenggivingen",
    "Foreslo hvem som blir valgt",
    "Godkjente valget",
    "La ut brevene",
    "Laget utkast til kontrakter",
    "Godkjente en kontrakt",
    "Avsluttet et steg",
    "Signerte en kontrakt som den andre av de to",
    "Ba om betaling",
    "Godtok en leveranse",
    "Godkjente en betaling",
    "Sendte en betaling til regnskap",
    "Registrerte en betaling som betalt",
    "Konkurransen er avgjort",
    "Planla milepælene i en kontrakt",
)


def the_contract_is_not_signed_in_the_standstill(walk: Walk) -> None:
    """Refused to both sides to the last minute; and after that until the stage has ended."""
    ingrid, arne, sara = (walk.page(who) for who in ("ingrid", "arne", "sara"))
    contracting.drafts_contracts(
        ingrid, "Lag utkast til én kontrakt", "Den er på 450 000 kr, eks. mva., slik det er kunngjort.", (ORGANISATION,)
    )
    contracting.approves_contract(arne, ORGANISATION)
    for moment in (SECOND_LETTERS + timedelta(minutes=2), SECOND_SIGNING.replace(hour=0) - timedelta(hours=1, seconds=1)):
        walk.clock_at(moment)
        for page, called in ((arne, ORGANISATION), (sara, "Utviklingskontrakt")):
            contracting.cannot_sign_before(page, walk.at("contracts/"), called, "tirsdag 19. januar 2027")
    walk.moves_to(SECOND_SIGNING)
    sara.reload()
    cannot_press_yet(sara, "Signer avtalen", "steget er avsluttet")


def the_last_stage_ends_and_both_sign(walk: Walk) -> None:
    ingrid, arne, sara = (walk.page(who) for who in ("ingrid", "arne", "sara"))
    contracting.ends_the_stage(ingrid)
    contracting.approves_the_end(arne, "Avslutt det siste steget", "Det siste steget er slutt")
    contracting.signs(sara, "Nav")
    expect(sara.get_by_role("button", name="Signer avtalen")).to_have_count(0)
    contracting.signs(arne, ORGANISATION)
    nothing_waits_for(arne)
    walk.page("anybody").goto(walk.at(""))
    sees(walk.page("anybody"), f"450 000 kr til {ORGANISATION}")


def camilla_plans_and_starts(walk: Walk) -> None:
    contracting.plans_and_starts(walk.page("camilla"), ORGANISATION)


def the_one_who_accepts_cannot_approve(walk: Walk) -> None:
    """Camilla steps in for Arne, too. What she has accepted herself she still cannot approve, and nobody asks her to."""
    sara, camilla = walk.page("sara"), walk.page("camilla")
    walk.moves_to(DELIVERED)
    contracting.asks_for_payment(sara, MILESTONE, AMOUNT, REPORT, "2027-02")
    unit = Unit.objects.get(kind=Unit.Kind.DIRECTORATE).name
    buying.gives_a_role(walk.page("admin"), "camilla@nyvei.example", contracting.MANAGER, "Godkjenner", unit)
    buying.names_a_substitute(walk.page("ingrid"), walk.reference, contracting.MANAGER, "Godkjenner", "Arne har ferie i mars.")
    contracting.accepts(camilla, ORGANISATION, REPORT)
    cannot_press_yet(camilla, "Godkjenn betalingen", "Den som godtok leveransen, kan ikke godkjenne utbetalingen.")
    camilla.goto("/my/")
    sees_nothing_of(camilla, f"Godkjenn {AMOUNT}")


def arne_approves_and_camilla_registers(walk: Walk) -> None:
    contracting.approves_payment(walk.page("arne"), AMOUNT, ORGANISATION)
    contracting.sends_and_registers(walk.page("camilla"), AMOUNT, ORGANISATION)


def sara_sees_it_paid_and_the_budget_holds(walk: Walk) -> None:
    """Paid is at most approved, which is at most agreed, which is at most the budget of 600 000."""
    sara, ingrid = walk.page("sara"), walk.page("ingrid")
    assert contracting.paid_in(sara, walk.at("payments/"), "200 000 kr er betalt") == 200_000
    sees(sara, MILESTONE, "Utviklet skisse")
    sees_nothing_of(sara, RUD, NESS)
    paid, money = (
        contracting.paid_in(ingrid, walk.at("payments/"), "200 000 kr er betalt"),
        contracting.money_in(ingrid, walk.at("contracts/")),
    )
    assert money == {"agreed": 600_000, "approved": 200_000, "left": 0}
    assert paid <= money["approved"] <= money["agreed"] <= 600_000
    goes_to(sara, walk.at("contracts/"), "To kontrakter")
    sees_nothing_of(sara, RUD, NESS, "Avtalt")


def ragnhild_reads_the_whole_journal(walk: Walk) -> None:
    """From the last page to the first, which is the order it happened in; nothing of what anybody wrote stands in it."""
    page, written = walk.page("ragnhild"), ""
    goes_to(page, walk.at("journal/"), "Hvem gjorde hva, når og hvorfor")
    sees(page, "Kjeden er hel. Ingen linje er endret, fjernet eller satt inn.")
    for _no in range(1, 10):
        written += main(page).inner_text()
        sees_nothing_of(page, TITLE, DEVELOPED_TITLE, *ANSWERS.values(), judging.REASON, judging.FEEDBACK)
        if not page.get_by_role("link", name="Neste").count():
            break
        follow(page, "Neste")
        sees(page, "Viser ")
    places = [written.rfind(words) for words in WRITTEN]
    assert -1 not in places, [words for words, place in zip(WRITTEN, places, strict=True) if place < 0]
    assert places == sorted(places, reverse=True), list(zip(WRITTEN, places, strict=True))
    page.goto("/journal/")
    press(page, "Sjekk alle kjedene nå")
    sees(page, "Alle kjedene er hele, også de som ikke vises her.")


STEPS = (
    the_contract_is_not_signed_in_the_standstill,
    the_last_stage_ends_and_both_sign,
    camilla_plans_and_starts,
    the_one_who_accepts_cannot_approve,
    arne_approves_and_camilla_registers,
    sara_sees_it_paid_and_the_budget_holds,
    ragnhild_reads_the_whole_journal,
)
