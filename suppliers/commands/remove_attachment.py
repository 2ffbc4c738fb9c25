"""A file is taken out of the draft."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from suppliers.policies.submission import WriteDraftPolicy
from suppliers.queries.submissions import attachment_by_key, locked_stage, locked_submission


@command
def remove_attachment(*, attachment_id: UUID, by: User, at: datetime) -> None:
    """Destroy the file's key at once; the sealed file itself goes with the next sweep. Removing twice changes nothing."""
    seen = attachment_by_key(attachment_id)
    stage = locked_stage(seen.submission.stage_id)
    submission = locked_submission(seen.submission_id)
    WriteDraftPolicy(stage, submission, at).check(by)
    attachment = attachment_by_key(attachment_id)
    if attachment.removed_at is not None:
        return
    attachment.removed_at, attachment.sealed_key, attachment.opened_key = at, b"", b""
    attachment.save(update_fields=["removed_at", "sealed_key", "opened_key"])
    journal.record(
        "suppliers.attachment_removed", by=by, at=at, stream=submission.organisation, about=[submission, attachment], role=Role.SUPPLIER
    )
