"""What the threshold check found, and what the officer did about it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class EffortFigures(models.Model):
    """Own figures of this tender for what it costs to take part, all with their source or none: then the usual ones count.

    Kroner for an hour of work, words written in an hour, and how many may take part. The factor is what earlier tenders taught when
    this one was begun, and of how many: hours taken for each that was estimated.
    """

    effort_hourly = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    effort_words = models.PositiveIntegerField(null=True, blank=True)
    effort_expected = models.PositiveIntegerField(null=True, blank=True)
    effort_source = models.TextField(blank=True)
    effort_factor = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    effort_tenders = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        abstract = True


EFFORT_CONSTRAINTS = [
    models.CheckConstraint(
        condition=Q(effort_hourly=None, effort_words=None, effort_expected=None, effort_source="")
        | (
            Q(effort_hourly__isnull=False, effort_words__isnull=False, effort_expected__isnull=False)
            & Q(effort_hourly__gt=0, effort_words__gt=0, effort_expected__gt=0)
            & ~Q(effort_source="")
        ),
        name="tender_effort_figures_together",
        violation_error_message=_("Write all the figures and where they come from, or use the usual ones."),
    ),
    models.CheckConstraint(
        condition=Q(effort_factor=None, effort_tenders=None)
        | Q(effort_factor__isnull=False, effort_factor__gt=0, effort_tenders__isnull=False, effort_tenders__gt=0),
        name="tender_effort_factor_has_its_tenders",
    ),
]


class ThresholdFinding(models.Model):
    """A finding that was mended, or kept with a reason. It holds for the very text it judged, and no longer than that text stands.

    `rule` is a key of tenders.threshold.rules, `quote` what was judged and `judged` its SHA-256.
    """

    class Outcome(models.TextChoices):
        MENDED = "mended", _("Mended")
        KEPT = "kept", _("Kept with a reason")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey("tenders.Tender", on_delete=models.PROTECT, related_name="threshold_findings")
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
