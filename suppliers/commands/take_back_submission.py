"""What is handed in becomes a draft again."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from suppliers.models.submission import CONTENT
from suppliers.phases import SUBMISSION_STEPS, SubmissionPhase
from suppliers.policies.submission import TakeBackPolicy
from suppliers.queries.submissions import current_version, locked_stage, locked_submission, submission_by_key


@command
def take_back_submission(*, submission_id: UUID, by: User, at: datetime) -> None:
    """Delete the sealed version and its key, and open the draft with its files for writing. The receipt stays."""
    stage = locked_stage(submission_by_key(submission_id).stage_id)
    submission = locked_submission(submission_id)
    TakeBackPolicy(stage, submission, at).check(by)
    version = current_version(submission)
    for name in CONTENT:
        setattr(version, name, b"")
    version.replaced_at = at
    version.save(update_fields=[*CONTENT, "replaced_at"])
    take_step(
        submission,
        SubmissionPhase.DRAFT,
        steps=SUBMISSION_STEPS,
        event="suppliers.submission_taken_back",
        by=by,
        at=at,
        stream=submission.organisation,
        about=[version],
        facts={"stage": str(stage.pk), "version": version.no},
    )
