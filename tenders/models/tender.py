"""A tender: a need, and the road from it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import County, Unit, User
from accounts.roles import Role
from tenders.phases import TenderPhase

# Months: the longest a framework agreement lasts without a ground of its own (anskaffelsesforskriften § 11-1)
FOUR_YEARS = 48


class Tender(models.Model):
    """One procurement. What is written here is what the public page, the documents and the letters say."""

    class Procedure(models.TextChoices):
        IDEA_COMPETITION = "idea_competition", _("Idea competition (StartOff)")
        FRAMEWORK = "framework", _("Framework agreement")
        CALL_OFF = "call_off", _("Call-off by mini-competition")

    class VatBasis(models.TextChoices):
        """Every amount of the tender is stated on this basis."""

        EXCLUDING = "excluding", _("excl. VAT")
        INCLUDING = "including", _("incl. VAT")

    class RightsRegime(models.TextChoices):
        SUPPLIER_OWNS = "supplier_owns", _("The supplier owns the solution. Nav may use it and develop it further in its own services.")
        SHARED = "shared", _("The supplier and Nav own the solution together, and both may use it freely.")
        NAV_OWNS = "nav_owns", _("Nav owns the solution. The supplier may use what it knew before, and what it has learned.")

    class Climate(models.TextChoices):
        """The climate and environment duty, anskaffelsesloven § 5b."""

        INSIGNIFICANT = "insignificant", _("No requirement, because the footprint is insignificant")
        REQUIREMENT = "requirement", _("A requirement on climate or environment")
        CRITERION = "criterion", _("A criterion on climate or environment that counts at least 30 %")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tenders")
    procedure = models.CharField(max_length=24, choices=Procedure.choices)
    # The framework agreement that a call-off is made from
    framework = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="call_offs")
    # How long a framework agreement lasts, and why when that is more than four years
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    months_ground = models.TextField(blank=True)
    phase = models.CharField(max_length=20, choices=TenderPhase.choices, default=TenderPhase.DRAFT)
    # Counted up by every save, so that a page opened before somebody else's save is noticed
    draft_no = models.PositiveIntegerField(default=0)

    name = models.CharField(max_length=80)
    heading = models.CharField(max_length=140, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    need = models.TextField(blank=True)
    target_group = models.TextField(blank=True)
    wanted_effect = models.TextField(blank=True)
    not_prescribed = models.TextField(blank=True)
    adopter = models.TextField(blank=True)
    counties = models.ManyToManyField(County, blank=True, related_name="tenders")
    case_number = models.CharField(max_length=20, blank=True)

    vat_basis = models.CharField(max_length=10, choices=VatBasis.choices, default=VatBasis.EXCLUDING)
    rights_regime = models.CharField(max_length=16, choices=RightsRegime.choices, blank=True)
    rights_text = models.TextField(blank=True)
    climate = models.CharField(max_length=16, choices=Climate.choices, blank=True)
    climate_text = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    prequalification_required = models.BooleanField(default=False)
    prequalification_ground = models.TextField(blank=True)

    questions_close_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(null=True, blank=True)
    announced_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(announced_at=None, announced_by=None) | Q(announced_at__isnull=False, announced_by__isnull=False),
                name="tender_announced_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(prequalification_required=False) | ~Q(prequalification_ground=""),
                name="tender_prequalification_needs_its_ground",
                violation_error_message=_("Say which legal ground lets you require prequalification."),
            ),
            models.CheckConstraint(
                condition=Q(months=None) | Q(months__range=(1, FOUR_YEARS)) | (Q(months__gt=FOUR_YEARS) & ~Q(months_ground="")),
                name="tender_more_than_four_years_needs_its_ground",
                violation_error_message=_("A framework agreement lasts at most 48 months, unless you say why it must last longer."),
            ),
            models.CheckConstraint(
                condition=Q(procedure="call_off", framework__isnull=False) | (~Q(procedure="call_off") & Q(framework=None)),
                name="tender_call_off_has_its_framework",
                violation_error_message=_("A call-off is made from a framework agreement, and nothing else is."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"


class Assignment(models.Model):
    """Who does what in this tender. The role itself is granted in the unit; this says for which case."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role.choices)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tender", "user", "role"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.role} in {self.tender_id}"
