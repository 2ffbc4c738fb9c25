"""Norwegian working days, and periods of days by the time limit regulation.

Source: FOR-1992-12-04-910 (EEA time limit regulation, Regulation 1182/71), article 3. Public holidays: lov om
helligdager 24 February 1995 no. 12 § 2 and lov om 1 og 17 mai 26 April 1947 no. 1.
"""

from datetime import date, timedelta

SATURDAY = 5
_DAY = timedelta(days=1)


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> frozenset[date]:
    """The days of the year that are holidays by law, Sundays apart."""
    easter = easter_sunday(year)
    # Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension Day, Whit Sunday and Monday
    movable = {easter + timedelta(days=days) for days in (-3, -2, 0, 1, 39, 49, 50)}
    fixed = {date(year, month, day) for month, day in ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))}
    return frozenset(movable | fixed)


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor public holiday (article 2 no. 2). Christmas Eve and New Year's Eve are working days."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def add_days_by_time_limit_rule(sent: date, days: int) -> date:
    """The last day of a period of `days` days that starts with something sent on the day `sent`.

    The day of sending is not counted (article 3 no. 1). A period that would end on a Saturday, Sunday or public holiday
    ends on the next working day (no. 4), and one of two days or more holds at least two working days (no. 5).
    Raises `ValueError` when `days` is less than one.
    """
    if days < 1:
        raise ValueError("A period has at least one day.")
    last = sent + timedelta(days=days)
    working = sum(is_working_day(sent + timedelta(days=no)) for no in range(1, days + 1))
    while not is_working_day(last) or (days > 1 and working < 2):
        last += _DAY
        working += is_working_day(last)
    return last


def first_signing_day(sent: date, days: int) -> date:
    """The first day on which a contract may be signed: the day after the standstill's last."""
    return add_days_by_time_limit_rule(sent, days) + _DAY
