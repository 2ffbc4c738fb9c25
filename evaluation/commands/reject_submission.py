"""The officer rejects what was handed in: it is not judged."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from evaluation import queries
from evaluation.models import FormalCheck
from evaluation.policies.checks import RejectSubmissionPolicy
from tenders.models import Stage


@command
def reject_submission(*, submission_id: UUID, ground: str, reason: str, heard: str = "", by: User, at: datetime) -> FormalCheck:
    """Reject with one of the grounds in `evaluation/rejection_grounds.py` and a reason that the supplier reads in the letter.

    `heard` says when and how the supplier was heard; some grounds demand it (anskaffelsesforskriften § 9-5). One that was
    let in can be rejected until the scoring is closed. The tender's chain says only that a check was made.
    """
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit").get(submissions=submission_id)
    RejectSubmissionPolicy(stage, submission_id, ground, reason, heard, at).check(by)
    submission = queries.opened_submissions(stage).get(pk=submission_id)
    said = {"admitted": False, "ground": ground, "reason": reason.strip(), "heard": heard.strip()}
    check, _new = FormalCheck.objects.update_or_create(submission=submission, defaults={**said, "checked_at": at, "checked_by": by})
    facts = {"stage": stage.no}
    own = journal.Line(
        "evaluation.submission_rejected", submission.organisation, [submission], Role.OFFICER, reason.strip(), facts | {"ground": ground}
    )
    shared = journal.Line("evaluation.formal_check_made", stage.tender, [stage], Role.OFFICER, facts=facts)
    journal.record_many([own, shared], by=by, at=at)
    return check
