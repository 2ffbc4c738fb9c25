"""Questions answered to everybody at once, and those who follow."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from tenders.models.tender import Tender


class Question(models.Model):
    """Asked by one, answered to all. Who asked is shown to nobody, the buyer included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_at = models.DateTimeField()
    # Asked after the cut-off: kept, and no answer promised
    late = models.BooleanField(default=False)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="question_answered_at_and_by_together",
                violation_error_message=_("Write an answer."),
            )
        ]

    def __str__(self) -> str:
        return f"Question in {self.tender_id}"


class Follower(models.Model):
    """An organisation or a person who is told about changes. Never shown or counted to the buyer before opening."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="followers")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, user=None) | Q(organisation=None, user__isnull=False),
                name="follower_is_one_of_the_two",
            ),
            models.UniqueConstraint(fields=["tender", "organisation"], name="follower_organisation_once"),
            models.UniqueConstraint(fields=["tender", "user"], name="follower_user_once"),
        ]

    def __str__(self) -> str:
        return f"Follower of {self.tender_id}"
