"""What five or more said that a stage took is kept, for the estimates of tenders to come."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from tenders.documents import announcement_content
from tenders.models import HoursTaken, Stage
from tenders.threshold.effort import effort_of

# An estimate does not fall to nothing, whatever was said
LEAST = Decimal("0.25")


@command
def keep_hours_taken(*, stage_id: UUID, hours: int, by: User, at: datetime) -> None:
    """Keep the figure, instead of an earlier one, beside what was estimated. Journalled on the tender, without the figure."""
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit", "tender__budget").get(pk=stage_id)
    HoursTaken.objects.update_or_create(stage=stage, defaults={"hours": hours, "factor": _factor(stage, hours), "learned_at": at})
    facts = {"no": stage.no}
    journal.record("tenders.hours_learned", by=by, at=at, stream=stage.tender, about=[stage], role=Role.CLOCK, facts=facts)


def _factor(stage: Stage, hours: int) -> Decimal | None:
    """The estimate is of the stage that everybody meets. What is no text takes the hours it takes."""
    if stage.no != 1:
        return None
    effort = effort_of(announcement_content(stage.tender))
    return max(LEAST, (hours - effort.other_hours) / effort.text_hours).quantize(Decimal("0.01"))
