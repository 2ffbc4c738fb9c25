"""«My work»: what waits, sorted by when, in words. Pure; `at` is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.local_time import oslo_day
from accounts.number_words import number_word
from accounts.page_parts import WorkItem
from accounts.work import Waiting

# What cannot be done yet is shown this long before it can
AHEAD = timedelta(days=7)


@dataclass
class Group:
    """A heading and its rows."""

    heading: str
    items: list[WorkItem] = field(default_factory=list)


def moment_of(row: Waiting, at: datetime) -> datetime | None:
    """When it matters: from when it can be done while that lies ahead, else by when; else since when it could be done."""
    return row.open_from if row.open_from and row.open_from > at else row.due_at or row.open_from


def near(rows: Sequence[Waiting], *, at: datetime) -> list[Waiting]:
    """What can be done now or within seven days; the rest is not work yet, and stands on the case."""
    return [row for row in rows if row.open_from is None or row.open_from <= at + AHEAD]


def to_do(rows: Sequence[Waiting]) -> list[Waiting]:
    """Those that ask something of the person."""
    return [row for row in rows if not row.only_to_know]


def presses(row: Waiting, *, at: datetime) -> bool:
    """Whether it must be done today, or should have been."""
    blocked = row.open_from is not None and row.open_from > at
    return row.due_at is not None and not blocked and oslo_day(row.due_at) <= oslo_day(at)


def in_order(rows: Sequence[Waiting], *, at: datetime) -> list[Waiting]:
    """What must be done today, then the others, each soonest first; those without a date last, in the order they came."""
    dated = sorted((row for row in rows if moment_of(row, at)), key=lambda row: (not presses(row, at=at), moment_of(row, at) or at))
    return [*dated, *(row for row in rows if not moment_of(row, at))]


def groups(rows: Sequence[Waiting], *, at: datetime) -> list[Group]:
    """Today (and late), the next seven days, later, without a date, what is only to know; only those that hold something."""
    today = oslo_day(at)
    last = today + AHEAD
    made = [Group(_("Today")), Group(_("The next seven days")), Group(_("Later")), Group(_("Without a deadline")), Group(_("Good to know"))]
    for row in in_order(rows, at=at):
        moment = moment_of(row, at)
        place = 4 if row.only_to_know else 3 if moment is None else 0 if oslo_day(moment) <= today else 1 if oslo_day(moment) <= last else 2
        made[place].items.append(_item(row, at))
    return [group for group in made if group.items]


def _item(row: Waiting, at: datetime) -> WorkItem:
    moment = moment_of(row, at)
    blocked = row.open_from is not None and row.open_from > at
    waits_since = row.due_at is None and moment is not None and oslo_day(moment) < oslo_day(at)
    return WorkItem(
        title=str(row.title),
        when=_since(moment) if moment and waits_since else _when(moment, at) if moment else "",
        soon=moment is not None and not blocked and oslo_day(moment) <= oslo_day(at),
        about=row.case,
        about_href=row.case_url,
        why=str(row.why),
        action=str(row.button),
        href="" if blocked else row.url,
        blocked=_("Can be done from %(moment)s") % {"moment": _when(moment, at)} if blocked and moment else "",
    )


def _since(moment: datetime) -> str:
    """It could be done from that day, and no day is set that it must be done by."""
    return _("since %(day)s") % {"day": wording.short_day(moment)}


def _when(moment: datetime, at: datetime) -> str:
    """«kl. 10.00» today, «onsdag 14.» in the next six days, else «4. november»."""
    day, today = oslo_day(moment), oslo_day(at)
    if day == today:
        return _("at %(time)s") % {"time": wording.clock_time(moment)}
    if today < day < today + AHEAD:
        return _("%(weekday)s %(day)d") % {"weekday": str(WEEKDAYS[day.weekday()]), "day": day.day}
    return wording.short_day(moment)


def heading(rows: Sequence[Waiting]) -> str:
    """«Fem saker venter på deg»."""
    number = len(to_do(rows))
    if not number:
        return _("Nothing is waiting for you")
    text = ngettext("One case is waiting for you", "%(number)s cases are waiting for you", number) % {"number": number_word(number)}
    return text[0].upper() + text[1:]


def lead(rows: Sequence[Waiting], *, at: datetime) -> str:
    """The row that stands first, when it must be done today."""
    asked = in_order(to_do(rows), at=at)
    if not asked:
        return _("When something needs you, it stands here with the date.")
    first = asked[0]
    if first.due_at is None or not presses(first, at=at):
        return ""
    what = str(first.title)[0].lower() + str(first.title)[1:]
    if first.due_at <= at:
        return _("The first one is late: %(what)s.") % {"what": what}
    return _("The first one is urgent: %(what)s before %(time)s.") % {"what": what, "time": wording.clock_time(first.due_at)}
