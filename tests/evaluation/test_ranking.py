"""The ranking as pure arithmetic: recomputed by hand, ties, and whether the order holds when a weight moves."""

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.wording import number
from evaluation.ranking import Marks, moved_weights, rank, tie_order, total_of, trials
from evaluation.ranking_chart import ladder_of, scale_of, spread_of
from evaluation.ranking_words import does_it_hold, place_words, ranking_lead, ties_of, totals_shown
from tenders.models import Criterion

WEIGHTS = {1: Decimal(35), 2: Decimal(25), 3: Decimal(20), 4: Decimal(20)}
CRITERIA = [
    Criterion(no=no, name=name, weight=WEIGHTS[no]) for no, name in enumerate(["Effekt", "Nytenkning", "Medvirkning", "Gjennomføring"], 1)
]


def marks(number: int, *sheets: tuple[int, ...], weights=None) -> Marks:
    weights = weights or WEIGHTS
    points = [{no: Decimal(value) for no, value in enumerate(sheet, 1)} for sheet in sheets]
    return Marks(UUID(int=number), f"{number} Ask", number, points, [total_of(one, weights) for one in points])


def places(ranked):
    return [(row.number, row.rank) for row in ranked]


def test_a_ranking_recomputed_by_hand():
    """Weights 35, 25, 20 and 20 per cent; three sheets for each sketch.

    Sketch 41: 9 8 9 8 -> 3.15 + 2.00 + 1.80 + 1.60 = 8.55; 8 9 9 8 -> 2.80 + 2.25 + 1.80 + 1.60 = 8.45;
    9 8 8 7 -> 3.15 + 2.00 + 1.60 + 1.40 = 8.15. Mean (8.55 + 8.45 + 8.15) / 3 = 25.15 / 3 = 8.38333… -> 8.38.
    On the criteria: 26/3 = 8.67, 25/3 = 8.33, 26/3 = 8.67, 23/3 = 7.67.

    Sketch 8: 8 9 8 7 -> 2.80 + 2.25 + 1.60 + 1.40 = 8.05; 9 9 8 8 -> 3.15 + 2.25 + 1.60 + 1.60 = 8.60;
    8 9 8 8 -> 2.80 + 2.25 + 1.60 + 1.60 = 8.25. Mean 24.90 / 3 = 8.30.

    Sketch 19: 8 7 8 8 -> 2.80 + 1.75 + 1.60 + 1.60 = 7.75; 8 8 7 8 -> 2.80 + 2.00 + 1.40 + 1.60 = 7.80;
    9 8 7 8 -> 3.15 + 2.00 + 1.40 + 1.60 = 8.15. Mean 23.70 / 3 = 7.90.
    """
    ranked = rank(
        [
            marks(19, (8, 7, 8, 8), (8, 8, 7, 8), (9, 8, 7, 8)),
            marks(8, (8, 9, 8, 7), (9, 9, 8, 8), (8, 9, 8, 8)),
            marks(41, (9, 8, 9, 8), (8, 9, 9, 8), (9, 8, 8, 7)),
        ],
        WEIGHTS,
    )
    assert places(ranked) == [(41, 1), (8, 2), (19, 3)]
    assert [number(row.total, 2) for row in ranked] == ["8.38", "8.30", "7.90"]
    assert ranked[0].exact == Fraction(2515, 300)
    assert ranked[1].total == Decimal("8.3")
    assert [number(mean, 2) for mean in ranked[0].means.values()] == ["8.67", "8.33", "8.67", "7.67"]
    assert ranked[0].totals == [Decimal("8.15"), Decimal("8.45"), Decimal("8.55")]
    assert not any(row.tied for row in ranked)


def test_a_half_is_shown_rounded_up():
    """One sheet 7 6 6 7: 2.45 + 1.50 + 1.20 + 1.40 = 6.55; the other 7 6 6 7 and 6 6 6 7 (6.20): mean 6.375 -> 6.38."""
    [row] = rank([marks(1, (7, 6, 6, 7), (6, 6, 6, 7))], WEIGHTS)
    assert row.total == Decimal("6.375")
    assert number(row.total, 2) == "6.38"


