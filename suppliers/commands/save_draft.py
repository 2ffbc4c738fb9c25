"""What is written is kept as it is written."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from suppliers.completeness import Answers
from suppliers.envelopes import read_draft, seal_draft
from suppliers.policies.submission import SavedByAnother, WriteDraftPolicy
from suppliers.queries.submissions import locked_stage, locked_submission, submission_by_key


@command(journal=False)
def save_draft(*, submission_id: UUID, answers: Answers, draft_no: int, by: User, at: datetime) -> int:
    """Keep the answers under the application key, too long or not. Returns the number the next save must name.

    Raises `SavedByAnother` when somebody has saved something else since `draft_no`; nothing is overwritten then.
    """
    seen = submission_by_key(submission_id)
    WriteDraftPolicy(seen.stage, seen, at).check(by)
    unchanged = read_draft(seen) == answers
    sealed = seal_draft(seen, answers)
    stage = locked_stage(seen.stage_id)
    submission = locked_submission(submission_id)
    WriteDraftPolicy(stage, submission, at).check(by)
    if unchanged and submission.draft_no == seen.draft_no:
        return submission.draft_no
    if submission.draft_no != draft_no:
        raise SavedByAnother(_("Somebody has saved another text since you opened the page. Nothing is overwritten."))
    submission.draft, submission.draft_no, submission.saved_at = sealed, draft_no + 1, at
    submission.save(update_fields=["draft", "draft_no", "saved_at"])
    return submission.draft_no
