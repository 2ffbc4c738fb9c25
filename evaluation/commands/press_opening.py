"""One of two people says «open»."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from evaluation import queries
from evaluation.commands.open_stage import open_stage
from evaluation.models import OpeningPress
from evaluation.policies.opening import PressOpeningPolicy
from tenders.models import Stage, Tender


@command
def press_opening(*, stage_id: UUID, by: User, at: datetime) -> bool:
    """Press for the opening; True when the other one had pressed and the stage is now open.

    From a minute after the deadline. A press counts for fifteen minutes and must then be made again. Refused for everybody
    but the officer and the approver of the tender, and for the same person or role twice.
    """
    tender = Tender.objects.select_for_update(of=("self",)).get(stages=stage_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    stage.tender = tender
    presses = list(queries.standing_presses(stage, at=at))
    role = PressOpeningPolicy(stage, presses, at).role_of(by)
    _lapse(stage, by=by, at=at)
    press = OpeningPress.objects.create(stage=stage, role=role, pressed_at=at, pressed_by=by)
    if presses:
        open_stage(stage_id=stage_id, by=by, at=at)
        return True
    facts = {"stage": stage.no}
    journal.record("evaluation.opening_pressed", by=by, at=at, stream=tender, about=[stage, press], role=role.value, facts=facts)
    return False


def _lapse(stage: Stage, *, by: User, at: datetime) -> None:
    """Presses whose time is over make room for new ones."""
    over = list(queries.presses_run_out(stage, at=at))
    if over:
        OpeningPress.objects.filter(pk__in=[press.pk for press in over]).update(lapsed_at=at)
        about = [stage, *over]
        journal.record("evaluation.opening_press_lapsed", by=by, at=at, stream=stage.tender, about=about, facts={"stage": stage.no})