def test_an_equal_total_is_decided_by_the_heaviest_criterion():
    """10 0 5 5: 3.50 + 0 + 1 + 1 = 5.50. 5 7 5 5: 1.75 + 1.75 + 1 + 1 = 5.50."""
    ranked = rank([marks(1, (5, 7, 5, 5)), marks(2, (10, 0, 5, 5))], WEIGHTS)
    assert places(ranked) == [(2, 1), (1, 2)]
    assert all(row.tied for row in ranked)
    [tie] = ties_of(ranked, CRITERIA, 10)
    assert tie.heading == "Equal in place 1:"
    assert tie.text == (
        "2 Ask and 1 Ask have the same total, 5.50. The rule says that the criterion with the highest weight decides then. "
        "Effekt: 2 Ask 10.00 and 1 Ask 5.00."
    )


def test_equal_on_the_heaviest_too_the_next_one_decides():
    """6 8 4 4: 2.10 + 2.00 + 0.80 + 0.80 = 5.70. 6 4 5 8: 2.10 + 1.00 + 1.00 + 1.60 = 5.70."""
    ranked = rank([marks(1, (6, 4, 5, 8)), marks(2, (6, 8, 4, 4))], WEIGHTS)
    assert places(ranked) == [(2, 1), (1, 2)]
    [tie] = ties_of(ranked, CRITERIA, 10)
    assert "They are equal on the criteria with higher weights, so the next one decides. Nytenkning: 2 Ask 8.00 and 1 Ask 4.00." in tie.text


def test_of_criteria_with_equal_weights_the_first_in_the_announcement_decides():
    """5 5 8 4 and 5 5 4 8 weigh the same: 20 per cent each on the third and the fourth."""
    ranked = rank([marks(1, (5, 5, 4, 8)), marks(2, (5, 5, 8, 4))], WEIGHTS)
    assert places(ranked) == [(2, 1), (1, 2)]
    assert tie_order(WEIGHTS) == [1, 2, 3, 4]
    assert tie_order({1: Decimal(20), 2: Decimal(30), 3: Decimal(50)}) == [3, 2, 1]


def test_equal_on_everything_they_share_the_place_and_the_next_is_left_out():
    ranked = rank([marks(3, (5, 5, 5, 5)), marks(1, (7, 7, 7, 7)), marks(2, (7, 7, 7, 7))], WEIGHTS)
    assert places(ranked) == [(1, 1), (2, 1), (3, 3)]
    [tie] = ties_of(ranked, CRITERIA, 10)
    assert tie.text.endswith("They are equal on every criterion too, so they share the place.")
    assert ranking_lead(ranked, trials(ranked, WEIGHTS), 1) == (
        "The last place is shared, so the panel must give grounds for whom it proposes."
    )


def test_thirds_are_equal_when_they_are_equal():
    """(7 + 7 + 8) / 3 in either order is 22/3: no rounding may part them."""
    ranked = rank([marks(1, (7,) * 4, (7,) * 4, (8,) * 4), marks(2, (8,) * 4, (7,) * 4, (7,) * 4)], WEIGHTS)
    assert places(ranked) == [(1, 1), (2, 1)]
    assert all(row.tied for row in ranked)


def test_totals_that_differ_and_look_equal_are_shown_with_four_decimals():
    """7 and 6: 3.5007 + 2.9994 = 6.5001. 6 and 7: 3.0006 + 3.4993 = 6.4999. Both are 6.50 with two decimals."""
    near = {1: Decimal("50.01"), 2: Decimal("49.99")}
    ranked = rank([marks(1, (6, 7), weights=near), marks(2, (7, 6), weights=near), marks(3, (5, 5), weights=near)], near)
    assert places(ranked) == [(2, 1), (1, 2), (3, 3)]
    assert not any(row.tied for row in ranked)
    assert totals_shown(ranked) == {2: "6.5001", 1: "6.4999", 3: "5.00"}


def test_one_weight_moves_and_the_others_give_way_in_proportion():
    """35 -> 40 leaves 60 for 25, 20 and 20 of 65: 25 * 60/65 = 23.08, 20 * 60/65 = 18.46."""
    moved = moved_weights(WEIGHTS, 1, 5)
    assert moved == {1: 40, 2: Fraction(300, 13), 3: Fraction(240, 13), 4: Fraction(240, 13)}
    assert sum(moved.values()) == 100
    assert moved_weights({1: Decimal(3), 2: Decimal(97)}, 1, -5) == {1: 0, 2: 100}
    assert moved_weights({1: Decimal(3), 2: Decimal(97)}, 2, 5) == {1: 0, 2: 100}


