"""An organisation tells how many hours a submission took."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from suppliers.hour_bands import band_from
from suppliers.models import HoursSpent
from suppliers.policies.hours import TellHoursPolicy
from suppliers.queries.submissions import locked_stage, locked_submission, submission_by_key


@command
def tell_hours_spent(*, submission_id: UUID, lowest: int | None, by: User, at: datetime) -> None:
    """Keep the answer, instead of an earlier one; `lowest` is where its band begins, None takes the answer back.

    Journalled in the organisation's own stream, without the answer.
    """
    stage = locked_stage(submission_by_key(submission_id).stage_id)
    submission = locked_submission(submission_id)
    TellHoursPolicy(stage, submission).check(by)
    if lowest is None:
        HoursSpent.objects.filter(submission=submission).delete()
        event = "suppliers.hours_taken_back"
    else:
        band = band_from(lowest)
        if band is None:
            raise Refused(_("Choose one of the answers, or take yours back."))
        told = {"lowest": band.lowest, "below": band.below, "told_at": at, "told_by": by}
        HoursSpent.objects.update_or_create(submission=submission, defaults=told)
        event = "suppliers.hours_told"
    journal.record(event, by=by, at=at, stream=submission.organisation, about=[submission], facts={"stage": str(stage.pk)})
