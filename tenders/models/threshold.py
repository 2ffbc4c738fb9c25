"""What the threshold check found, and what the officer did about it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tenders.models.tender import Tender


class ThresholdFinding(models.Model):
    """A finding that was mended, or kept with a reason. It holds for the very text it judged, and no longer than that text stands.

    `rule` is a key of tenders.threshold.rules, `quote` what was judged and `judged` its SHA-256.
    """

    class Outcome(models.TextChoices):
        MENDED = "mended", _("Mended")
        KEPT = "kept", _("Kept with a reason")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="threshold_findings")
    rule = models.SlugField(max_length=30)
    judged = models.CharField(max_length=64)
    quote = models.TextField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tender", "rule", "judged"], name="thresholdfinding_once"),
            models.CheckConstraint(
                condition=(Q(outcome="kept") & ~Q(reason="")) | Q(outcome="mended", reason=""),
                name="thresholdfinding_kept_has_its_reason",
                violation_error_message=_("Write why it must stand. The reason is shown to the approver and the auditor."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} in {self.tender_id}"
