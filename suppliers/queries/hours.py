"""How many hours it took: an organisation's own answer, and what five or more of them say after the opening."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from suppliers.hour_bands import Band, HoursFigure
from suppliers.models import HoursSpent, Submission
from suppliers.phases import SubmissionPhase
from tenders.models import Stage
from tenders.phases import TenderPhase


def told_hours(submission: Submission) -> Band | None:
    """The answer of those who handed it in. For themselves only."""
    told = HoursSpent.objects.filter(submission=submission).first()
    return told.band if told else None


def hours_in(stages: Iterable[Stage]) -> dict[UUID, HoursFigure | None]:
    """What five or more say of each stage that is opened; None for one in which fewer have answered.

    A stage that is sealed is not in it at all: before the opening nothing may tell that anybody has handed in.
    """
    opened = [stage.pk for stage in stages if not stage.sealed]
    if not opened:
        return {}
    told = HoursSpent.objects.filter(submission__stage__in=opened, submission__phase=SubmissionPhase.OPENED)
    answers: dict[UUID, list[Band]] = defaultdict(list)
    for stage, lowest, below in told.values_list("submission__stage", "lowest", "below"):
        answers[stage].append(Band(lowest, below))
    return {key: HoursFigure.of(answers[key]) for key in opened}


def hours_to_learn() -> list[tuple[UUID, int]]:
    """Stages of ended tenders with the hours that five or more say they took, where the buyer's desk knows another figure or none."""
    ended = Stage.objects.filter(tender__phase__in=(TenderPhase.CONCLUDED, TenderPhase.CLOSED), opened_at__isnull=False)
    stages = list(ended.filter(submissions__hours__isnull=False).annotate(known=F("hours_taken__hours")).distinct().order_by("pk"))
    figures = hours_in(stages)
    told = [(stage, figure.middle) for stage in stages if (figure := figures[stage.pk])]
    return [(stage.pk, hours) for stage, hours in told if stage.known != hours]
