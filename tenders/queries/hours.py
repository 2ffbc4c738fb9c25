"""What earlier tenders took of those who handed in, against what was estimated."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import QuerySet

from tenders.models import HoursTaken

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Experience:
    """Hours of reading and writing taken for each that was estimated, in the tender in the middle of so many."""

    factor: Decimal
    tenders: int


def hours_taken_in(procedure: str) -> QuerySet[HoursTaken]:
    """What is known of first stages, which everybody meets, in ended tenders of this procedure; the newest first."""
    known = HoursTaken.objects.filter(stage__tender__procedure=procedure, stage__no=1)
    return known.select_related("stage__tender").order_by("-stage__closes_at", "pk")


def experience_of(procedure: str) -> Experience | None:
    """None when nothing is known of tenders of this procedure."""
    factors = [row.factor for row in hours_taken_in(procedure) if row.factor is not None]
    return Experience(median(factors).quantize(HUNDREDTH), len(factors)) if factors else None


def learned_effort(procedure: str) -> dict[str, Any]:
    """For a tender that is begun, by the names of its fields."""
    known = experience_of(procedure)
    return {"effort_factor": known.factor if known else None, "effort_tenders": known.tenders if known else None}
