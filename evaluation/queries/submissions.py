"""What was handed in, from the opening on: who at the buyer sees it, and what is still to be compared with its receipt."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from accounts.models import User
from evaluation.queries.opening import sees_opening
from suppliers.models import Attachment, Submission, SubmissionVersion
from suppliers.phases import SubmissionPhase
from tenders.models import Stage
from tenders.phases import StagePhase


def submissions_for_staff(user: User | AnonymousUser, stage: Stage, *, at: datetime) -> QuerySet[Submission]:
    """With name and content, for officer, approver and auditor of the tender. Empty before the opening, and to all others."""
    if stage.phase != StagePhase.OPENED or not sees_opening(user, stage.tender, at=at):
        return Submission.objects.none()
    return opened_submissions(stage)


def opened_submissions(stage: Stage) -> QuerySet[Submission]:
    """Everything that was opened in the stage, with version, receipt and files. Who may see it is asked elsewhere."""
    versions = SubmissionVersion.objects.filter(replaced_at=None).select_related("receipt")
    files = Attachment.objects.filter(removed_at=None).order_by("added_at", "pk")
    opened = Submission.objects.filter(stage=stage, phase=SubmissionPhase.OPENED)
    related = opened.select_related("organisation__supplier", "stage__tender").order_by("pk")
    return related.prefetch_related(Prefetch("versions", versions), Prefetch("attachments", files))


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
