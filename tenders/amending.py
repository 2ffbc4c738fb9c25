"""What may be amended after the announcement, what differs, and when an amendment comes late. Looks at no clock.

Criteria, weights, amounts, procedure and who may take part are not here: they are fixed from the announcement on
(anskaffelsesforskriften § 8-4 no. 4), and whoever must change them cancels and announces anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.local_time import oslo, oslo_day
from accounts.words import clean_text
from tenders.models import Stage, Tender, TenderFile
from tenders.models.file import MAX_FILES, TOO_MANY_FILES
from tenders.procedures import DEADLINE_HOUR, proposed_day_from
from tenders.readiness import Missing, missing_in_amended_dates

NEED_TEXTS = (
    *("summary", "need", "known", "target_group", "who_counts", "wanted_effect", "not_prescribed"),
    *("adopter", "adoption_budget", "adoption_from"),
)
TERM_TEXTS = ("rights_text", "contract_text", "sanctions_text", "climate_text", "legal_basis")
TEXTS = (*NEED_TEXTS, *TERM_TEXTS)
# These were needed to announce, so an amendment can't take them away
NEEDED = (
    *("need", "target_group", "wanted_effect", "not_prescribed", "adopter", "adoption_budget"),
    *("contract_text", "climate_text", "legal_basis"),
)
LATE = timedelta(days=7)
# So that a new deadline still leaves the days when the approver answers the day after
_FOR_THE_APPROVER = timedelta(days=1)

Values = dict[str, Any]
Changes = list[dict[str, Any]]


@dataclass(frozen=True)
class Amendable:
    """The tender with the stage that takes submissions and those after it: what an amendment is compared with."""

    tender: Tender
    stages: Sequence[Stage]

    @property
    def stage(self) -> Stage:
        return self.stages[0]

    @property
    def files(self) -> list[TenderFile]:
        return list(self.tender.files.filter(place__isnull=False).order_by("place"))

    @property
    def dates(self) -> list[str]:
        return ["closes_at", "questions_close_at", *(answer_name(stage) for stage in self.stages)]

    @property
    def needed(self) -> list[str]:
        """Texts that stand and can't be taken away. What an older announcement never had need not be written now."""
        names = [*NEEDED, *(["sanctions_text"] if self.tender.has_clauses else [])]
        return [name for name in names if getattr(self.tender, name)]

    def values(self) -> Values:
        """What stands now, by name: texts, `counties` (names), `files` (what is said of each), moments, and days of answers."""
        answers = {answer_name(stage): stage.answer_by for stage in self.stages}
        return {
            **{name: getattr(self.tender, name) for name in TEXTS},
            "counties": sorted(county.name for county in self.tender.counties.all()),
            "files": [file.said for file in self.files],
            "closes_at": self.stage.closes_at,
            "questions_close_at": self.tender.questions_close_at,
            **answers,
        }

    def changes_to(self, wanted: Mapping[str, Any]) -> Changes:
        """What differs, ready to be stored, in the order of the announcement. Names that `wanted` leaves out stay as they are."""
        now = self.values()
        if strange := set(wanted) - set(now):
            raise ValueError(f"Can't be amended: {', '.join(sorted(strange))}")
        pairs = ((name, plain(now[name]), plain(wanted[name])) for name in now if name in wanted)
        return [{"field": name, "before": before, "after": after} for name, before, after in pairs if before != after]

    def still_has(self, changes: Changes) -> bool:
        """Whether everything that is to be changed stands as it did when the change was written."""
        now = self.values()
        return all(one["field"] in now and plain(now[one["field"]]) == one["before"] for one in changes)


def answer_name(stage: Stage) -> str:
    return f"answer_by_{stage.no}"


def plain(value: Any) -> Any:
    """As it is stored and compared: moments in UTC and days as text, texts clean."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return clean_text(value).strip() if isinstance(value, str) else value


def after(changes: Changes, name: str) -> Any:
    """What `name` becomes; None when it stays."""
    return next((one["after"] for one in changes if one["field"] == name), None)


def moment_after(changes: Changes, name: str) -> datetime | None:
    value = after(changes, name)
    return datetime.fromisoformat(value) if value else None


def day_after(changes: Changes, name: str) -> date | None:
    value = after(changes, name)
    return date.fromisoformat(value) if value else None


def comes_late(closes_at: datetime, *, at: datetime) -> bool:
    """Fewer than seven days are left: what matters to those who take part needs more time."""
    return closes_at - at < LATE


def needs_deadline_reason(content: Mapping[str, Any], closes_at: datetime, *, at: datetime) -> bool:
    """Late and material, and no longer deadline: the approver says why."""
    return bool(content["material"]) and comes_late(closes_at, at=at) and after(content["changes"], "closes_at") is None


def suggested_deadline(closes_at: datetime, *, at: datetime) -> datetime:
    """Noon on a working day, later than the deadline, with seven days left when the approver has answered."""
    day = max(oslo_day(closes_at) + timedelta(days=1), oslo_day(at) + LATE + _FOR_THE_APPROVER)
    return oslo(proposed_day_from(day), DEADLINE_HOUR)


def missing_in_changes(amendable: Amendable, changes: Changes, *, at: datetime) -> Iterator[Missing]:
    """What keeps the changes from being announced at `at`: texts that are needed, dates that move back, dates that don't fit."""
    for name in amendable.needed:
        if after(changes, name) == "":
            yield Missing("amendment", name, _("This can't be empty."))
    if len(after(changes, "files") or []) > MAX_FILES:
        yield Missing("amendment", "files", TOO_MANY_FILES)
    moved = [one for one in changes if one["field"] in amendable.dates]
    back = [one for one in moved if not one["after"] or (one["before"] and one["after"] < one["before"])]
    for one in back:
        yield Missing("amendment", one["field"], _("It can only be moved forward."))
    if moved and not back:
        stages = [_with_dates(stage, changes, current=stage == amendable.stage) for stage in amendable.stages]
        until = moment_after(changes, "questions_close_at") or amendable.tender.questions_close_at
        yield from missing_in_amended_dates(stages, until, {one["field"] for one in moved}, at=at)


def _with_dates(stage: Stage, changes: Changes, *, current: bool) -> Stage:
    """The stage as it would be."""
    moved = copy(stage)
    moved.answer_by = day_after(changes, answer_name(stage)) or stage.answer_by
    if current:
        moved.closes_at = moment_after(changes, "closes_at") or stage.closes_at
    return moved


def missing_in_failure(since: datetime | None, until: datetime | None, *, at: datetime) -> Iterator[Missing]:
    """A technical failure has a beginning and an end that have been."""
    if since is None or since >= at:
        yield Missing("amendment", "failed_from", _("Say from when it failed."))
    if until is None or (since is not None and until <= since) or until > at:
        yield Missing("amendment", "failed_until", _("Say until when it failed: after it began, and not later than now."))
