"""Firms and associations, and who acts for them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language
from accounts.models.person import User


class Organisation(models.Model):
    """One organisation number, one row."""

    class KnownFrom(models.TextChoices):
        TYPED = "typed", _("Written by the one who registered it")
        REGISTER = "register", _("The register of business enterprises")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=160)
    form = models.CharField(max_length=8)
    address = models.CharField(max_length=240, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.NB)
    known_from = models.CharField(max_length=8, choices=KnownFrom.choices, default=KnownFrom.TYPED)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="registered_organisations")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person acts for an organisation: a representative hands in, a contributor writes."""

    class Part(models.TextChoices):
        REPRESENTATIVE = "representative", _("Representative")
        CONTRIBUTOR = "contributor", _("Contributor")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    part = models.CharField(max_length=16, choices=Part.choices)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(ended_at=None),
                name="membership_once_at_a_time",
                violation_error_message=_("You are already a member of this organisation."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_ended_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}"