def test_the_order_is_tried_with_every_weight_up_and_down():
    """7.92 for both: 19 has 84/10 on Effekt and comes first; with 5 points less on Effekt 52 does."""
    first, second = marks(19, (9, 6, 6, 6)), marks(52, (6, 7, 9, 7))
    ranked = rank([first, second, marks(3, (1, 1, 1, 1))], WEIGHTS)
    # 9 6 6 6: 3.15 + 1.5 + 1.2 + 1.2 = 7.05; 6 7 9 7: 2.1 + 1.75 + 1.8 + 1.4 = 7.05
    assert places(ranked) == [(19, 1), (52, 2), (3, 3)]
    tried = trials(ranked, WEIGHTS)
    assert [(trial.criterion, trial.shift) for trial in tried] == [(no, shift) for no in (1, 2, 3, 4) for shift in (5, -5)]
    by_trial = {(trial.criterion, trial.shift): trial.ranks[UUID(int=19)] for trial in tried}
    # 40 / 23.08 / 18.46 / 18.46: 3.6 + 60 per cent of 6 = 7.20 against 2.4 + 1.615 + 1.662 + 1.292 = 6.97
    assert by_trial[1, 5] == 1
    # 30 / 26.92 / 21.54 / 21.54: 2.7 + 4.2 = 6.90 against 1.8 + 1.885 + 1.938 + 1.508 = 7.13
    assert by_trial[1, -5] == 2
    assert all(trial.ranks[UUID(int=3)] == 3 for trial in tried)


def test_the_words_say_what_holds():
    ranked = rank([marks(1, (9, 9, 9, 9)), marks(2, (7, 7, 7, 7)), marks(3, (9, 6, 6, 6)), marks(4, (6, 7, 9, 7))], WEIGHTS)
    tried = trials(ranked, WEIGHTS)
    assert ranking_lead(ranked, tried, 1) == "The one on top keeps the place, whichever weight we move by five points."
    assert ranking_lead(ranked, tried, 4) == "There are no more of them than places."
    assert "trials when we move one weight by five points" in ranking_lead(ranked, tried, 2)
    assert does_it_hold(ranked, tried, 1) == "Yes. Everyone here keeps their place in all eight trials."
    assert does_it_hold(ranked, tried, 4).startswith("These keep their place in all eight trials: 1 Ask. These change places")
    assert [place_words(1, 1), place_words(3, 4), place_words(3, 6)] == ["always 1", "3 or 4", "3 to 6"]


def test_with_one_criterion_there_is_nothing_to_try():
    ranked = rank([Marks(UUID(int=1), "1 Ask", 1, [{1: Decimal(5)}], [Decimal(5)])], {1: Decimal(100)})
    assert trials(ranked, {1: Decimal(100)}) == []
    assert ladder_of(ranked, [], 3).cut == ""


def test_the_pictures_stay_inside_their_frame():
    ranked = rank([marks(1, (10, 10, 10, 10), (0, 0, 0, 0)), marks(2, (5, 5, 5, 5))], WEIGHTS)
    scale = scale_of(ranked)
    assert (scale.low, scale.high) == (0, 10)
    assert spread_of(ranked[0], scale).dots == ["3.00%", "97.00%"]
    ladder = ladder_of(ranked, trials(ranked, WEIGHTS), 1)
    assert ladder.cut == "50.00%"
    assert [rung.place for rung in ladder.rungs] in (["25.00%", "75.00%"], ["25.00%", "25.00%"])


@given(st.lists(st.lists(st.tuples(*[st.integers(0, 10)] * 4), min_size=1, max_size=5), min_size=1, max_size=8))
def test_places_follow_totals_whatever_the_points(sheets):
    ranked = rank([marks(no, *given) for no, given in enumerate(sheets, 1)], WEIGHTS)
    assert [row.exact for row in ranked] == sorted((row.exact for row in ranked), reverse=True)
    assert all(row.exact == sum(map(Fraction, row.totals)) / len(row.totals) for row in ranked)
    for trial in trials(ranked, WEIGHTS):
        assert sorted(trial.ranks.values())[0] == 1
        assert set(trial.ranks) == {row.submission_id for row in ranked}


@pytest.mark.parametrize("weights", [WEIGHTS, {1: Decimal("33.33"), 2: Decimal("33.33"), 3: Decimal("33.34")}])
def test_a_stored_total_is_exact(weights):
    points = dict.fromkeys(weights, Decimal(7))
    assert total_of(points, weights) == 7
