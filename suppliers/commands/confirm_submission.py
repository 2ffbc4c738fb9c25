"""What was handed in before an amendment is confirmed."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from suppliers.models import AmendmentConfirmation
from suppliers.policies.submission import ConfirmPolicy
from suppliers.queries.confirmations import amendments_to_confirm
from suppliers.queries.submissions import current_version, locked_stage, locked_submission, submission_by_key


@command
def confirm_submission(*, submission_id: UUID, through: int, by: User, at: datetime) -> None:
    """Let stand what is handed in, with the amendments up to number `through`, which the person has read.

    Journalled in the organisation's own stream: before the opening nothing tells the buyer who has confirmed, or how many.
    """
    stage = locked_stage(submission_by_key(submission_id).stage_id)
    submission = locked_submission(submission_id)
    read = list(amendments_to_confirm(submission).filter(no__lte=through))
    ConfirmPolicy(stage, submission, len(read), at).check(by)
    version = current_version(submission)
    rows = [AmendmentConfirmation(version=version, amendment=one, confirmed_at=at, confirmed_by=by) for one in read]
    AmendmentConfirmation.objects.bulk_create(rows)
    journal.record(
        "suppliers.submission_confirmed",
        by=by,
        at=at,
        stream=submission.organisation,
        about=[version],
        facts={"stage": str(stage.pk), "version": version.no, "amendments": [one.no for one in read]},
    )
