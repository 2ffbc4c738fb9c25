"""The dates of a stage that is entered by invitation: never less time than was announced, and on working days. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.local_time import OSLO, oslo, oslo_day
from tenders.models import Stage
from tenders.procedures import DEADLINE_HOUR, proposed_day_from
from tenders.readiness import Missing
from tenders.working_days import is_working_day

_day = lazy(wording.day, str)


def _in_weeks(number: int) -> str:
    return ngettext("%(number)d week", "%(number)d weeks", number) % {"number": number}


_weeks = lazy(_in_weeks, str)
# Some days for the approver to answer in, so that the deadline still holds the weeks that were announced
_FOR_THE_APPROVER = timedelta(weeks=1)
_FOR_THE_ANSWER = timedelta(weeks=5)


@dataclass(frozen=True)
class StageDates:
    """`opens_at` None: when the stage before is settled."""

    opens_at: datetime | None
    closes_at: datetime
    answer_by: date

    def opens(self, at: datetime) -> datetime:
        """When it opens, seen from `at`: a day that has passed means at once."""
        return max(self.opens_at, at) if self.opens_at else at

    def as_content(self) -> dict[str, Any]:
        return {"opens_at": self.opens_at, "closes_at": self.closes_at, "answer_by": self.answer_by}

    @classmethod
    def of_content(cls, content: dict[str, Any]) -> "StageDates | None":
        """The dates in a stored proposal; None when it has none, because no stage follows."""
        if not content.get("closes_at"):
            return None
        opens_at = datetime.fromisoformat(content["opens_at"]) if content["opens_at"] else None
        return cls(opens_at, datetime.fromisoformat(content["closes_at"]), date.fromisoformat(content["answer_by"]))


def earliest_deadline(stage: Stage, opens: datetime) -> datetime:
    """The stage's weeks after it opens, at the same hour by the clocks in Norway."""
    return opens.astimezone(OSLO) + timedelta(weeks=stage.weeks or 0)


def suggested_stage_dates(stage: Stage, *, at: datetime) -> StageDates:
    """Noon on a working day, with a week for the approver to answer in."""
    closes = proposed_day_from(oslo_day(earliest_deadline(stage, at) + _FOR_THE_APPROVER))
    planned = stage.answer_by if stage.answer_by and stage.answer_by > closes else closes + _FOR_THE_ANSWER
    return StageDates(None, oslo(closes, DEADLINE_HOUR), proposed_day_from(planned))


def missing_in_stage_dates(stage: Stage, dates: StageDates, *, at: datetime) -> Iterator[Missing]:
    """What is wrong with the dates, seen from `at`."""
    opens = dates.opens(at)
    if dates.opens_at and not is_working_day(oslo_day(dates.opens_at)):
        yield Missing("dates", "opens_at", _("The stage does not open on a working day. Choose a working day."))
    earliest = earliest_deadline(stage, opens)
    if dates.closes_at <= opens:
        yield Missing("dates", "closes_at", _("The deadline must be after the day the stage opens."))
    elif dates.closes_at < earliest:
        text = _("At least {weeks} were announced for «{stage}». The deadline can be {day} at the earliest.")
        yield Missing(
            "dates", "closes_at", format_lazy(text, weeks=_weeks(stage.weeks or 0), stage=stage.name, day=_day(oslo_day(earliest)))
        )
    elif not is_working_day(oslo_day(dates.closes_at)):
        yield Missing("dates", "closes_at", _("The deadline is not on a working day. Choose a working day."))
    if dates.answer_by <= oslo_day(dates.closes_at):
        yield Missing("dates", "answer_by", _("The answer must come after the deadline."))
    elif not is_working_day(dates.answer_by):
        yield Missing("dates", "answer_by", _("The day of the answer is not a working day. Choose a working day."))
