"""Borders, words and figures of the check, as data with their source: `tenders/data/threshold.json`."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tenders.working_days import easter_sunday, is_working_day

_FILE = Path(__file__).parent.parent / "data" / "threshold.json"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Figure:
    """A number and where it comes from, in bokmål as the data is."""

    value: Decimal
    source: str


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return read


@cache
def border(name: str) -> Figure:
    return _figure(_read()["borders"][name])


@cache
def effort_figures() -> dict[str, Figure]:
    """Hours, words in the hour and kroner in the hour, by name."""
    return {name: _figure(one) for name, one in _read()["effort"].items()}


def words_of(name: str) -> list[str]:
    """Words and phrases in lower case that a rule looks for."""
    found: list[str] = _read()["words"][name]
    return found


def _figure(one: dict[str, str]) -> Figure:
    return Figure(Decimal(one["value"]), one["source"])


def is_holiday(day: date) -> bool:
    """In a time when small suppliers are away: Christmas, the week of Easter, and July."""
    first, last = _read()["easter_days"]
    if first <= (day - easter_sunday(day.year)).days <= last:
        return True
    at = f"{day:%m-%d}"
    return any(_within(at, one["from"], one["to"]) for one in _read()["holidays"])


def _within(at: str, first: str, last: str) -> bool:
    """Also over the new year, where the last comes before the first."""
    return first <= at <= last if first <= last else at >= first or at <= last


def working_days_between(first: date, last: date) -> int:
    """Working days outside holidays, after `first` and before `last`."""
    days = range(1, (last - first).days)
    return sum(1 for no in days if is_working_day(day := first + no * _DAY) and not is_holiday(day))
