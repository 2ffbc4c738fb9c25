"""How long a framework agreement can last by what was announced. Pure."""

from calendar import monthrange
from datetime import date, timedelta


def last_day_of(months: int, starts_on: date) -> date:
    """The last of so many months from `starts_on`: 24 months from 15 March end on 14 March two years later."""
    years, month = divmod(starts_on.month - 1 + months, 12)
    year, month = starts_on.year + years, month + 1
    same_day = date(year, month, min(starts_on.day, monthrange(year, month)[1]))
    return same_day - timedelta(days=1)
