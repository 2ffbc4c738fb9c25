"""What was amended after the announcement: a numbered version, with what stood before and what stands now."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tenders.models.decision import Approval
from tenders.models.stage import Stage
from tenders.models.tender import Tender


class Amendment(models.Model):
    """Announced by two people, in force from `announced_at`; never changed afterwards. The announcement itself is version 0.

    `changes` is a list of field, before and after; `content` is the whole announcement as it stands after it.
    `stage` is the one that took submissions: its deadline may move, and what was handed in to it may need to be confirmed.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        DEADLINE = "deadline", _("Longer deadline")
        FAILURE = "failure", _("Technical failure")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="amendments")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="amendments")
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="amendment")
    no = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # Everybody reads it
    reason = models.TextField()
    # May matter to what is handed in: what was handed in before is asked to be confirmed
    material = models.BooleanField()
    # Why a late and material amendment came without a longer deadline, in the approver's words. Everybody reads it
    deadline_reason = models.TextField(blank=True)
    failed_from = models.DateTimeField(null=True, blank=True)
    failed_until = models.DateTimeField(null=True, blank=True)
    changes = models.JSONField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "no"], name="amendment_no_once"),
            models.CheckConstraint(condition=Q(no__gte=1), name="amendment_no_from_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_its_reason"),
            models.CheckConstraint(
                condition=Q(kind="failure", failed_from__isnull=False, failed_until__gt=F("failed_from"))
                | (~Q(kind="failure") & Q(failed_from=None, failed_until=None)),
                name="amendment_failure_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Amendment {self.no} of {self.tender_id}"
