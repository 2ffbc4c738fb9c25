"""Two people: one proposes, another approves."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tenders.models.tender import Tender


class Approval(models.Model):
    """What was put before the approver, word for word, and what the approver said."""

    class What(models.TextChoices):
        ANNOUNCEMENT = "announcement", _("The announcement")
        PANEL = "panel", _("The panel")
        SETTLEMENT = "settlement", _("The end of the stage")
        CLOSING = "closing", _("Closing without selection")
        CANCELLATION = "cancellation", _("Cancelling the tender")
        AMENDMENT = "amendment", _("An amendment")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="approvals")
    what = models.CharField(max_length=20, choices=What.choices)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    return_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="approval_by_another_person",
                violation_error_message=_("Someone else must approve your proposal."),
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None) | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="approval_approved_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None) | Q(returned_at__isnull=False, returned_by__isnull=False),
                name="approval_returned_at_and_by_together",
            ),
            models.CheckConstraint(condition=Q(approved_at=None) | Q(returned_at=None), name="approval_approved_or_returned"),
            models.UniqueConstraint(
                fields=["tender", "what"],
                condition=Q(approved_at=None, returned_at=None),
                name="approval_one_waiting_at_a_time",
                violation_error_message=_("This is already waiting for approval."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.tender_id}"
