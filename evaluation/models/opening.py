"""Opening a stage."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from tenders.models import Stage


class OpeningPress(models.Model):
    """One of two people said «open». Counts for fifteen minutes, and only together with the other one's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="opening_presses")
    role = models.CharField(max_length=20, choices=[(Role.OFFICER.value, Role.OFFICER.label), (Role.APPROVER.value, Role.APPROVER.label)])
    pressed_at = models.DateTimeField()
    pressed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lapsed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "opening presses"
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "role"],
                condition=Q(lapsed_at=None),
                name="openingpress_one_per_role",
                violation_error_message=_("Somebody with your role has already pressed."),
            ),
            models.UniqueConstraint(
                fields=["stage", "pressed_by"],
                condition=Q(lapsed_at=None),
                name="openingpress_one_per_person",
                violation_error_message=_("You have pressed already. Another person must press too."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} opens {self.stage_id}"
