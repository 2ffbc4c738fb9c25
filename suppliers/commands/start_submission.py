"""An organisation begins on its sketch."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import Organisation, User
from accounts.roles import Role
from suppliers.models import Submission
from suppliers.policies.submission import StartSubmissionPolicy
from suppliers.queries.submissions import locked_stage
from tenders.commands.follow_tender import follow_tender
from tenders.models import Stage


@command
def start_submission(*, stage_id: UUID, organisation_id: UUID, by: User, at: datetime) -> Submission:
    """Make an empty draft for the organisation, which follows the tender from now on. Nobody at Nav learns of it."""
    seen = Stage.objects.select_related("tender").get(pk=stage_id)
    organisation = Organisation.objects.get(pk=organisation_id)
    StartSubmissionPolicy(seen, organisation, at).check(by)
    # Before the stage is locked: the follower's row holds on to the tender, which stands before the stage in the order of locks
    follow_tender(tender_id=seen.tender_id, organisation=organisation, by=by, at=at)
    stage = locked_stage(stage_id)
    StartSubmissionPolicy(stage, organisation, at).check(by)
    submission = Submission(stage=stage, organisation=organisation, started_at=at, started_by=by)
    submission.save()
    facts = {"stage": str(stage.pk)}
    journal.record("suppliers.submission_started", by=by, at=at, stream=organisation, about=[submission], role=Role.SUPPLIER, facts=facts)
    return submission
