"""Dialogue meetings and those who have signed up, as sentences."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Q, QuerySet, When

from accounts import queries as people
from accounts.models import Organisation, User
from accounts.roles import Role
from tenders.models import Meeting, SignUp, Tender
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
    mine = Q(organisation=None, signed_up_by=user) | Q(organisation__in=people.own_organisations(user))
    return SignUp.objects.filter(mine, meeting__tender=tender).select_related("organisation", "meeting").order_by("signed_up_at", "pk")


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
