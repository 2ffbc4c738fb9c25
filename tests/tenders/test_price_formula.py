"""Points for a price, worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenders.price_formula import PriceFormula, example_of, price_points

D = Decimal
LINEAR, PROPORTIONAL = PriceFormula.LINEAR, PriceFormula.PROPORTIONAL


def points(formula, *prices):
    return [str(one) for one in price_points(formula, {no: D(price) for no, price in enumerate(prices)}, scale=10).values()]


@pytest.mark.parametrize(
    ("price", "linear", "proportional"),
    [
        ("400000", "10.00", "10.00"),
        ("472000", "8.20", "8.47"),  # 10 x 400 000 / 472 000 = 8.47457…
        ("480020", "8.00", "8.33"),  # 7.9995 and 8.33298…
        ("600000", "5.00", "6.67"),  # 6.6666…
        ("799999.99", "0.00", "5.00"),  # 0.00000025 and 5.0000000625
        ("800000", "0.00", "5.00"),
        ("900000", "0.00", "4.44"),  # below 0, and 4.4444…
    ],
)
def test_the_vectors_of_the_docstring(price, linear, proportional):
    assert points(LINEAR, "400000", price) == ["10.00", linear]
    assert points(PROPORTIONAL, "400000", price) == ["10.00", proportional]


@pytest.mark.parametrize("formula", PriceFormula)
def test_half_a_hundredth_is_rounded_up(formula):
    """Linear: 10 - 10 x 0.0995 = 9.005 of 1000 and 1099.5. Proportional: 10 x 4 / 32 000 = 0.00125, and 10 x 1 / 400 = 0.025."""
    given_prices = {LINEAR: ("1000", "1099.50"), PROPORTIONAL: ("1", "400")}[formula]
    assert points(formula, *given_prices)[1] == {LINEAR: "9.01", PROPORTIONAL: "0.03"}[formula]


@pytest.mark.parametrize("formula", PriceFormula)
def test_a_single_one_equal_ones_and_none(formula):
    assert points(formula, "123456.78") == ["10.00"]
    assert points(formula, "5000", "5000", "5000") == ["10.00"] * 3
    assert points(formula, "7000", "5000", "7000")[0] == points(formula, "7000", "5000", "7000")[2]
    assert price_points(formula, {}, scale=10) == {}


prices = st.lists(st.decimals(min_value=D("0.01"), max_value=D("999999999.99"), places=2), min_size=1, max_size=8)


@given(prices, st.sampled_from(list(PriceFormula)))
def test_cheaper_never_gets_less_and_points_stay_on_the_scale(given_prices, formula):
    found = price_points(formula, dict(enumerate(given_prices)), scale=10)
    ordered = [found[no] for no, _price in sorted(enumerate(given_prices), key=lambda pair: pair[1])]
    assert ordered == sorted(ordered, reverse=True)
    assert ordered[0] == 10 and all(0 <= one <= 10 and one.as_tuple().exponent == -2 for one in ordered)


@pytest.mark.parametrize(("formula", "points"), [("linear", ["10.00", "6.67", "3.33"]), ("proportional", ["10.00", "7.50", "6.00"])])
def test_the_example_of_the_announcement_never_shows_a_price_that_may_not_be_offered(formula, points):
    shown = example_of(formula, scale=10, cap=Decimal(450_000))
    assert shown == [(Decimal(price), Decimal(one)) for price, one in zip((270_000, 360_000, 450_000), points, strict=True)]
    for cap in ("300000.55", "99.99", "0.01"):
        assert all(0 < price <= Decimal(cap) for price, _points in example_of(formula, scale=10, cap=Decimal(cap)))


def test_the_example_before_a_highest_price_is_set_is_invented_whole():
    assert [price for price, _points in example_of("linear", scale=10, cap=Decimal(0))] == [120_000, 160_000, 200_000]
