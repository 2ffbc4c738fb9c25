"""Prices are counted when the scoring is closed: by the announced formula, among the admitted, exact to the hundredth."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.refused import Refused
from contracts.queries.contracts import items_without_contract
from evaluation.commands.annul_selection import annul_selection
from evaluation.commands.compare_opened_content import compare_opened_content
from evaluation.commands.reject_submission import reject_submission
from evaluation.commands.vacate_place import vacate_place
from evaluation.models import PriceScore, SelectionPlace
from evaluation.queries import opening_of
from evaluation.queries.prices import paid_in_all, paid_to
from evaluation.queries.ranking import full_ranking, price_scores, ranking_of
from evaluation.queries.scores import criteria_of, every_criterion
from suppliers.models import SubmissionVersion
from tenders.models import Budget
from tests.panel_made import after_opening
from tests.priced_made import COVERED, judged_alike, offered, priced, prices_by_number
from tests.scores_made import closed, scored
from tests.selection_cast import opened_case
from tests.selections_made import released, selected
from tests.settled_made import stage_no

pytestmark = pytest.mark.django_db
D = Decimal
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def case(ingrid, arne, with_role):
    return make(ingrid, arne, with_role)


def make(ingrid, arne, with_role, formula="linear", **more):
    tender = priced(ingrid, arne, formula)
    return opened_case(tender, ingrid, arne, with_role, sketches=offered(tender, **more))


def by_price(stage):
    """Price, points and total of everybody, the best first."""
    scores = price_scores(stage)
    return [(str(scores[r.submission_id].price), str(scores[r.submission_id].points), str(r.total)) for r in full_ranking(stage)]


@pytest.mark.parametrize(
    ("formula", "rows"),
    [
        # Quality: 8 x 40 + 8 x 30 = 5.60 of 7. Price at 30 per cent: 10.00 -> 3.00, 8.20 -> 2.46, 5.00 -> 1.50
        ("linear", [("400000.00", "10.00", "8.6"), ("472000.00", "8.20", "8.06"), ("600000.00", "5.00", "7.1")]),
        # 10.00 -> 3.00, 8.47 -> 2.541, 6.67 -> 2.001
        ("proportional", [("400000.00", "10.00", "8.6"), ("472000.00", "8.47", "8.141"), ("600000.00", "6.67", "7.601")]),
    ],
)
def test_points_and_totals_by_hand(ingrid, arne, with_role, formula, rows):
    stage = judged_alike(make(ingrid, arne, with_role, formula))
    assert by_price(stage) == rows
    row = PriceScore.objects.get(price=D("472000"))
    assert (row.lowest, row.covers) == (D("400000.00"), COVERED)


def test_equal_prices_and_a_single_one(ingrid, arne, with_role):
    stage = judged_alike(make(ingrid, arne, with_role, prices=("50 000", "50000,00")))
    assert by_price(stage) == [("50000.00", "10.00", "8.6")] * 2
    assert [row.rank for row in full_ranking(stage)] == [1, 1]


def test_a_single_offer_gets_the_top(ingrid, arne, with_role):
    assert by_price(judged_alike(make(ingrid, arne, with_role, prices=("699 999,99",)))) == [("699999.99", "10.00", "8.6")]


def test_the_panel_gives_no_points_on_the_price(case):
    assert [one.name for one in criteria_of(case.stage)] == ["Effekt", "Gjennomføring"]
    assert [one.name for one in every_criterion(case.stage)] == ["Effekt", "Gjennomføring", "Pris"]


def test_before_the_closing_there_is_no_price_to_read(case):
    assert price_scores(case.stage) == {} and not PriceScore.objects.exists()
    assert paid_to(case.stage, case.sketches[0].pk) == case.stage.pays_each
    stage = judged_alike(case)
    assert paid_to(stage, case.sketches[0].pk) == D("400000.00")


def test_one_that_is_rejected_does_not_set_the_lowest_price(case):
    cheapest = case.sketches[0]
    at, why = after_opening(case.stage, 40), "Skissen er for lang."
    reject_submission(submission_id=cheapest.pk, ground="form", reason=why, heard=why, by=case.ingrid, at=at)
    numbers = [number for number, row in prices_by_number(case.stage).items() if row.pk != cheapest.pk]
    scored(case.stage, [case.cecilie, case.emre, case.eva], {number: [[8, 8]] * 3 for number in numbers})
    closed(case.stage, case.cecilie)
    # 10 - 10 x 128 000 / 472 000 = 7.2881…
    assert [row[:2] for row in by_price(stage_no(case.tender, 1))] == [("472000.00", "10.00"), ("600000.00", "7.29")]
    assert not PriceScore.objects.filter(submission=cheapest).exists()


def test_a_person_with_a_tie_sees_points_counted_among_the_others(ingrid, arne, with_role, client, clock_at):
    tender = priced(ingrid, arne)
    sketches = offered(tender)
    cheapest = sketches[0].organisation
    case = opened_case(tender, ingrid, arne, with_role, sketches=sketches, ties={"Emre": cheapest.pk})
    for user in (case.cecilie, case.emre, case.eva):
        scored(case.stage, [user], {number: [[8, 8]] for number in prices_by_number(case.stage)})
    closed(case.stage, case.cecilie)
    stage = stage_no(tender, 1)
    seen = ranking_of(stage, case.emre, at=case.at)
    assert [str(row.means[3]) for row in seen] == ["10", "7.29"]
    assert [str(row.means[3]) for row in ranking_of(stage, case.eva, at=case.at)] == ["10", "8.2", "5"]
    clock_at(case.at)
    User.objects.update(language="en")
    client.force_login(case.emre)
    page = client.get(reverse("evaluation:ranking", args=[tender.reference]), headers=ENGLISH).content.decode()
    assert "NOK\u00a0472,000" in page and "400,000" not in page
    assert "What you have a tie to is not counted here" in page
    client.force_login(case.eva)
    page = client.get(reverse("evaluation:ranking", args=[tender.reference]), headers=ENGLISH).content.decode()
    assert "NOK\u00a0400,000" in page and "10 − 10 × (472,000 − 400,000) / 400,000 = 8.20" in page.replace("\u00a0", " ")


def test_a_price_that_was_tampered_with_stops_the_closing_until_it_is_rejected(case):
    spoilt = case.sketches[1]
    version = SubmissionVersion.objects.get(submission=spoilt)
    SubmissionVersion.objects.filter(pk=version.pk).update(price=bytes(version.price)[:-1] + b"x")
    scored(case.stage, [case.cecilie, case.emre, case.eva], {number: [[8, 8]] * 3 for number in prices_by_number(case.stage)})
    name = case.stage.submissions.get(pk=spoilt.pk).code_name
    with pytest.raises(Refused, match=f"The price of these can't be read.*{name}"):
        closed(case.stage, case.cecilie)
    assert not PriceScore.objects.exists()
    reject_submission(
        submission_id=spoilt.pk, ground="form", reason="Ødelagt.", heard="Ringt.", by=case.ingrid, at=after_opening(case.stage, 90)
    )
    closed(case.stage, case.cecilie)
    assert [row[0] for row in by_price(stage_no(case.tender, 1))] == ["400000.00", "600000.00"]


def test_the_comparison_with_the_receipts_covers_the_price(case):
    spoilt = SubmissionVersion.objects.get(submission=case.sketches[2])
    SubmissionVersion.objects.filter(pk=spoilt.pk).update(price=bytes(spoilt.price)[:-1] + b"x")
    assert compare_opened_content(by=User.clock(), at=after_opening(case.stage, 5)) == 3
    assert opening_of(case.stage).differing == [case.sketches[2].pk]


def test_untouched_prices_agree_with_their_receipts(case):
    compare_opened_content(by=User.clock(), at=after_opening(case.stage, 5))
    assert opening_of(case.stage).verified_at and opening_of(case.stage).differing == []


def awarded(case):
    return Budget.objects.get(tender=case.tender).awarded


def test_the_budget_follows_the_price_offered(case):
    stage = judged_alike(case)
    selection = selected(stage, case.cecilie, case.ingrid, case.arne)
    assert awarded(case) == D("400000.00")
    assert paid_in_all(stage_no(case.tender, 1), list(selection.items.all())) == D("400000.00")
    released(selection.batch, selection.approved_at + timedelta(minutes=30))
    place = SelectionPlace.objects.get(stage=stage)
    at = selection.approved_at + timedelta(days=1)
    vacate_place(place_id=place.pk, reason="Vi har ikke folk.", by=case.ingrid, at=at)
    assert awarded(case) == 0
    second = selected(stage_no(case.tender, 1), case.cecilie, case.ingrid, case.arne, at=at + timedelta(days=1))
    assert awarded(case) == D("472000.00")
    [item] = items_without_contract(stage_no(case.tender, 1))
    assert item.submission_id == second.items.get().submission_id


def test_an_annulled_selection_gives_the_price_back_and_prices_are_counted_anew(case):
    stage = judged_alike(case)
    selection = selected(stage, case.cecilie, case.ingrid, case.arne)
    released(selection.batch, selection.approved_at + timedelta(minutes=30))
    at = selection.approved_at + timedelta(days=1)
    annul_selection(selection_id=selection.pk, reason="Feil i vektingen.", by=case.arne, at=at)
    assert awarded(case) == 0
    stage = stage_no(case.tender, 1)
    assert price_scores(stage) == {} and PriceScore.objects.count() == 3
    reject_submission(
        submission_id=case.sketches[0].pk, ground="form", reason="For lang.", heard="Ringt.", by=case.ingrid, at=at + timedelta(hours=1)
    )
    closed(case.stage, case.cecilie, at + timedelta(hours=2))
    assert [row[:2] for row in by_price(stage_no(case.tender, 1))] == [("472000.00", "10.00"), ("600000.00", "7.29")]


def test_the_pages_of_the_decision_show_the_price(case, client, clock_at):
    stage = judged_alike(case)
    selected(stage, case.cecilie, case.ingrid, case.arne)
    clock_at(case.at + timedelta(days=1))
    User.objects.update(language="en")
    for user in (case.ingrid, case.arne, case.cecilie, case.eva):
        client.force_login(user)
        page = client.get(case.url("selection"), headers=ENGLISH).content.decode()
        assert "NOK\u00a0400,000" in page
    client.force_login(case.ingrid)
    page = client.get(case.url(f"submissions/{case.sketches[1].pk}"), headers=ENGLISH).content.decode()
    assert "NOK\u00a0472,000" in page and COVERED in page
