"""A tender: a need, and the road from it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import County, Unit, User
from accounts.roles import Role
from tenders.models.threshold import EFFORT_CONSTRAINTS, EffortFigures
from tenders.models.value import VALUE_CONSTRAINTS, ValueAndLaw
from tenders.phases import TenderPhase

# Months: the longest a framework agreement lasts without a ground of its own (anskaffelsesforskriften § 11-1)
FOUR_YEARS = 48


class Tender(EffortFigures, ValueAndLaw):
    """One procurement. What is written here is what the public page, the documents and the letters say."""

    class Procedure(models.TextChoices):
        IDEA_COMPETITION = "idea_competition", _("Idea competition (StartOff)")
        SMALL_TENDER = "small_tender", _("Small tender")
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
        CRITICAL = "critical", _("No requirement, because of vital interests of health, safety or preparedness")
        NATIONAL_MINIMUM = "national_minimum", _("No requirement of our own, because the law sets a minimum for the footprint")

        @property
        def eforms_code(self) -> str:
            """The code of the list award-criterion-type in the Norwegian eForms."""
            codes = {"criterion": "criteria", "requirement": "spec", "critical": "exempt-critical-interest"}
            return f"quality-nor-env-{codes.get(self.value) or 'exempt-' + self.value.replace('_', '-')}"

    class Clause(models.TextChoices):
        """What the agreement demands for the sake of society; a breach must have a sanction, anskaffelsesloven § 5p."""

        WAGES = "wages", _("Wages and working conditions (§ 5e)")
        APPRENTICES = "apprentices", _("Apprentices (§ 5h)")
        HUMAN_RIGHTS = "human_rights", _("Human rights (§ 5m)")
        UNIVERSAL_DESIGN = "universal_design", _("Universal design (§ 5n)")

    class Reservation(models.TextChoices):
        """Who may take part, anskaffelsesforskriften."""

        OPEN = "open", _("All enterprises")
        INTEGRATION = (
            "integration",
            _("Enterprises for work integration, where at least 30 % of the staff are disabled or disadvantaged (§ 8-8)"),
        )
        THREE_YEARS = "three_years", _("Organisations that § 30-2 names, for a contract of at most three years")
        NON_PROFIT = "non_profit", _("Non-profit organisations (§ 30-2a)")

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
    known = models.TextField(blank=True)
    target_group = models.TextField(blank=True)
    who_counts = models.TextField(blank=True)
    wanted_effect = models.TextField(blank=True)
    not_prescribed = models.TextField(blank=True)
    # The road into use: who, from which budget, for how many, and when at the earliest
    adopter = models.TextField(blank=True)
    adoption_budget = models.TextField(blank=True)
    places = models.PositiveIntegerField(null=True, blank=True)
    places_unknown = models.TextField(blank=True)
    adoption_from = models.CharField(max_length=80, blank=True)
    # No county means anywhere in the country
    counties = models.ManyToManyField(County, blank=True, related_name="tenders")
    tried_at = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    case_number = models.CharField(max_length=20, blank=True)

    vat_basis = models.CharField(max_length=10, choices=VatBasis.choices, default=VatBasis.EXCLUDING)
    rights_regime = models.CharField(max_length=16, choices=RightsRegime.choices, blank=True)
    rights_text = models.TextField(blank=True)
    climate = models.CharField(max_length=16, choices=Climate.choices, blank=True)
    climate_text = models.TextField(blank=True)
    contract_text = models.TextField(blank=True)
    clauses = models.JSONField(default=list, blank=True)
    sanctions_text = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    prequalification_required = models.BooleanField(default=False)
    prequalification_ground = models.TextField(blank=True)
    reservation = models.CharField(max_length=12, choices=Reservation.choices, default=Reservation.OPEN)
    reservation_ground = models.TextField(blank=True)

    questions_close_at = models.DateTimeField(null=True, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Why a draft lies aside, while it does
    shelved_at = models.DateTimeField(null=True, blank=True)
    shelved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shelved_reason = models.TextField(blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    announced_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            *VALUE_CONSTRAINTS,
            *EFFORT_CONSTRAINTS,
            models.CheckConstraint(
                condition=Q(announced_at=None, announced_by=None) | Q(announced_at__isnull=False, announced_by__isnull=False),
                name="tender_announced_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(shelved_at=None, shelved_by=None, shelved_reason="")
                | (Q(shelved_at__isnull=False, shelved_by__isnull=False) & ~Q(shelved_reason="")),
                name="tender_shelved_at_and_by_together",
                violation_error_message=_("Write why."),
            ),
            models.CheckConstraint(
                condition=Q(places=None) | Q(places__gte=1, places_unknown=""),
                name="tender_places_or_why_not",
                violation_error_message=_("Give a number of at least 1, or say why it is not known. Not both."),
            ),
            models.CheckConstraint(
                condition=Q(prequalification_required=False) | ~Q(prequalification_ground=""),
                name="tender_prequalification_needs_its_ground",
                violation_error_message=_("Say which legal ground lets you require prequalification."),
            ),
            models.CheckConstraint(
                condition=Q(reservation="open") | ~Q(reservation_ground=""),
                name="tender_reservation_needs_its_ground",
                violation_error_message=_("Say why the tender is reserved. The ground is announced."),
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

    @property
    def has_clauses(self) -> bool:
        """Whether the agreement demands something for the sake of society, a requirement on climate included."""
        return bool(self.clauses) or self.climate == Tender.Climate.REQUIREMENT

    @property
    def takes_offers(self) -> bool:
        """Offers are handed in; in an idea competition it is sketches."""
        return self.procedure != Tender.Procedure.IDEA_COMPETITION

    @property
    def reserved(self) -> bool:
        return self.reservation != Tender.Reservation.OPEN


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
