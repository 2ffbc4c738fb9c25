"""What everybody may look through: announced tenders, open ones first."""

from datetime import datetime

from django.db.models import F, Min, Q, QuerySet

from tenders.models import Stage, Tender
from tenders.phases import PUBLIC_PHASES, StagePhase


def announced_tenders(*, at: datetime) -> QuerySet[Tender]:
    """Announced tenders with all that a list shows: those open now first, soonest deadline on top, then the newest."""
    open_now = Q(stages__phase=StagePhase.ANNOUNCED, stages__entry=Stage.Entry.OPEN, stages__opens_at__lte=at, stages__closes_at__gt=at)
    return (
        Tender.objects.filter(phase__in=PUBLIC_PHASES)
        .annotate(open_until=Min("stages__closes_at", filter=open_now))
        .select_related("unit")
        .prefetch_related("stages", "counties")
        .order_by(F("open_until").asc(nulls_last=True), "-announced_at", "reference")
    )


def open_tenders(*, at: datetime) -> QuerySet[Tender]:
    """Those that anybody can hand in to now."""
    open_now = Stage.objects.filter(phase=StagePhase.ANNOUNCED, entry=Stage.Entry.OPEN, opens_at__lte=at, closes_at__gt=at)
    return announced_tenders(at=at).filter(pk__in=open_now.values("tender"))


def search_tenders(text: str, *, at: datetime) -> QuerySet[Tender]:
    """Announced tenders with the text in reference, name, heading, summary or need; all of them when there is no text."""
    found = announced_tenders(at=at)
    if not text:
        return found
    fields = ("reference", "name", "heading", "summary", "need")
    anywhere = Q()
    for field in fields:
        anywhere |= Q(**{f"{field}__icontains": text})
    return found.filter(anywhere)
