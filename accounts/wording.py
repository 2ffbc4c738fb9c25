"""How time, money and figures are written: on pages, in mails and in letters, in the language that is active. Pure; looks at no clock."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, gettext, ngettext

from accounts.local_time import OSLO

NO_BREAK = "\N{NO-BREAK SPACE}"

_GROUPS_IN_A_LINE = 4
_SIGNS_IN_A_GROUP = 4
_DAYS_WITHOUT_HOURS = 7


def local(at: datetime) -> datetime:
    """The same instant in Oslo. Refuses a time without zone (ValueError), for it could be any hour."""
    if at.tzinfo is None:
        raise ValueError("A time without a zone cannot be shown.")
    return at.astimezone(OSLO)


def machine_time(at: date | datetime) -> str:
    """For the datetime attribute of <time>: «2026-10-13T12:00:00+02:00», or «2026-10-13»."""
    return local(at).isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()


def day(at: date | datetime) -> str:
    """«tirsdag 14. oktober 2026»."""
    return gettext("%(weekday)s %(day)d %(month)s %(year)d") % _parts(at)


def day_without_year(at: date | datetime) -> str:
    """«tirsdag 14. oktober», where the year is plain."""
    return gettext("%(weekday)s %(day)d %(month)s") % _parts(at)


def short_day(at: date | datetime) -> str:
    """«14. oktober», for lists."""
    return gettext("%(day)d %(month)s") % _parts(at)


def short_day_with_year(at: date | datetime) -> str:
    """«14. oktober 2026»."""
    return gettext("%(day)d %(month)s %(year)d") % _parts(at)


def clock_time(at: datetime) -> str:
    """«12.00» («12:00» in English)."""
    return local(at).strftime("%H:%M" if _in_english() else "%H.%M")


def moment(at: datetime) -> str:
    """«tirsdag 14. oktober 2026 kl. 12.00»."""
    return gettext("%(day)s at %(time)s") % {"day": day(at), "time": _unbroken(clock_time(at))}


def deadline(at: datetime) -> str:
    """«tirsdag 14. oktober 2026 før kl. 12.00»: at that minute it is too late."""
    return gettext("%(day)s before %(time)s") % {"day": day(at), "time": _unbroken(clock_time(at))}


def moment_seconds(at: datetime) -> str:
    """«12. oktober 2026 kl. 21.07.43», for receipts."""
    seconds = local(at).strftime("%H:%M:%S" if _in_english() else "%H.%M.%S")
    return gettext("%(day)s at %(time)s") % {"day": short_day_with_year(at), "time": _unbroken(seconds)}


def span(length: timedelta) -> str:
    """«22 dager», «3 dager og 15 timer», «5 timer», «40 minutter». Rounded down; hours are left out from seven days on."""
    minutes = int(length.total_seconds() // 60)
    days, hours = minutes // (24 * 60), minutes // 60 % 24
    if days >= _DAYS_WITHOUT_HOURS or (days and not hours):
        return _days(days)
    if days:
        return gettext("%(days)s and %(hours)s") % {"days": _days(days), "hours": _hours(hours)}
    if hours:
        return _hours(hours)
    if minutes:
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    return gettext("less than a minute")


def time_left(until: datetime, at: datetime) -> str:
    """Seen from `at`: «om 3 dager og 15 timer»; «for 2 dager siden» when it has passed."""
    if at < until:
        return gettext("in %(span)s") % {"span": span(until - at)}
    return gettext("%(span)s ago") % {"span": span(at - until)}


def number(value: Decimal | int, decimals: int = 0) -> str:
    """«1 200», «7,14» («1,200», «7.14» in English). Halves are rounded up; spaces never break."""
    exact = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    written = f"{exact:,f}"
    if not _in_english():
        written = written.replace(",", NO_BREAK).replace(".", ",")
    return written.replace("-", "\N{MINUS SIGN}")


def money(amount: Decimal | int) -> str:
    """«50 000 kr», «50 000,50 kr» («NOK 50,000» in English). Two decimals when there are øre, else none."""
    whole = Decimal(amount) == Decimal(amount).to_integral_value()
    return _unbroken(gettext("NOK %(amount)s") % {"amount": number(amount, 0 if whole else 2)})


def percent(share: Decimal | int, decimals: int = 0) -> str:
    """«35 %» («35%» in English), of a share in hundredths: 35 is 35 %."""
    return _unbroken(gettext("%(number)s%%") % {"number": number(share, decimals)})


def size(octets: int) -> str:
    """«340 kB», «1,2 MB», of a number of octets."""
    if octets < 1_000_000:
        return _unbroken(f"{number(max(1, -(-octets // 1000)))} kB")
    return _unbroken(f"{number(Decimal(octets) / 1_000_000, 1)} MB")


def fingerprint_lines(value: str) -> list[str]:
    """A fingerprint in groups of four signs, four groups to the line, so that it can be read aloud."""
    bare = "".join(value.split()).lower()
    groups = [bare[start : start + _SIGNS_IN_A_GROUP] for start in range(0, len(bare), _SIGNS_IN_A_GROUP)]
    return [" ".join(groups[start : start + _GROUPS_IN_A_LINE]) for start in range(0, len(groups), _GROUPS_IN_A_LINE)]


def _parts(at: date | datetime) -> dict[str, object]:
    """The pieces of a date, with the names of weekday and month in the active language."""
    here = local(at).date() if isinstance(at, datetime) else at
    return {"weekday": str(WEEKDAYS[here.weekday()]), "day": here.day, "month": str(MONTHS[here.month]), "year": here.year}


def _days(count: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", count) % {"number": count}


def _hours(count: int) -> str:
    return ngettext("%(number)d hour", "%(number)d hours", count) % {"number": count}


def _unbroken(text: str) -> str:
    """The text with spaces that no line breaks at."""
    return text.replace(" ", NO_BREAK)


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
