from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenders.procedures import proposed_day_from
from tenders.working_days import (
    add_days_by_time_limit_rule,
    easter_sunday,
    first_signing_day,
    is_working_day,
    public_holidays,
)

DAYS = st.dates(date(2000, 1, 1), date(2099, 1, 1))


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 12)),
        (date(2026, 11, 4), date(2026, 11, 16)),
        (date(2026, 3, 25), date(2026, 4, 7)),
        (date(2027, 5, 7), date(2027, 5, 18)),  # Constitution Day is Whit Monday, too
        (date(2026, 12, 15), date(2026, 12, 28)),  # day ten is Christmas Day, and then a weekend
        (date(2026, 10, 20), date(2026, 10, 30)),  # the clocks change in between
    ],
)
def test_ten_days_of_standstill_end_on_a_working_day_and_signing_is_the_day_after(sent, last):
    assert add_days_by_time_limit_rule(sent, 10) == last
    assert first_signing_day(sent, 10) == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "last"),
    [(1, date(2026, 11, 9)), (2, date(2026, 11, 10)), (3, date(2026, 11, 10)), (4, date(2026, 11, 10))],
)
def test_two_days_or_more_from_a_friday_hold_two_working_days(days, last):
    assert add_days_by_time_limit_rule(date(2026, 11, 6), days) == last


def test_a_short_period_over_easter_holds_two_working_days():
    assert add_days_by_time_limit_rule(date(2026, 4, 1), 5) == date(2026, 4, 8)


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_without_days_is_no_period(days):
    with pytest.raises(ValueError):
        add_days_by_time_limit_rule(date(2026, 11, 2), days)


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2000, (4, 23)), (2008, (3, 23)), (2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))],
)
def test_easter_is_when_it_is(year, easter):
    assert easter_sunday(year) == date(year, *easter)


def test_the_holidays_of_2026():
    assert public_holidays(2026) == {
        date(2026, *day) for day in [(1, 1), (4, 2), (4, 3), (4, 5), (4, 6), (5, 1), (5, 14), (5, 17), (5, 24), (5, 25), (12, 25), (12, 26)]
    }


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 4, 1), date(2026, 5, 18)])
def test_eves_and_the_days_between_are_working_days(day):
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("wanted", "proposed"),
    [
        (date(2026, 12, 23), date(2026, 12, 23)),
        (date(2026, 12, 24), date(2027, 1, 4)),
        (date(2026, 12, 31), date(2027, 1, 4)),
        (date(2027, 1, 1), date(2027, 1, 4)),
        # Palm Sunday, the Wednesday of Holy Week, Easter Monday
        (date(2026, 3, 29), date(2026, 4, 7)),
        (date(2026, 4, 1), date(2026, 4, 7)),
        (date(2026, 4, 6), date(2026, 4, 7)),
        (date(2026, 3, 27), date(2026, 3, 27)),
    ],
)
def test_what_we_propose_is_a_day_when_people_are_at_work(wanted, proposed):
    assert proposed_day_from(wanted) == proposed


@given(DAYS, st.integers(0, 60))
def test_no_proposed_deadline_falls_in_christmas_or_holy_week(today, days):
    day = proposed_day_from(today + timedelta(days=days))
    easter = easter_sunday(day.year)
    assert is_working_day(day) and day >= today and (day.month, day.day) < (12, 24) and not easter - timedelta(days=7) <= day <= easter


@given(DAYS, st.integers(2, 60))
def test_every_period_ends_on_a_working_day_holds_two_and_is_never_shorter_than_said(sent, days):
    last = add_days_by_time_limit_rule(sent, days)
    inside = [sent + timedelta(days=no) for no in range(1, (last - sent).days + 1)]
    assert is_working_day(last)
    assert len(inside) >= days
    assert sum(map(is_working_day, inside)) >= 2
    assert add_days_by_time_limit_rule(sent, days + 1) >= last
