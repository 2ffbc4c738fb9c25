"""Templates of procedures: what a new tender starts with. The contents are an example of ours, in bokmål, and can all be changed.

A template is data in `tenders/data/<procedure>.json`. Amounts are kroner, weights per cent, lengths words, periods weeks.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from accounts.local_time import oslo, oslo_day
from tenders.working_days import easter_sunday, is_working_day

DATA = Path(__file__).parent / "data"
DEADLINE_HOUR = time(12, 0)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SuggestedDates:
    """Working days, and noon in Norway where there is an hour."""

    closes_at: datetime
    questions_close_at: datetime
    answers_by: list[date]


@dataclass(frozen=True)
class Template:
    """What one procedure starts with: fields of the tender, the budget in kroner, its stages in order, CPV codes from the main one on."""

    tender: dict[str, Any]
    budget: Decimal
    stages: list[dict[str, Any]]
    levels: list[dict[str, Any]]
    weeks: dict[str, int]
    cpv: list[str]

    def suggested_dates(self, at: datetime) -> SuggestedDates:
        """Dates for a tender that is announced about `at`; each falls on the day itself, or the next one on which people are at work.

        A day that is moved moves those after it, so that the weeks from the last question to the deadline are never fewer.
        """
        today = oslo_day(at)
        questions = proposed_day_from(proposed_day_from(today + self._weeks("deadline")) - self._weeks("questions_before"))
        closes = proposed_day_from(questions + self._weeks("questions_before"))
        answers = [proposed_day_from(closes + self._weeks("answer"))]
        answers += [proposed_day_from(answers[0] + no * self._weeks("next_answer")) for no in range(1, len(self.stages))]
        return SuggestedDates(oslo(closes, DEADLINE_HOUR), oslo(questions, DEADLINE_HOUR), answers)

    def _weeks(self, name: str) -> timedelta:
        return timedelta(weeks=self.weeks[name])


def working_day_from(day: date) -> date:
    """The day itself when it is a working day, else the next one."""
    while not is_working_day(day):
        day += _DAY
    return day


def proposed_day_from(day: date) -> date:
    """The day itself when it is a working day on which people are at work, else the next one.

    Christmas (24 December to 1 January) and Holy Week are passed over in what we propose. By law most of their days are working days.
    """
    while not is_working_day(day) or _is_quiet(day):
        day += _DAY
    return day


def _is_quiet(day: date) -> bool:
    easter = easter_sunday(day.year)
    return (day.month, day.day) >= (12, 24) or easter - timedelta(weeks=1) <= day < easter


@cache
def template_of(procedure: str) -> Template:
    """The template of a procedure. KeyError is not possible for `Tender.Procedure`: a test opens every one of them."""
    read = json.loads((DATA / f"{procedure}.json").read_text(encoding="utf-8"))
    return Template(read["tender"], Decimal(read["budget"]), read["stages"], read["levels"], read["weeks"], read.get("cpv", []))
