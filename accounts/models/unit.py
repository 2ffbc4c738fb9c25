"""Nav's units and counties as data, and the roles granted in them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.person import User
from accounts.roles import GRANTABLE, Role


class County(models.Model):
    """A NUTS 3 area. Nav's county units don't match the counties of 2024, so units refer to several."""

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=60)

    class Meta:
        verbose_name_plural = "counties"

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """The directorate, a county unit, a local office or a municipality; an office refers to the unit above it."""

    class Kind(models.TextChoices):
        DIRECTORATE = "directorate", _("Directorate")
        COUNTY = "county", _("County unit")
        LOCAL_OFFICE = "local_office", _("Local office")
        MUNICIPALITY = "municipality", _("Municipality")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    number = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    counties = models.ManyToManyField(County, blank=True, related_name="units")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="unit_number_once"),
            models.UniqueConstraint(fields=["name", "kind"], name="unit_name_once_per_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """Who is what, in which unit, from and to when, and who said so. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in GRANTABLE])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="role_grants")
    granted_at = models.DateTimeField()
    # The clock for the first administrator of an installation, made from the command line
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(ended_at=None),
                name="rolegrant_once_at_a_time",
                violation_error_message=_("This person already has the role in this unit."),
            ),
            models.CheckConstraint(
                condition=~Q(granted_by=F("user")),
                name="rolegrant_not_to_oneself",
                violation_error_message=_("You can't give yourself a role. Ask another administrator."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="rolegrant_ended_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.unit_id}"

    @property
    def role_name(self) -> str:
        return str(Role(self.role).label)
