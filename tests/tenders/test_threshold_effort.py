"""What it costs to take part, recomputed by hand."""

from decimal import Decimal

import pytest

from tenders.documents import announcement_content
from tenders.threshold.data import effort_figures
from tenders.threshold.effort import effort_of
from tests.tenders_made import describe

pytestmark = pytest.mark.django_db


def one(kind, amount=None):
    return {"kind": kind, "amount": amount, "text": ""}


@pytest.fixture
def content(ingrid):
    return announcement_content(describe(ingrid))


def hours(effort):
    return {str(line.label): line.hours for line in effort.lines}


def test_the_arithmetic_of_an_idea_sketch(content):
    """1 200 words at 300 in the hour are 4 h. Signing up is 0.5 h. The text is read at 4 500 words in the hour: fewer than
    1 125 words, so one quarter, 0.25 h. In all 4.75 h. Times 850 kr: 4 037.50, which is 4 038 kr. The stages pay
    3 x 50 000 + 450 000 = 600 000 kr: one of ten can expect 60 000 kr, one of 56 10 714 kr (10 714.29)."""
    effort = effort_of(content)
    expected = {"Read the announcement": Decimal("0.25"), "Write the answers": Decimal(4), "Sign up and hand in": Decimal("0.5")}
    assert hours(effort) == expected
    assert (effort.hours, effort.cost, effort.about) == (Decimal("4.75"), Decimal(4038), 5)
    assert (effort.chance(10).value, effort.chance(56).value) == (60_000, 10_714)
    assert effort.chance(56).pays and not effort.chance(200).pays, "600 000 / 200 is 3 000, less than 4 038"


def test_what_is_demanded_is_counted(content):
    """Besides 4.75 h: 2 certificates at 1 h, 1 attachment at 0.75, 3 references at 0.5, 1 meeting at 4, 2 others at 0.5:
    2 + 0.75 + 1.5 + 4 + 1 = 9.25. In all 14 h."""
    demands = [one("proof"), one("proof"), one("attachment"), one("references", Decimal(3)), one("meeting"), one("turnover"), one("other")]
    effort = effort_of({**content, "requirements": demands})
    assert effort.hours == Decimal(14)
    assert hours(effort)["Get references"] == Decimal("1.5")


def test_a_price_takes_time_and_the_tender_can_have_figures_of_its_own(content):
    """2 h for the price on top of 4.75; then 1 200 words at 100 in the hour are 12 h: 12 + 0.25 + 0.5 + 2 = 14.75, at 1 000 kr."""
    content["stages"][0]["price"] = True
    assert effort_of(content).hours == Decimal("6.75")
    effort = effort_of({**content, "effort_words": 100, "effort_hourly": Decimal(1000), "effort_expected": 20, "effort_source": "Spurt."})
    assert [one.of for one in effort.chances] == [10, 20, 56]
    assert (effort.hours, effort.cost) == (Decimal("14.75"), Decimal(14_750))


def test_words_are_counted_to_the_quarter_upwards(content):
    """301 words at 300 in the hour are 1.003 h: 1.25."""
    content["stages"][0]["words"] = 301
    assert hours(effort_of(content))["Write the answers"] == Decimal("1.25")


def test_where_nothing_is_paid_nothing_can_be_expected(content):
    for stage in content["stages"]:
        stage["pays_in_all"] = Decimal(0)
    assert not effort_of(content).planned and not effort_of(content).chance(10).pays


def test_every_figure_names_its_source():
    assert all(one.source and one.value > 0 for one in effort_figures().values())
