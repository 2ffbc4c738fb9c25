"""A small tender in which price counts, from the need to a contract that both have signed: what everybody sees on the way."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import User
from contracts.models import Contract
from evaluation.queries.settlement import next_stage_of
from letters.models import Letter
from tenders.models import Budget, Tender
from tenders.offers import state_tag
from tenders.phases import StagePhase, TenderPhase
from tenders.queries.work import road_of
from tests.conftest import make_person
from tests.contracts_made import first_day, parties, signed
from tests.crawling import pages_of
from tests.priced_made import judged_alike, offered, priced
from tests.scores_made import filled
from tests.selection_cast import opened_case
from tests.selections_made import released as letters_out
from tests.selections_made import selected
from tests.settled_made import settled, stage_no
from tests.stages_made import firm

pytestmark = pytest.mark.django_db
# Nothing else on any page looks like these
PRICES = ("431 257,50", "487 613,25", "655 381,75")
SIGN = re.compile(r"(?:431\D{0,6}257|487\D{0,6}613|655\D{0,6}381)\D{0,3}(?:50|25|75)")


@pytest.fixture
def tender(ingrid, arne):
    return priced(ingrid, arne)


def where_prices_stand(people, tender) -> list[str]:
    starts = (reverse("insight:my_work"), reverse("insight:tender", args=[tender.reference]), reverse("tenders:list"))
    found, asked = [], 0
    for user in people:
        for address, text in pages_of(user, *starts):
            asked += 1
            if SIGN.search(text):
                found.append(f"{address} as {user}")
    assert asked > 20 * (len(people) - 1)
    return found


def road(tender, at):
    return [str(step.label) for step in road_of(Tender.objects.get(pk=tender.pk), at)]


def test_the_sign_finds_a_price_however_it_is_written():
    for written in ("431 257,50", "431257.50", "431,257.50", "431&nbsp;257,50", "NOK\u00a0431,257.50", '"431257.50"'):
        assert SIGN.search(written), written
    assert not SIGN.search("431 258 00 2026")


def test_no_page_shows_a_price_before_the_quality_is_locked(tender, ingrid, arne, with_role, ragnhild, clock_at):
    """Walked through by everybody at the buyer and the public: while it is open, sealed, opened, and half scored."""
    sketches = offered(tender, PRICES)
    crowd = [None, ingrid, arne, ragnhild, make_person("Leser Lund")]
    clock_at(tender.announced_at + timedelta(days=6))
    assert where_prices_stand(crowd, tender) == []
    case = opened_case(tender, ingrid, arne, with_role, sketches=sketches)
    crowd += [case.cecilie, case.emre, case.eva]
    clock_at(case.stage.opened_at + timedelta(days=1))
    assert where_prices_stand(crowd, tender) == []
    for number in (1, 2, 3):
        filled(case.stage, case.emre, number, [8, 8])
    assert where_prices_stand(crowd, tender) == []
    judged_alike(case)
    shown = where_prices_stand(crowd, tender)
    assert {place.split(" as ")[0].split("/")[3] for place in shown} >= {"ranking"}
    told = {place.split(" as ")[1] for place in shown}
    assert told >= {str(one) for one in (ingrid, arne, case.cecilie, case.emre)} and not told & {"None", "Leser Lund"}


def test_from_the_need_to_a_contract_that_both_have_signed(tender, ingrid, arne, with_role, clock_at, client):
    at = tender.announced_at + timedelta(days=1)
    assert road(tender, at) == ["Announced", "Tilbud", "One winner"]
    sketches = offered(tender)
    case = opened_case(tender, ingrid, arne, with_role, sketches=sketches)
    stage = judged_alike(case)
    selection = selected(stage, case.cecilie, ingrid, arne)
    clock_at(selection.approved_at + timedelta(minutes=1))
    assert Budget.objects.get(tender=tender).awarded == Decimal("400000.00")
    letters_out(selection.batch, selection.approved_at + timedelta(minutes=30))
    _letters_say_the_price(selection)
    stage = stage_no(tender, 1)
    assert next_stage_of(stage) is None
    nav = parties(ingrid, arne, with_role)
    settled(stage, ingrid, arne, first_day(stage))
    [contract] = signed(stage_no(tender, 1), nav, first_day(stage) + timedelta(hours=2))
    assert (contract.kind, contract.amount) == (Contract.Kind.DEVELOPMENT, Decimal("400000.00"))
    assert contract.organisation == sketches[0].organisation
    budget = Budget.objects.get(tender=tender)
    assert (budget.contracted, budget.awarded, budget.planned) == (Decimal("400000.00"), Decimal("400000.00"), Decimal("700000.00"))
    fresh = Tender.objects.get(pk=tender.pk)
    assert (fresh.phase, stage_no(tender, 1).phase) == (TenderPhase.CONCLUDED, StagePhase.SETTLED)
    last = first_day(stage) + timedelta(days=1)
    clock_at(last)
    assert str(state_tag(fresh, list(fresh.stages.all()), at=last).label) == "Decided"
    _everybody_can_look(tender, [ingrid, arne, case.cecilie, nav.camilla, User.objects.get(name="Sara Nilsen"), None])


def _letters_say_the_price(selection) -> None:
    winner = Letter.objects.get(batch=selection.batch, organisation__name="Morgenkveik AS")
    other = Letter.objects.get(batch=selection.batch, organisation__name="Haugen digital AS")
    winners, others = (letter.body.replace("\N{NO-BREAK SPACE}", " ") for letter in (winner, other))
    assert "Pris: 400 000 kr, 10,00 poeng av 10" in winners and "en avtale på 400 000 kr" in winners
    assert "Pris: 472 000 kr, 8,20 poeng av 10. Den laveste prisen var 400 000 kr" in others
    assert "10 \N{MINUS SIGN} 10 × (472 000 \N{MINUS SIGN} 400 000) / 400 000 = 8,20" in others
    assert "8,06" in others


def _everybody_can_look(tender, people) -> None:
    for user in people:
        assert len(list(pages_of(user, reverse("insight:tender", args=[tender.reference])))) >= 4


SKETCH = re.compile(r"[^>.\"]{0,60}(?:skiss|sketch)[^<.\"]{0,40}", re.IGNORECASE)


def where_a_sketch_stands(people, tender) -> set[str]:
    """On the pages of the tender, in what people read: neither names of classes nor addresses."""
    start = reverse("insight:tender", args=[tender.reference])
    read = (re.sub(r"(?s)<script.*?</script>|<[^>]*>", ">", text) for user in people for at, text in pages_of(user, start) if start in at)
    return {found.strip(" >\n") for text in read for found in SKETCH.findall(text)}


def test_what_is_handed_in_is_an_offer_on_every_page_and_in_every_mail(tender, ingrid, arne, with_role, ragnhild, clock_at):
    offers = offered(tender)
    crowd = [None, ingrid, arne, ragnhild, User.objects.get(name="Sara Nilsen"), firm(3)[0]]
    clock_at(tender.announced_at + timedelta(days=6))
    assert where_a_sketch_stands(crowd, tender) == set()
    case = opened_case(tender, ingrid, arne, with_role, sketches=offers)
    crowd += [case.cecilie, case.emre]
    clock_at(case.stage.opened_at + timedelta(days=1))
    assert where_a_sketch_stands(crowd, tender) == set()
    stage = judged_alike(case)
    selection = selected(stage, case.cecilie, ingrid, arne)
    letters_out(selection.batch, selection.approved_at + timedelta(minutes=30))
    clock_at(selection.approved_at + timedelta(days=1))
    assert where_a_sketch_stands(crowd, tender) == set()
    assert not [letter.title for letter in Letter.objects.all() if SKETCH.search(letter.title + letter.body)]
