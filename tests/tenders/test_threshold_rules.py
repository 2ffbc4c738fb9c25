"""Every rule of the threshold check, on both sides of its border; one bad announcement that meets all, and good ones that meet none."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from accounts.models import Unit
from tenders.commands.describe_need import describe_need
from tenders.documents import announcement_content
from tenders.models import Stage, Tender
from tenders.threshold.data import border, is_holiday, working_days_between
from tenders.threshold.draft import Draft
from tenders.threshold.reading import lix, sentences_in, words_in
from tenders.threshold.rules import RULES, findings_in
from tests.conftest import NOON
from tests.tenders_made import describe
from tests.thresholds_made import DEMANDS, HEAVY_TEXT, WHY, before_christmas, demand, findings_of, rules_biting

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid):
    return describe(ingrid)


def one(kind, no=1, **changes):
    """A requirement as the content of an announcement holds it."""
    return {"no": no, "kind": kind, "amount": None, "whom": "", "why": WHY, "proof": "", **DEMANDS[kind], **changes}


def required(*several):
    return [{**each, "no": no} for no, each in enumerate(several, start=1)]


LATER_UNPAID = {"no": 2, "name": "Utviklet skisse", "delivers": "En plan", "words": 900, "criteria": [], "pays_each": Decimal(0)}
LEVEL = {"lowest": 1, "highest": 3, "name": "Svakt", "text": "Nei"}
CRITERION = {"no": 1, "name": "Effekt", "question": "Virker det?", "weight": Decimal(100), "levels": [LEVEL]}
LONG = "Vi " + "går " * 25 + "hjem. "
SHORT = "Vi " + "går " * 23 + "hjem. "
NEW_YEAR = NOON.replace(year=2027, month=1, day=4)


# What bites, and what is just on the other side of the border
CASES = {
    # Half of the budget of 600 000 is 300 000
    "turnover": (
        {"requirements": [one("turnover", amount=Decimal("300000.01"))]},
        {"requirements": [one("turnover", amount=Decimal(300_000))]},
    ),
    "years": ({"requirements": [one("years", amount=Decimal(2))]}, {"requirements": [one("years", amount=Decimal(1))]}),
    "same_buyer": ({"requirements": [one("references", whom="Tre fra NAV")]}, {"requirements": [one("references", whom="hvem som helst")]}),
    "premises": ({"requirements": [one("premises")]}, {"requirements": [one("other")]}),
    "documents": (
        {"requirements": required(one("proof"), one("attachment"), one("attachment"))},
        {"requirements": required(one("proof"), one("attachment"))},
    ),
    # All 100 per cent are judged by what is written: 20 words for each
    "long_ask": ({"first__words": 2001}, {"first__words": 2000}),
    "short_deadline": (
        {"first__opens_at": NOON, "first__closes_at": NOON + timedelta(days=20)},
        {"first__opens_at": NOON, "first__closes_at": NOON + timedelta(days=21)},
    ),
    # To Monday 4 January: eight working days before Christmas from the 8th of December, ten from the 4th
    "holiday_deadline": (
        {"first__opens_at": NOON.replace(month=12, day=8), "first__closes_at": NEW_YEAR},
        {"first__opens_at": NOON.replace(month=12, day=4), "first__closes_at": NEW_YEAR},
    ),
    "staff": ({"who_counts": "Dere må ha minst 20 ansatte."}, {"who_counts": "Vi er 20 ansatte. Dere må snakke norsk."}),
    "unclear_rights": ({"rights_text": "Rettighetene avtales senere."}, {"rights_text": "Dere eier alt. Vi får bruke det."}),
    "rights_away": (
        {"rights_text": "Nav kan bruke og endre det, selv eller gjennom andre."},
        {"rights_text": "Nav kan bruke og endre det selv. Andre får det ikke."},
    ),
    "small_pool": ({"prequalification_required": True}, {"prequalification_required": True, "first__blind": False}),
    "no_adoption": ({"adoption_budget": "Det er ikke avklart."}, {"adoption_budget": "Tiltaksbudsjettet, ingenting annet."}),
    "prescribed": ({"need": "Dere skal utvikle en app. Den skal hjelpe."}, {"need": "En app finnes alt. Den hjelper ikke."}),
    "unpaid": ({"requirements": [one("meeting")]}, {"requirements": [one("other")]}),
    "long_sentences": ({"need": LONG * 3}, {"need": LONG * 2 + SHORT}),
    "heavy_text": ({"need": HEAVY_TEXT * 12}, {"need": "Vi vil gjøre det lett å delta. " * 20}),
    "size_criteria": (
        {"first__criteria": [{**CRITERION, "name": "Soliditet"}]},
        {"first__criteria": [CRITERION]},
    ),
}  # fmt: skip


def test_every_rule_has_a_case_on_each_side():
    assert set(CASES) == {rule.key for rule in RULES}


@pytest.mark.parametrize("key", CASES)
def test_the_rule_bites_on_one_side_of_its_border_and_not_on_the_other(tender, key):
    bites, spares = CASES[key]
    assert key in rules_biting(tender, **bites)
    assert key not in rules_biting(tender, **spares)


@pytest.mark.parametrize(
    ("key", "demanded", "told"),
    [
        ("turnover", "Dere må ha en omsetning på 10 millioner.", "Kafeen hadde en omsetning på 10 millioner."),
        ("years", "Det kreves fem års drift.", "Kafeen stengte etter fem års drift."),
        ("same_buyer", "Dere skal ha hatt oppdrag for Nav.", "Mange har hatt oppdrag for Nav."),
        ("premises", "Dere må ha egne lokaler i byen.", "Noen har egne lokaler i byen."),
    ],
)
def test_what_is_demanded_in_the_text_is_found_and_what_is_told_is_not(tender, key, demanded, told):
    assert key in rules_biting(tender, who_counts=f"Vi hjelper unge. {demanded}")
    assert key not in rules_biting(tender, who_counts=f"Vi hjelper unge. {told}")


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("prescribed", {"need": "Løsningen skal være enkel å bruke, og den må være trygg."}),
        ("prescribed", {"need": "Vi vil ikke at løsningen skal være en app."}),
        ("no_adoption", {"adopter": "Vi vet ikke hvor mange kontor det blir, men Nav Agder har vedtatt å ta det i bruk."}),
        ("size_criteria", {"first__criteria": [{**CRITERION, "question": "Vi ser ikke på størrelse eller omsetning. Er planen god?"}]}),
        ("holiday_deadline", {"first__opens_at": NOON, "first__closes_at": NOON + timedelta(days=13)}),
        ("turnover", {"who_counts": "Vi krever ikke omsetning, og dere må ikke ha egenkapital."}),
        ("unpaid", {"requirements": [one("meeting", text="Legg fram ideen. Dere får betalt 5 000 kroner.")]}),
    ],
)
def test_what_is_no_fault_is_not_found(tender, key, changes):
    assert key not in rules_biting(tender, **changes)


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("prescribed", {"need": "Leverandøren må utvikle en digital plattform med chatbot."}),
        ("prescribed", {"need": "Tiltaket skal gjennomføres som gruppekurs."}),
        ("no_adoption", {"adopter": "Ingen", "adoption_budget": "0"}),
        ("no_adoption", {"adopter": "?"}),
        ("no_adoption", {"adopter": "Det vet vi ikke nå."}),
        ("rights_away", {"rights_text": "Nav får alle rettigheter, og kan overdra dem til tredjepart."}),
        ("size_criteria", {"first__criteria": [{**CRITERION, "question": "Hvor solid er økonomien til virksomheten?"}]}),
        ("turnover", {"requirements": [one("other", text="Leverandøren skal ha en omsetning på 50 millioner kroner.")]}),
        ("staff", {"requirements": [one("other", text="Leverandøren skal ha minst 20 ansatte.")]}),
        ("heavy_text", {"need": HEAVY_TEXT * 6, "contract_text": "Vi gjør det kort. Vi gjør det lett. " * 60}),
    ],
)
def test_what_hides_is_found(tender, key, changes):
    assert key in rules_biting(tender, **changes)


def test_a_finding_is_the_same_in_every_language(ingrid):
    tender = describe(ingrid)
    demand(tender, ingrid, kind="turnover")
    demand(tender, ingrid, kind="references")
    keys = []
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            keys.append([one.key for one in findings_of(tender)])
    assert len(keys[0]) == 2 and keys[0] == keys[1] == keys[2]


def test_it_can_own_the_result_itself_with_a_reason(tender):
    assert "rights_away" in rules_biting(tender, rights_regime=Tender.RightsRegime.NAV_OWNS)


def test_a_stage_that_nobody_is_paid_for_is_unpaid_work(tender):
    stages = announcement_content(tender)["stages"]
    unpaid = [{**stages[0], "pays_each": Decimal(0)}, LATER_UNPAID]
    assert "unpaid" in rules_biting(tender, stages=unpaid)
    assert "unpaid" not in rules_biting(tender, stages=[stages[0], LATER_UNPAID])


def test_references_from_the_unit_that_buys_are_from_the_same_buyer(tender):
    assert "same_buyer" in rules_biting(tender, requirements=[one("references", whom=tender.unit.name)])
    assert "same_buyer" not in rules_biting(tender, requirements=[one("references", whom="Navigasjonsforbundet")]), "a word inside a word"


@pytest.mark.parametrize("procedure", ["idea_competition", "small_tender", "framework"])
def test_what_a_template_holds_is_found_no_fault_with(ingrid, procedure):
    tender = describe_need(procedure=procedure, name="Nytt", unit=Unit.objects.get(kind=Unit.Kind.DIRECTORATE), by=ingrid, at=NOON)
    assert rules_biting(tender) == set()


def test_a_good_announcement_has_no_finding(tender):
    assert rules_biting(tender) == set()


def test_a_bad_announcement_meets_every_rule(ingrid):
    at = before_christmas()
    tender = describe(
        ingrid,
        at,
        need=HEAVY_TEXT * 12 + "Løsningen skal være en app.",
        adopter="Det vet ikke vi. Ingen.",
        rights_text="Nav kan bruke det selv eller gjennom andre. Rettighetene avtales nærmere i kontraktforhandlingene.",
        prequalification_required=True,
        prequalification_ground="Vi vil ha få.",
        name_1_1="Soliditet og størrelse",
        who_counts="Dere må ha minst 20 ansatte.",
    )
    for kind in ("turnover", "years", "references", "premises", "meeting", *["proof", "attachment"] * 3):
        demand(tender, ingrid, kind=kind, at=at)
    Stage.objects.filter(tender=tender, no=1).update(closes_at=at + timedelta(days=14))
    tender.stages.get(no=1).fields.update(max_words=500)
    assert rules_biting(tender, at) == {rule.key for rule in RULES}
    content = announcement_content(Tender.objects.get(pk=tender.pk))
    weights = [found.rule.weight for found in findings_in(Draft(content, at))]
    assert weights == sorted(weights, key=["shuts_out", "heavy", "reading"].index)
    assert lix(content["need"]) > 65


def test_looking_asks_the_database_nothing(tender, django_assert_num_queries):
    draft = Draft(announcement_content(tender), NOON)
    with django_assert_num_queries(0):
        findings_in(draft)


def test_lix_as_it_is_counted_by_hand():
    """11 words in 2 sentences are 5.5 words in each. 4 of the 11 have more than six letters: 36.4 in a hundred. 41.9 is 42."""
    text = "Vi hjelper arbeidssøkere med kartlegging. De kom ikke til oss tidligere."
    words = words_in(text)
    assert (len(words), [word for word in words if len(word) > 6]) == (11, ["hjelper", "arbeidssøkere", "kartlegging", "tidligere"])
    assert lix(text) == 42
    assert lix("") == lix(" – ") == 0


def test_sentences_are_the_whole_text_in_pieces():
    text = "Kl. 12.00 er det for sent. Er det «greit?» Ja!\nEn linje uten punktum\n\nSlutt"
    pieces = [part.text for part in sentences_in(text)]
    assert "".join(pieces) == text
    assert [part.words for part in sentences_in("Én to tre. Fire fem\nseks")] == [3, 2, 1]


@pytest.mark.parametrize(
    ("day", "holiday"),
    [("2026-12-19", False), ("2026-12-20", True), ("2027-01-02", True), ("2027-01-03", False), ("2026-07-05", False), ("2026-07-06", True),
     ("2026-07-31", True), ("2026-08-01", False), ("2027-03-19", False), ("2027-03-20", True), ("2027-03-29", True), ("2027-03-30", False)],
)  # fmt: skip
def test_holidays_are_christmas_easter_and_july(day, holiday):
    assert is_holiday(type(NOON.date()).fromisoformat(day)) is holiday


def test_working_days_lie_between_and_outside_holidays():
    day = NOON.date()
    assert working_days_between(day, day + timedelta(days=7)) == 4, "Wednesday to Friday, and Monday"
    christmas = before_christmas().date()
    assert working_days_between(christmas, christmas + timedelta(days=14)) == 3, "16, 17 and 18 December"


def test_every_border_names_its_source():
    assert all(border(name).source for rule in RULES for name in rule.borders)
