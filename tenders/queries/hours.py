"""What earlier tenders took of those who handed in."""

from statistics import median

from django.db.models import QuerySet

from tenders.models import HoursTaken


def hours_taken_in(procedure: str) -> QuerySet[HoursTaken]:
    """What is known of first stages, which everybody meets, in ended tenders of this procedure; the newest first."""
    known = HoursTaken.objects.filter(stage__tender__procedure=procedure, stage__no=1)
    return known.select_related("stage__tender").order_by("-stage__closes_at", "pk")


def hours_learned(procedure: str) -> int | None:
    """The tender in the middle of them, in whole hours; None when nothing is known."""
    known = list(hours_taken_in(procedure).values_list("hours", flat=True))
    return round(median(known)) if known else None
