"""What is handed in is withdrawn for good."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from suppliers.models import HoursSpent
from suppliers.models.submission import CONTENT
from suppliers.phases import SUBMISSION_STEPS, SubmissionPhase
from suppliers.policies.submission import TakeBackPolicy
from suppliers.queries.submissions import attachments_of, current_version, locked_stage, locked_submission, submission_by_key


@command
def withdraw_submission(*, submission_id: UUID, by: User, at: datetime) -> None:
    """Delete text, keys and how many hours it took. The receipt stays, and the organisation may start anew until the deadline."""
    stage = locked_stage(submission_by_key(submission_id).stage_id)
    submission = locked_submission(submission_id)
    TakeBackPolicy(stage, submission, at).check(by)
    version = current_version(submission)
    for name in CONTENT:
        setattr(version, name, b"")
    version.replaced_at = at
    version.save(update_fields=[*CONTENT, "replaced_at"])
    attachments_of(submission).order_by().update(removed_at=at, sealed_key=b"", opened_key=b"")
    HoursSpent.objects.filter(submission=submission).delete()
    take_step(
        submission,
        SubmissionPhase.WITHDRAWN,
        steps=SUBMISSION_STEPS,
        event="suppliers.submission_withdrawn",
        by=by,
        at=at,
        stream=submission.organisation,
        about=[version],
        facts={"stage": str(stage.pk), "version": version.no},
        draft=b"",
    )
