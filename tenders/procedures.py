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
from tenders.working_days import is_working_day

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
        """Dates for a tender that is announced about `at`; each falls on the working day itself or the next one."""
        today = oslo_day(at)
        closes = working_day_from(today + self._weeks("deadline"))
        questions = working_day_from(closes - self._weeks("questions_before"))
        answers = [working_day_from(closes + self._weeks("answer"))]
        answers += [working_day_from(answers[0] + no * self._weeks("next_answer")) for no in range(1, len(self.stages))]
        return SuggestedDates(oslo(closes, DEADLINE_HOUR), oslo(questions, DEADLINE_HOUR), answers)

    def _weeks(self, name: str) -> timedelta:
        return timedelta(weeks=self.weeks[name])


def working_day_from(day: date) -> date:
    """The day itself when it is a working day, else the next one."""
    while not is_working_day(day):
        day += _DAY
    return day


@cache
def template_of(procedure: str) -> Template:
    """The template of a procedure. KeyError is not possible for `Tender.Procedure`: a test opens every one of them."""
    read = json.loads((DATA / f"{procedure}.json").read_text(encoding="utf-8"))
    return Template(read["tender"], Decimal(read["budget"]), read["stages"], read["levels"], read["weeks"], read.get("cpv", []))
