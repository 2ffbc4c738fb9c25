"""A stage is announced: it has its dates and its key, and takes submissions from the day it opens."""

from datetime import date, datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from tenders.models import Stage, Tender
from tenders.phases import STAGE_STEPS, StagePhase
from tenders.stage_keys import new_stage_key


@command
def announce_stage(*, stage_id: UUID, opens_at: datetime, closes_at: datetime, answer_by: date | None, by: User, at: datetime) -> None:
    """Give a planned stage its dates and its key.

    Called inside the command that decides it, under the tender's lock: the announcement for the first stage, the end of the
    stage before for one that is entered by invitation. Who may, and whether the dates are right, is decided there.
    """
    key = new_stage_key(stage_id, at=at)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    tender = Tender.objects.get(pk=stage.tender_id)
    key.save()
    take_step(
        stage,
        StagePhase.ANNOUNCED,
        steps=STAGE_STEPS,
        event="tenders.stage_announced",
        by=by,
        at=at,
        stream=tender,
        about=[tender],
        facts={"key": key.key_id},
        opens_at=opens_at,
        closes_at=closes_at,
        answer_by=answer_by,
    )
