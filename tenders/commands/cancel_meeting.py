"""The officer cancels a meeting, and all who have signed up are told why."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.words import clean_text
from letters.commands.send_notices import send_notices
from tenders.meeting_notices import notices_about
from tenders.models import Meeting, Tender
from tenders.policies.meetings import ChangeMeetingPolicy
from tenders.queries.meetings import sign_ups_of

TITLE = gettext_noop("A meeting about «%(name)s» has been cancelled")
TEXT = gettext_noop("The meeting %(start)s has been cancelled. The reason:\n%(reason)s")
TEXT_ENDED = gettext_noop("The market dialogue about «%(name)s» has ended, so the meeting %(start)s is cancelled. The reason:\n%(reason)s")


@command
def cancel_meeting(*, meeting_id: UUID, reason: str, dialogue_ends: bool = False, by: User, at: datetime) -> None:
    """Cancel it with a reason that everybody reads. It stays on the page as cancelled. `dialogue_ends`: it goes with the dialogue."""
    tender = Tender.objects.select_for_update(of=("self",)).get(meetings=meeting_id)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("tender__unit").get(pk=meeting_id)
    ChangeMeetingPolicy(meeting, at).check(by)
    reason = clean_text(reason).strip()
    if not reason:
        raise Refused(_("Write why the meeting is cancelled."))
    meeting.cancelled_at, meeting.cancelled_by, meeting.cancel_reason = at, by, reason
    meeting.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    notices = notices_about(meeting, sign_ups_of(meeting), TITLE, TEXT_ENDED if dialogue_ends else TEXT)
    send_notices(kind="meeting_cancelled", about=meeting, stream=tender, notices=notices, by=by, at=at)
    journal.record("tenders.meeting_cancelled", by=by, at=at, stream=tender, about=[meeting], role=Role.OFFICER, reason=reason)
