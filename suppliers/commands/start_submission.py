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


@command
def start_submission(*, stage_id: UUID, organisation_id: UUID, by: User, at: datetime) -> Submission:
    """Make an empty draft for the organisation, which follows the tender from now on. Nobody at Nav learns of it."""
    stage = locked_stage(stage_id)
    organisation = Organisation.objects.get(pk=organisation_id)
    StartSubmissionPolicy(stage, organisation, at).check(by)
    submission = Submission(stage=stage, organisation=organisation, started_at=at, started_by=by)
    submission.save()
    follow_tender(tender_id=stage.tender_id, organisation=organisation, by=by, at=at)
    facts = {"stage": str(stage.pk)}
    journal.record(
        "suppliers.submission_started", by=by, at=at, stream=organisation, about=[submission], role=Role.SUPPLIER, facts=facts
    )
    return submission
