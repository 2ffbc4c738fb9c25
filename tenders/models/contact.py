"""The log of what was said to and by the market: who, when, what, and what all were told of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tenders.models.tender import Tender


class MarketContact(models.Model):
    """One line of the log. What is `shared` is public once it is published; who took part and what was said stay with the staff."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting for all")
        ONE_TO_ONE = "one_to_one", _("Talk with one")
        ADVICE = "advice", _("Advice")
        WRITTEN = "written", _("Written input")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="market_contacts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    who = models.CharField(max_length=200)
    said = models.TextField()
    # What all are told: written material word for word
    shared = models.TextField(blank=True)
    # Anskaffelsesforskriften § 8-2: whoever has given advice may compete when it is evened out
    adviser = models.CharField(max_length=120, blank=True)
    may_compete = models.BooleanField(default=False)
    remedy = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(may_compete=False, remedy="") | (Q(may_compete=True) & ~Q(adviser="") & ~Q(remedy="")),
                name="marketcontact_adviser_needs_remedy",
                violation_error_message=_("Name the adviser who may compete, and say how it is evened out."),
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | (Q(published_at__isnull=False, published_by__isnull=False) & ~Q(shared="")),
                name="marketcontact_published_at_and_by_together",
                violation_error_message=_("Write what all are told before you publish it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.tender_id}"
