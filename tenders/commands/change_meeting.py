"""The officer changes a meeting, and all who have signed up are told."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from letters.commands.send_notices import send_notices
from tenders.meeting_notices import notices_about
from tenders.meeting_plan import MeetingPlan, plan_meeting
from tenders.models import Meeting, SignUp, Tender
from tenders.policies.meetings import ChangeMeetingPolicy, HoldMeetingPolicy
from tenders.queries.meetings import free_seat, next_in_line, sign_ups_of

TITLE = gettext_noop("A meeting about «%(name)s» has been changed")
TEXT = gettext_noop(
    "The meeting is now %(start)s to %(end)s.\nWhere: %(place)s\n\nIf it does not suit you, give your place back on the page."
)


@command
def change_meeting(*, meeting_id: UUID, plan: MeetingPlan, by: User, at: datetime) -> Meeting:
    """Change it and tell all who have signed up. Nobody loses a place: with fewer places than are taken it is refused."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(meetings=meeting_id)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("tender__unit").get(pk=meeting_id)
    HoldMeetingPolicy(tender, at).check(by)
    ChangeMeetingPolicy(meeting, at).check(by)
    plan_meeting(meeting, plan, tender, at=at)
    if SignUp.objects.filter(meeting=meeting, seat__isnull=False).count() > meeting.places:
        raise Refused(_("More have a place than that. Keep at least as many places as are taken."))
    meeting.version += 1
    meeting.changed_at, meeting.changed_by = at, by
    meeting.save()
    _seat_anew(meeting)
    notices = notices_about(meeting, sign_ups_of(meeting), TITLE, TEXT)
    send_notices(kind="meeting_changed", about=meeting, stream=tender, notices=notices, by=by, at=at)
    facts = {"starts_at": meeting.starts_at.isoformat(), "places": meeting.places, "version": meeting.version}
    journal.record("tenders.meeting_changed", by=by, at=at, stream=tender, about=[meeting], role=Role.OFFICER, facts=facts)
    return meeting


def _seat_anew(meeting: Meeting) -> None:
    """Seats from 1 up without holes, and then those who wait as far as there is room."""
    seated = list(SignUp.objects.filter(meeting=meeting, seat__isnull=False).order_by("seat"))
    for seat, row in enumerate(seated, start=1):
        row.seat = seat
        row.save(update_fields=["seat"])
    while (waiting := next_in_line(meeting)) and (free := free_seat(meeting)):
        waiting.seat = free
        waiting.save(update_fields=["seat"])
