"""What a meeting is to be, and what is wrong with it. Pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.refused import Refused
from accounts.words import clean_text
from tenders.models import Meeting, Tender
from tenders.phases import TenderPhase
from tenders.readiness import Missing, NotReady


@dataclass(frozen=True)
class MeetingPlan:
    """The fields of a meeting as the officer gives them."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    sign_up_until: datetime
    place: str
    places: int
    agenda: str


def plan_meeting(meeting: Meeting, plan: MeetingPlan, tender: Tender, *, at: datetime) -> None:
    """Put the plan on `meeting`; the caller saves. `NotReady` with all that is wrong."""
    if missing := list(_missing_in(plan, tender, at)):
        raise NotReady(missing)
    cleaned = replace(plan, place=clean_text(plan.place).strip(), agenda=clean_text(plan.agenda).strip())
    if not (cleaned.place and cleaned.agenda):
        raise Refused(_("Say where the meeting is and what it is about."))
    values: dict[str, Any] = asdict(cleaned)
    for name, value in values.items():
        setattr(meeting, name, value)


def _missing_in(plan: MeetingPlan, tender: Tender, at: datetime) -> Iterator[Missing]:
    if plan.starts_at <= at:
        yield Missing("meeting", "starts_at", _("The time has passed. Choose a later one."))
    if plan.ends_at <= plan.starts_at:
        yield Missing("meeting", "ends_at", _("The meeting must end after it starts."))
    if plan.sign_up_until > plan.starts_at:
        yield Missing("meeting", "sign_up_until", _("Signing up must end before the meeting starts."))
    elif plan.sign_up_until <= at:
        yield Missing("meeting", "sign_up_until", _("The time has passed. Choose a later one."))
    if plan.kind == Meeting.Kind.ONE_TO_ONE and plan.places != 1:
        yield Missing("meeting", "places", _("One organisation at a time means one place. Make one meeting for each slot."))
    cut_off = tender.questions_close_at if tender.phase == TenderPhase.ANNOUNCED else None
    if cut_off and plan.ends_at > cut_off:
        yield Missing("meeting", "ends_at", _("The meeting must end before the time for questions does, so that all get time to use it."))
