"""What five or more said that a stage took is kept, for the estimates of tenders to come."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from tenders.documents import announcement_content
from tenders.models import HoursTaken, Stage
from tenders.threshold.effort import effort_of


@command
def keep_hours_taken(*, stage_id: UUID, hours: int, by: User, at: datetime) -> None:
    """Keep the figure, instead of an earlier one, beside what was estimated. Journalled on the tender, without the figure."""
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit", "tender__budget").get(pk=stage_id)
    # The estimate is of the stage that everybody meets
    estimated = effort_of(announcement_content(stage.tender)).counted if stage.no == 1 else None
    HoursTaken.objects.update_or_create(stage=stage, defaults={"hours": hours, "estimated": estimated, "learned_at": at})
    facts = {"no": stage.no}
    journal.record("tenders.hours_learned", by=by, at=at, stream=stage.tender, about=[stage], role=Role.CLOCK, facts=facts)
