"""Talking to the market before the announcement: what is asked, by whom, and the need as everybody may read it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import County, User
from tenders.models.tender import Tender


class MarketDialogue(models.Model):
    """Open until it is ended or the tender is announced; one at a time.

    The need stands here as it was last published. What the officer writes on stands on the tender, and nobody else sees it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="dialogues")
    # What Nav wonders about, in questions to the market
    purpose = models.TextField()
    contact_name = models.CharField(max_length=80)
    contact_email = models.EmailField()
    contact_phone = models.CharField(max_length=20, blank=True)
    input_until = models.DateTimeField()

    heading = models.CharField(max_length=140)
    summary = models.CharField(max_length=300, blank=True)
    need = models.TextField()
    target_group = models.TextField()
    wanted_effect = models.TextField()
    counties = models.ManyToManyField(County, blank=True, related_name="+")

    # Counted up each time the need is published anew
    version = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Why it ended without a tender; empty when it ended with the announcement
    end_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="") | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="marketdialogue_ended_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(contact_name="") & ~Q(contact_email=""),
                name="marketdialogue_says_what_and_whom_to_ask",
                violation_error_message=_("Say what you want to learn, and whom the market can contact."),
            ),
            models.UniqueConstraint(
                fields=["tender"],
                condition=Q(ended_at=None),
                name="marketdialogue_one_at_a_time",
                violation_error_message=_("This tender is in market dialogue already."),
            ),
        ]

    def __str__(self) -> str:
        return f"Dialogue of {self.tender_id}"
