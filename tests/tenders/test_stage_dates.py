"""The dates of a stage by invitation: never less than announced, by the clocks in Norway. Pure."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.local_time import OSLO, oslo_day
from tenders.models import Stage
from tenders.stage_dates import StageDates, earliest_deadline, missing_in_stage_dates, suggested_stage_dates
from tenders.working_days import is_working_day


def stage(weeks=8, answer_by=None):
    return Stage(no=2, name="Utviklet skisse", weeks=weeks, answer_by=answer_by, selects=1, pays_each=0)


def wrong(dates, at, weeks=8):
    return [str(one.text) for one in missing_in_stage_dates(stage(weeks), dates, at=at)]


AT = datetime(2026, 10, 1, 12, 0, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("closes", "fits"),
    [
        (datetime(2026, 11, 26, 11, 59, tzinfo=OSLO), False),
        # Eight weeks to the minute by the clocks, though an hour longer by the sun: summer time ends in between
        (datetime(2026, 11, 26, 12, 0, tzinfo=OSLO), True),
        (datetime(2026, 11, 27, 8, 0, tzinfo=OSLO), True),
    ],
)
def test_the_weeks_are_counted_by_the_clock_on_the_wall(closes, fits):
    assert (wrong(StageDates(None, closes, date(2027, 1, 15)), AT) == []) is fits


def test_a_stage_without_weeks_still_closes_after_it_opens():
    dates = StageDates(None, AT, date(2026, 12, 1))
    assert wrong(dates, AT, weeks=None) == ["The deadline must be after the day the stage opens."]


@given(st.integers(0, 4 * 365 * 24 * 60), st.integers(1, 52), st.integers(-100, 400))
def test_what_is_suggested_is_never_wrong(minutes, weeks, planned):
    """Whatever the day, the number of weeks, and the answer that was planned."""
    at = AT + timedelta(minutes=minutes)
    one = stage(weeks, oslo_day(at) + timedelta(days=planned))
    dates = suggested_stage_dates(one, at=at)
    assert list(missing_in_stage_dates(one, dates, at=at)) == []
    assert dates.closes_at >= earliest_deadline(one, at)
    assert is_working_day(oslo_day(dates.closes_at)) and is_working_day(dates.answer_by)


def test_a_day_that_has_passed_means_at_once():
    dates = StageDates(AT - timedelta(days=3), AT + timedelta(weeks=9), date(2027, 1, 15))
    assert dates.opens(AT) == AT
    assert StageDates(AT + timedelta(days=1), AT, date(2027, 1, 15)).opens(AT) == AT + timedelta(days=1)


def test_stored_and_read_back():
    dates = StageDates(None, AT, date(2027, 1, 15))
    content = {"opens_at": None, "closes_at": AT.isoformat(), "answer_by": "2027-01-15"}
    assert StageDates.of_content(content) == dates
    assert StageDates.of_content({"stage": 2, "next": None}) is None
