"""Score sheets: one for each evaluator and submission. Missing is null, never 0."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from suppliers.models import Submission
from tenders.models import Criterion


class ScoreSheet(models.Model):
    """`total` is the sum of points times weight over 100, exact to four decimals; stored by the save that makes it whole.

    `voided_at`: the evaluator turned out to have a tie to the supplier. The sheet is kept, and counts no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="score_sheets")
    evaluator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="score_sheets")
    feedback = models.TextField(blank=True)
    total = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    # Counts saves, so that two windows do not overwrite each other
    draft_no = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "evaluator"], name="scoresheet_one_per_evaluator"),
            models.CheckConstraint(
                condition=Q(locked_at=None) | Q(total__isnull=False),
                name="scoresheet_locked_when_whole",
                violation_error_message=_("Give points on every criterion before you lock the sheet."),
            ),
        ]

    def __str__(self) -> str:
        return f"Sheet {self.pk}"


class Score(models.Model):
    """Points on one criterion, and why. The comment is for the file; it is not sent to the supplier."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(condition=Q(points=None) | Q(points__gte=0), name="score_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"Score in {self.sheet_id}"


class SheetUnlock(models.Model):
    """The owner of a locked sheet asks to change it, with a reason; another person allows it. What it said stays in `before`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="unlocks")
    reason = models.TextField()
    before = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(granted_at=None),
                name="sheetunlock_one_waiting",
                violation_error_message=_("You have asked already. Somebody else must allow it."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sheetunlock_has_a_reason", violation_error_message=_("Write why.")),
            models.CheckConstraint(
                condition=Q(granted_at=None, granted_by=None) | Q(granted_at__isnull=False, granted_by__isnull=False),
                name="sheetunlock_granted_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("asked_by")),
                name="sheetunlock_granted_by_another",
                violation_error_message=_("Somebody else must allow it."),
            ),
        ]

    def __str__(self) -> str:
        return f"Unlock of {self.sheet_id}"
