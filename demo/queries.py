"""What the rehearsal asks: who is there, what the clock will meet next, and which mails would have gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from accounts.local_time import oslo
from accounts.models import JournalEntry, User
from demo.models import ClockShift, SentMail
from demo.people import PEOPLE, Person
from evaluation.queries.stage_end_work import standstills_of
from tenders.models import Stage
from tenders.models.stage import OPENING_WAIT
from tenders.phases import StagePhase

BUILT = "demo.world_built"


def seconds_ahead() -> int:
    """How far the clock is ahead, as the row says it."""
    return ClockShift.objects.filter(pk=1).values_list("seconds", flat=True).first() or 0


def built_at() -> datetime | None:
    """When the demo world was built; None when there is none."""
    line = JournalEntry.objects.filter(stream="demo", event=BUILT).order_by("seq").first()
    return line.at if line else None


def demo_users() -> list[tuple[Person, User]]:
    """The people one can become, in their order; nobody before the world is built."""
    there = {user.email: user for user in User.objects.filter(email__in=[person.email for person in PEOPLE], is_active=True)}
    return [(person, there[person.email]) for person in PEOPLE if person.email in there]


class Kind(StrEnum):
    OPENS = "opens"
    QUESTIONS_CLOSE = "questions_close"
    CLOSES = "closes"
    MAY_BE_OPENED = "may_be_opened"
    STANDSTILL_ENDS = "standstill_ends"


@dataclass(frozen=True)
class Milestone:
    """A moment at which time itself changes what can be done in a tender."""

    at: datetime
    kind: Kind
    name: str
    reference: str


def milestones_after(after: datetime, *, until: datetime | None = None) -> list[Milestone]:
    """Every one later than `after`, and not later than `until` when it is given. Soonest first."""
    waits = Q(closes_at__gt=after - OPENING_WAIT) | Q(opens_at__gt=after) | Q(tender__questions_close_at__gt=after)
    stages = Stage.objects.filter(waits, phase=StagePhase.ANNOUNCED).select_related("tender")
    found = {milestone for stage in stages for milestone in _milestones_of(stage)} | set(_standstills())
    return sorted((one for one in found if after < one.at and (until is None or one.at <= until)), key=_order)


def _milestones_of(stage: Stage) -> list[Milestone]:
    tender = stage.tender
    moments = {
        Kind.OPENS: stage.opens_at,
        Kind.QUESTIONS_CLOSE: tender.questions_close_at,
        Kind.CLOSES: stage.closes_at,
        Kind.MAY_BE_OPENED: stage.may_be_opened_from,
    }
    return [Milestone(at, kind, tender.name, tender.reference) for kind, at in moments.items() if at]


def _standstills() -> Iterator[Milestone]:
    """The first moment at which an approved stage can be settled and its contracts signed."""
    stages = Stage.objects.filter(phase=StagePhase.APPROVED).select_related("tender")
    standstills = standstills_of(stages)
    for stage in stages:
        if stage.pk in standstills:
            over = oslo(standstills[stage.pk].first_signing_day, time(0))
            yield Milestone(over, Kind.STANDSTILL_ENDS, stage.tender.name, stage.tender.reference)


def _order(milestone: Milestone) -> tuple[datetime, str, str]:
    return milestone.at, milestone.reference, milestone.kind


def mails(recipient: str = "") -> QuerySet[SentMail]:
    """Newest first; those to an address with this text in it."""
    return SentMail.objects.filter(to__icontains=recipient).order_by("-at", "pk")


def mails_since(at: datetime) -> int:
    return SentMail.objects.filter(at__gte=at).count()


def seconds_until(moment: datetime, *, at: datetime) -> int:
    """Whole seconds from `at` that are enough to reach the moment."""
    return max(0, -((at - moment) // timedelta(seconds=1)))
