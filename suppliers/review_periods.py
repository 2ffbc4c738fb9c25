"""How long an answer may take, and how long a yes holds. Norway has no rules for a voluntary scheme such as this one.

The ten working days follow the pattern of dynamic purchasing systems (anskaffelsesforskriften § 26-6). The 24 months
and the 60 days for renewal are the scheme's own choice.
"""

from datetime import date, datetime, timedelta

from accounts.local_time import oslo_day
from tenders.working_days import is_working_day

REVIEW_WORKING_DAYS = 10
VALID_YEARS = 2
RENEWAL_DAYS = 60

_DAY = timedelta(days=1)


def due_day(submitted_at: datetime) -> date:
    """The tenth working day after the one on which the application came. The day itself is not counted."""
    day, left = oslo_day(submitted_at), REVIEW_WORKING_DAYS
    while left:
        day += _DAY
        left -= is_working_day(day)
    return day


def valid_until(decided_at: datetime) -> date:
    """The last day on which a yes given now holds: 24 months on, and 28 February for one given on 29 February."""
    day = oslo_day(decided_at)
    try:
        return day.replace(year=day.year + VALID_YEARS)
    except ValueError:
        return day.replace(year=day.year + VALID_YEARS, day=28)


def renewable_from(last_day: date) -> date:
    """The first day on which an application for renewal can be started, for a yes that holds to and including `last_day`."""
    return last_day - timedelta(days=RENEWAL_DAYS)
