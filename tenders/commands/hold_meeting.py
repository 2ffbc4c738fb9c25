"""The officer invites to a dialogue meeting."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from tenders.meeting_plan import MeetingPlan, plan_meeting
from tenders.models import Meeting, Tender
from tenders.policies.meetings import HoldMeetingPolicy


@command
def hold_meeting(*, tender_id: UUID, plan: MeetingPlan, by: User, at: datetime) -> Meeting:
    """Make a meeting that everybody sees and can sign up for. `NotReady` when the times don't fit each other."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    HoldMeetingPolicy(tender, at).check(by)
    meeting = Meeting(tender=tender, changed_at=at, changed_by=by)
    plan_meeting(meeting, plan, tender, at=at)
    meeting.save()
    facts = {"kind": meeting.kind, "starts_at": meeting.starts_at.isoformat(), "places": meeting.places}
    journal.record("tenders.meeting_announced", by=by, at=at, stream=tender, about=[meeting], role=Role.OFFICER, facts=facts)
    return meeting
