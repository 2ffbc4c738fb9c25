"""What was handed in, from the opening on: who at the buyer sees it, and what is still to be compared with its receipt."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from suppliers.models import Attachment, Submission, SubmissionVersion
from suppliers.phases import SubmissionPhase
from tenders.models import Stage
from tenders.phases import StagePhase


def opened_submissions(stage: Stage) -> QuerySet[Submission]:
    """Everything that was opened in the stage, with version, receipt and files. Who may see it is asked elsewhere."""
    versions = SubmissionVersion.objects.filter(replaced_at=None).select_related("receipt")
    files = Attachment.objects.filter(removed_at=None).order_by("added_at", "pk")
    opened = Submission.objects.filter(stage=stage, phase=SubmissionPhase.OPENED)
    related = opened.select_related("organisation__supplier", "stage__tender").order_by("pk")
    return related.prefetch_related(Prefetch("versions", versions), Prefetch("attachments", files))


def senders_in(stages: QuerySet[Stage]) -> set[tuple[UUID, int, UUID]]:
    """Tender, number of the stage and organisation of all that was opened in these stages, or handed in when they were cancelled."""
    handed_in = Q(phase=SubmissionPhase.OPENED) | Q(phase=SubmissionPhase.SUBMITTED, stage__phase=StagePhase.CANCELLED)
    return set(Submission.objects.filter(handed_in, stage__in=stages).values_list("stage__tender", "stage__no", "organisation"))


def stage_to_compare() -> Stage | None:
    """A stage that was opened and holds something nobody has compared with its receipt yet."""
    waiting = SubmissionVersion.objects.filter(compared_at=None, replaced_at=None, submission__phase=SubmissionPhase.OPENED)
    stages = Stage.objects.filter(pk__in=waiting.values("submission__stage")).select_related("tender")
    return stages.order_by("closes_at", "pk").first()


def uncompared_versions(stage: Stage) -> QuerySet[SubmissionVersion]:
    waiting = SubmissionVersion.objects.filter(submission__stage=stage, submission__phase=SubmissionPhase.OPENED)
    return waiting.filter(compared_at=None, replaced_at=None)


def uncompared_submissions(stage: Stage) -> QuerySet[Submission]:
    return opened_submissions(stage).filter(versions__in=uncompared_versions(stage))


def unchecked_in(stage: Stage) -> int:
    """How many were opened and neither admitted nor rejected."""
    return Submission.objects.filter(stage=stage, phase=SubmissionPhase.OPENED, formal_check=None).count()


def stages_with_unchecked(stages: Iterable[Stage], hidden: QuerySet[Any, Any]) -> set[UUID]:
    """Those of the stages that hold something the formal check has not looked at, besides what is `hidden` (keys)."""
    opened = Submission.objects.filter(stage__in=stages, phase=SubmissionPhase.OPENED, formal_check=None)
    return set(opened.exclude(pk__in=hidden).values_list("stage", flat=True))


def stages_with_nobody_to_judge(stages: Iterable[Stage]) -> set[UUID]:
    """Those of the stages in which everything that was opened is checked, and nothing is admitted."""
    opened = Submission.objects.filter(stage__in=stages, phase=SubmissionPhase.OPENED)
    alive = opened.filter(Q(formal_check=None) | Q(formal_check__admitted=True))
    return {stage.pk for stage in stages} - set(alive.values_list("stage", flat=True))
