"""What the formal check has let in, rejected and not yet looked at, for the person who asks."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from evaluation.models import Conflict, FormalCheck
from evaluation.queries.panel import submissions_for_staff
from suppliers.models import Submission
from tenders.models import Stage


def checks_in(stage: Stage) -> dict[UUID, FormalCheck]:
    """Submission -> its check. Who may see which submission is asked elsewhere."""
    rows = FormalCheck.objects.filter(submission__stage=stage).select_related("checked_by")
    return {row.submission_id: row for row in rows}


def closed_by_leader(user: User, stage: Stage) -> set[UUID]:
    """Submissions that the person's leader has a tie to: the person may read them, and not decide on them."""
    if user.reports_to_id is None:
        return set()
    ties = Conflict.objects.filter(declaration__stage=stage, declaration__user=user.reports_to_id)
    return set(ties.values_list("submission", flat=True))


def to_decide_on(user: User, stage: Stage, *, at: datetime) -> QuerySet[Submission]:
    """What the person may admit or reject: seen by them, and without a tie of their leader's."""
    return submissions_for_staff(user, stage, at=at).exclude(pk__in=closed_by_leader(user, stage))


def unchecked(user: User, stage: Stage, *, at: datetime) -> QuerySet[Submission]:
    """What waits for the person's formal check."""
    return to_decide_on(user, stage, at=at).filter(formal_check=None)
