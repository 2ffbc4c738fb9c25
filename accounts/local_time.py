"""Local time in Norway: a day and a time of day become one moment, or a reason why they do not."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.refused import Refused

OSLO = ZoneInfo("Europe/Oslo")


class LocalTimeRefused(Refused):
    """A time of day that this day does not have, or has twice."""


def oslo(day: date, at: time) -> datetime:
    """The moment, aware, at which clocks in Norway show this day and time.

    Raises `LocalTimeRefused` in the hour that is skipped in March and the one that comes twice in October.
    """
    moment = datetime.combine(day, at.replace(fold=0, tzinfo=None), tzinfo=OSLO)
    before, after = moment.utcoffset(), moment.replace(fold=1).utcoffset()
    if before is None or after is None or before == after:
        return moment
    shown = {"time": at.strftime("%H.%M"), "day": date_format(day)}
    if before < after:
        raise LocalTimeRefused(
            gettext(
                "The time %(time)s does not exist on %(day)s, because the clocks go forward one hour that night."
                " Choose a time outside that hour."
            )
            % shown
        )
    raise LocalTimeRefused(
        gettext(
            "The time %(time)s comes twice on %(day)s, because the clocks go back one hour that night. Choose a time outside that hour."
        )
        % shown
    )


def oslo_day(at: datetime) -> date:
    """The date on the wall in Norway at this moment."""
    return at.astimezone(OSLO).date()
