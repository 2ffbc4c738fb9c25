"""The officer lets in what was handed in, to be judged."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from evaluation import queries
from evaluation.models import FormalCheck
from evaluation.policies.checks import DecideOnPolicy
from tenders.models import Stage


@command
def admit_submissions(*, stage_id: UUID, submission_ids: Collection[UUID], by: User, at: datetime) -> int:
    """Admit them, and say how many were not admitted before. One that was rejected is let in after all.

    What became of each stands in the chain of its organisation; the tender's chain says only that a check was made.
    """
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit").get(pk=stage_id)
    DecideOnPolicy(stage, submission_ids, at).check(by)
    admitted = FormalCheck.objects.filter(submission__in=submission_ids, admitted=True).values("submission")
    chosen = list(queries.opened_submissions(stage).filter(pk__in=submission_ids).exclude(pk__in=admitted))
    FormalCheck.objects.bulk_create(
        [FormalCheck(submission=row, admitted=True, checked_at=at, checked_by=by) for row in chosen],
        update_conflicts=True,
        unique_fields=["submission"],
        update_fields=["admitted", "ground", "reason", "heard", "checked_at", "checked_by"],
    )
    if chosen:
        event, facts = "evaluation.submission_admitted", {"stage": stage.no}
        lines = [journal.Line(event, row.organisation, [row], Role.OFFICER, facts=facts) for row in chosen]
        lines.append(journal.Line("evaluation.formal_check_made", stage.tender, [stage], Role.OFFICER, facts=facts))
        journal.record_many(lines, by=by, at=at)
    return len(chosen)
