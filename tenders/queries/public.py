"""What everybody may look through: announced tenders, open ones first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Min, Q, QuerySet, TextChoices, When
from django.utils.translation import gettext_lazy as _

from tenders.models import Stage, TargetGroup, Tender, TenderGroup
from tenders.phases import ENDED_PHASES, PUBLIC_PHASES, StagePhase

# Kroner: what one can ask the budget to be at least
AMOUNTS = (500_000, 1_000_000, 5_000_000)
_SEARCHED = ("reference", "name", "heading", "summary", "need", "known", "target_group", "who_counts")


class State(TextChoices):
    """Where a tender is, for somebody who may want to take part."""

    DIALOGUE = "dialogue", _("Market dialogue")
    OPEN = "open", _("Open for sketches and offers")
    COMING = "coming", _("Opens soon")
    INVITED = "invited", _("Open for those invited")
    CLOSED = "closed", _("The deadline has passed")
    ENDED = "ended", _("Ended")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. `group`, `county` and `procedure` are codes, `least` the smallest budget in kroner; empty means all."""

    text: str = ""
    group: str = ""
    county: str = ""
    procedure: str = ""
    state: State | None = None
    least: int = 0


def announced_tenders(*, at: datetime) -> QuerySet[Tender]:
    """Announced tenders with all that a list shows: open now, opens soon, open for those invited, being judged, ended.

    What has a day to come stands with the soonest on top, the rest with the newest.
    """
    return (
        Tender.objects.filter(phase__in=PUBLIC_PHASES)
        .annotate(
            open_until=Min("stages__closes_at", filter=_of_stages(_open_at(at))),
            opens_from=Min("stages__opens_at", filter=_of_stages(_coming_at(at))),
            invited_until=Min("stages__closes_at", filter=_of_stages(_invited_at(at))),
        )
        .annotate(
            turn=Case(
                When(phase__in=ENDED_PHASES, then=5),
                When(open_until__isnull=False, then=1),
                When(opens_from__isnull=False, then=2),
                When(invited_until__isnull=False, then=3),
                default=4,
            ),
            day=Case(When(turn=1, then=F("open_until")), When(turn=2, then=F("opens_from")), When(turn=3, then=F("invited_until"))),
        )
        .select_related("unit")
        .prefetch_related("stages__criteria", "counties")
        .order_by("turn", F("day").asc(nulls_last=True), "-announced_at", "reference")
    )


def _open_at(at: datetime) -> dict[str, object]:
    return {"phase": StagePhase.ANNOUNCED, "entry": Stage.Entry.OPEN, "opens_at__lte": at, "closes_at__gt": at}


def _coming_at(at: datetime) -> dict[str, object]:
    return {"phase": StagePhase.ANNOUNCED, "entry": Stage.Entry.OPEN, "opens_at__gt": at}


def _invited_at(at: datetime) -> dict[str, object]:
    return {"phase": StagePhase.ANNOUNCED, "entry": Stage.Entry.INVITED, "closes_at__gt": at}


def _of_stages(conditions: dict[str, object]) -> Q:
    return Q(**{f"stages__{name}": value for name, value in conditions.items()})


def open_tenders(*, at: datetime) -> QuerySet[Tender]:
    """Those that anybody can hand in to now."""
    return found_tenders(Wanted(state=State.OPEN), at=at)


def found_tenders(wanted: Wanted, *, at: datetime) -> QuerySet[Tender]:
    """Announced tenders that fit all that is wanted. One that can be anywhere in the country fits every county."""
    found = announced_tenders(at=at)
    if wanted.text:
        found = found.filter(_has(wanted.text))
    if wanted.group:
        found = found.filter(_about([wanted.group]))
    if wanted.procedure:
        found = found.filter(procedure=wanted.procedure)
    if wanted.county:
        found = found.filter(Q(pk__in=Tender.objects.filter(counties=wanted.county).values("pk")) | Q(counties=None))
    if wanted.least:
        found = found.filter(budget__amount__gte=wanted.least)
    return _in_state(found, wanted.state, at=at) if wanted.state else found


def _has(text: str) -> Q:
    """In the texts, or in the name of a target group as the reader reads it."""
    anywhere = _about([group for group in TargetGroup if text.casefold() in str(group.label).casefold()])
    for field in _SEARCHED:
        anywhere |= Q(**{f"{field}__icontains": text})
    return anywhere


def _about(groups: Sequence[str]) -> Q:
    return Q(pk__in=TenderGroup.objects.filter(group__in=groups).values("tender"))


def _in_state(tenders: QuerySet[Tender], state: State, *, at: datetime) -> QuerySet[Tender]:
    if state == State.DIALOGUE:
        return tenders.none()
    if state == State.ENDED:
        return tenders.filter(phase__in=ENDED_PHASES)
    going_on = tenders.exclude(phase__in=ENDED_PHASES)
    open_now = Stage.objects.filter(**_open_at(at)).values("tender")
    coming = Stage.objects.filter(**_coming_at(at)).values("tender")
    invited = Stage.objects.filter(**_invited_at(at)).values("tender")
    if state == State.OPEN:
        return going_on.filter(pk__in=open_now)
    if state == State.COMING:
        return going_on.filter(pk__in=coming).exclude(pk__in=open_now)
    if state == State.INVITED:
        return going_on.filter(pk__in=invited)
    return going_on.exclude(pk__in=open_now).exclude(pk__in=coming).exclude(pk__in=invited)
