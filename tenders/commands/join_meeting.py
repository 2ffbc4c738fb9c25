"""Somebody signs up for a dialogue meeting."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import Organisation, User
from accounts.refused import Refused
from tenders.models import Meeting, SignUp, Tender
from tenders.policies.meetings import SignUpPolicy
from tenders.queries.meetings import free_seat, sign_up_of


@command
def join_meeting(*, meeting_id: UUID, organisation: Organisation | None, persons: int, by: User, at: datetime) -> SignUp:
    """Take a place, or wait in line when all are taken. One for each organisation, whoever of its people signs up.

    On the asker's own stream only: who comes is no part of the tender's journal.
    """
    Tender.objects.select_for_update(of=("self",)).get(meetings=meeting_id)
    meeting = Meeting.objects.select_related("tender__unit").get(pk=meeting_id)
    SignUpPolicy(meeting, organisation, at).check(by)
    if sign_up_of(meeting, organisation, by):
        raise Refused(_("You have signed up for this meeting already."))
    if not 1 <= persons <= SignUp.MOST_PERSONS:
        raise Refused(_("From one to three of you can come."))
    row = SignUp.objects.create(
        meeting=meeting, organisation=organisation, signed_up_by=by, signed_up_at=at, persons=persons, seat=free_seat(meeting)
    )
    journal.record("tenders.meeting_joined", by=by, at=at, stream=organisation or by, about=[meeting, meeting.tender])
    return row
