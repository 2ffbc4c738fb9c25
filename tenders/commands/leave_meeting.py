"""Somebody gives a place at a meeting back, and the next in line gets it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts import journal
from accounts.command import command
from accounts.models import Organisation, User
from accounts.refused import Refused
from letters.commands.send_notices import send_notices
from tenders.meeting_notices import notices_about
from tenders.models import Meeting, Tender
from tenders.policies.meetings import LeaveMeetingPolicy
from tenders.queries.meetings import next_in_line, sign_up_of

TITLE = gettext_noop("You have a place at the meeting about «%(name)s»")
TEXT = gettext_noop(
    "Somebody gave a place back, and you were next in line.\nWhen: %(start)s to %(end)s\nWhere: %(place)s\n\n"
    "If you can't come, give the place back on the page."
)


@command
def leave_meeting(*, meeting_id: UUID, organisation: Organisation | None, by: User, at: datetime) -> None:
    """Give the place back. The sign-up is deleted; the next in line gets the same seat and is told."""
    Tender.objects.select_for_update(of=("self",)).get(meetings=meeting_id)
    meeting = Meeting.objects.select_related("tender").get(pk=meeting_id)
    LeaveMeetingPolicy(meeting, organisation, at).check(by)
    row = sign_up_of(meeting, organisation, by)
    if row is None:
        raise Refused(_("You have not signed up for this meeting."))
    seat = row.seat
    row.delete()
    journal.record("tenders.meeting_left", by=by, at=at, stream=organisation or by, about=[meeting, meeting.tender])
    waiting = next_in_line(meeting)
    if seat and waiting and seat <= meeting.places and meeting.cancelled_at is None:
        waiting.seat = seat
        waiting.save(update_fields=["seat"])
        notices = notices_about(meeting, [waiting], TITLE, TEXT)
        send_notices(
            kind="meeting_place",
            about=meeting,
            stream=waiting.organisation or waiting.signed_up_by,
            notices=notices,
            by=User.clock(),
            at=at,
        )
