"""The days of the demo world, counted from the day it is built. Every time is the wall's in Norway."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.local_time import oslo, oslo_day
from tenders.procedures import working_day_from
from tenders.working_days import is_working_day

NOON = time(12, 0)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """`now` is when the world is built: everything that has happened lies before it."""

    now: datetime

    @property
    def today(self) -> date:
        return oslo_day(self.now)

    def day(self, days_ago: int) -> date:
        return self.today - days_ago * _DAY

    def work(self, days_ago: int) -> date:
        """The last working day up to then."""
        return last_working_day(self.day(days_ago))

    def ahead(self, days: int) -> date:
        """The first working day from then on."""
        return working_day_from(self.today + days * _DAY)

    def last_noon(self) -> datetime:
        """Noon on the last working day, at least two hours ago."""
        today = last_working_day(self.today)
        noon = oslo(today, NOON)
        return noon if noon + timedelta(hours=2) <= self.now else oslo(last_working_day(today - _DAY), NOON)


def last_working_day(day: date) -> date:
    while not is_working_day(day):
        day -= _DAY
    return day


def before(day: date, days: int) -> date:
    """The last working day at least so many days earlier."""
    return last_working_day(day - days * _DAY)


def after(day: date, days: int = 1) -> date:
    """The first working day at least so many days later."""
    return working_day_from(day + days * _DAY)


def clock(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Between 8 and 23 o'clock, when no day skips or repeats an hour."""
    return oslo(day, time(hour, minute, second))
