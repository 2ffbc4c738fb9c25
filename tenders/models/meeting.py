"""Dialogue meetings: everybody sees that they are held; who signs up is known to the officer only."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from tenders.models.tender import Tender


class Meeting(models.Model):
    """One meeting. `places` is how many organisations or people can sign up; those who come after wait in line."""

    class Kind(models.TextChoices):
        OPEN = "open", _("Meeting for all")
        ONE_TO_ONE = "one_to_one", _("One organisation at a time")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sign_up_until = models.DateTimeField()
    # A room, or the address of a video meeting
    place = models.CharField(max_length=200)
    places = models.PositiveSmallIntegerField()
    agenda = models.TextField()
    # Counted up by every change, so that calendar programs take it anew
    version = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cancel_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("The meeting must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(sign_up_until__lte=F("starts_at")),
                name="meeting_sign_up_ends_before_it_starts",
                violation_error_message=_("Signing up must end before the meeting starts."),
            ),
            models.CheckConstraint(
                condition=Q(kind="open", places__gte=1, places__lte=500) | Q(kind="one_to_one", places=1),
                name="meeting_one_place_when_one_to_one",
                violation_error_message=_("A meeting with one organisation at a time has one place. A meeting for all has from 1 to 500."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")),
                name="meeting_cancelled_at_and_by_together",
                violation_error_message=_("Write why the meeting is cancelled."),
            ),
        ]

    def __str__(self) -> str:
        return f"Meeting of {self.tender_id}"


class SignUp(models.Model):
    """An organisation, or a person who acts for none, at a meeting. Without a `seat` it waits in line. Deleted when it is given up.

    The database cannot give the same seat twice; that no seat lies above the meeting's `places` is held under the tender's lock.
    """

    MOST_PERSONS = 3

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sign_ups")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Whoever signed up, and the one who comes when there is no organisation
    signed_up_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_up_at = models.DateTimeField()
    persons = models.PositiveSmallIntegerField()
    seat = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["signed_up_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                name="signup_organisation_once",
                violation_error_message=_("You have signed up for this meeting already."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "signed_up_by"],
                condition=Q(organisation=None),
                name="signup_person_once",
                violation_error_message=_("You have signed up for this meeting already."),
            ),
            models.UniqueConstraint(fields=["meeting", "seat"], name="signup_seat_once"),
            models.CheckConstraint(
                condition=Q(persons__gte=1, persons__lte=3) & (Q(seat=None) | Q(seat__gte=1)),
                name="signup_of_one_to_three_persons",
                violation_error_message=_("From one to three of you can come."),
            ),
        ]

    def __str__(self) -> str:
        return f"Sign-up for {self.meeting_id}"
