"""Dialogue meetings and those who have signed up, as sentences."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts import wording
from accounts.models import Organisation, User
from accounts.roles import Role
from accounts.work import Waiting
from tenders.models import Meeting, SignUp, Tender
from tenders.queries.market import dialogue_url
from tenders.queries.visibility import is_assigned


def meetings_of(tender: Tender) -> QuerySet[Meeting]:
    """All that everybody sees, the first one on top; cancelled ones too."""
    return Meeting.objects.filter(tender=tender).order_by("starts_at", "pk")


def places_taken(tender: Tender) -> Counter[UUID]:
    """How many have a place at each of its meetings."""
    return Counter(SignUp.objects.filter(meeting__tender=tender, seat__isnull=False).values_list("meeting_id", flat=True))


def held_meetings(tenders: Iterable[Tender]) -> QuerySet[Meeting]:
    """Those of several tenders that are not cancelled, for calendars."""
    return (
        Meeting.objects.filter(tender__in=[tender.pk for tender in tenders], cancelled_at=None)
        .select_related("tender")
        .order_by("starts_at")
    )


def coming_meetings(tender: Tender, *, at: datetime) -> QuerySet[Meeting]:
    return meetings_of(tender).filter(cancelled_at=None, starts_at__gt=at)


def sign_ups_of(meeting: Meeting) -> QuerySet[SignUp]:
    """Those who have a place first, then those who wait, in the order they came. For the officer, who runs the meeting."""
    rows = SignUp.objects.filter(meeting=meeting).select_related("organisation", "signed_up_by")
    return rows.order_by(Case(When(seat=None, then=1), default=0), "signed_up_at", "pk")


def sign_ups_seen_by(user: User, meeting: Meeting, *, at: datetime) -> QuerySet[SignUp]:
    """Only the tender's officer sees who comes; nobody else at Nav, and nobody outside."""
    seen = sign_ups_of(meeting)
    return seen if is_assigned(user, meeting.tender, Role.OFFICER, at=at) else seen.none()


def own_sign_ups(user: User | AnonymousUser, tender: Tender) -> QuerySet[SignUp]:
    """The person's own, and those of the organisations they act for."""
    if not isinstance(user, User):
        return SignUp.objects.none()
    return SignUp.objects.filter(_of(user), meeting__tender=tender).select_related("organisation", "meeting").order_by("signed_up_at", "pk")


def _of(user: User) -> Q:
    return Q(organisation=None, signed_up_by=user) | Q(organisation__in=people.own_organisations(user))


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """Meetings to come that the person, or an organisation they act for, has signed up for. Only to know."""
    coming = SignUp.objects.filter(_of(user), meeting__cancelled_at=None, meeting__ends_at__gt=at)
    rows = coming.select_related("organisation", "meeting__tender").order_by("meeting__starts_at", "pk")
    return [_to_attend(row, row.meeting) for row in rows]


def _to_attend(row: SignUp, meeting: Meeting) -> Waiting:
    place = _("You have a place. Where: %(place)s.") if row.seat else _("You are in line for a place. We write to you if you get one.")
    return Waiting(
        title=_("Meeting %(start)s") % {"start": wording.moment(meeting.starts_at)},
        case=f"{meeting.tender.name} · {meeting.tender.reference}",
        case_url=dialogue_url(meeting.tender),
        why=" ".join(part for part in (f"{row.organisation.name}." if row.organisation else "", place % {"place": meeting.place}) if part),
        button=_("See your sign-up"),
        url=reverse("tenders:join_meeting", args=[meeting.tender.reference, meeting.pk]),
        due_at=meeting.starts_at,
        only_to_know=True,
    )


def sign_up_of(meeting: Meeting, organisation: Organisation | None, user: User) -> SignUp | None:
    """The row of the organisation, or of the person when there is none."""
    rows = SignUp.objects.filter(meeting=meeting, organisation=organisation)
    return (rows if organisation else rows.filter(signed_up_by=user)).first()


def free_seat(meeting: Meeting) -> int | None:
    """The lowest seat that nobody has; None when the meeting is full. Asked under the tender's lock."""
    taken = set(SignUp.objects.filter(meeting=meeting, seat__isnull=False).values_list("seat", flat=True))
    return next((seat for seat in range(1, meeting.places + 1) if seat not in taken), None)


def next_in_line(meeting: Meeting) -> SignUp | None:
    return sign_ups_of(meeting).filter(seat=None).first()
