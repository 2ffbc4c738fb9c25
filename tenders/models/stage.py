"""A stage: what is handed in by when, how it is judged, how many go on, and what each of them is paid."""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenders.models.tender import Tender
from tenders.phases import StagePhase
from tenders.price_formula import PriceFormula

OPENING_WAIT = timedelta(seconds=60)


class Stage(models.Model):
    """Open iff `opens_at <= at < closes_at`. Dates are null until they are set: stage 2's when stage 1 is settled."""

    class Entry(models.TextChoices):
        OPEN = "open", _("Open to all")
        INVITED = "invited", _("By invitation")

    class State(models.TextChoices):
        """Derived: what the clock and the phase say together."""

        PLANNED = "planned", _("Planned")
        WAITING = "waiting", _("Opens soon")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        OPENED = "opened", _("Opened")
        SCORED = "scored", _("Scored")
        PROPOSED = "proposed", _("Selection proposed")
        APPROVED = "approved", _("Selection approved")
        SETTLED = "settled", _("Settled")
        UNSELECTED = "unselected", _("Closed without selection")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="stages")
    no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    delivers = models.TextField(blank=True)
    entry = models.CharField(max_length=8, choices=Entry.choices, default=Entry.OPEN)
    phase = models.CharField(max_length=12, choices=StagePhase.choices, default=StagePhase.PLANNED)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    # For a stage by invitation: at least so many weeks are given, which is announced with the tender
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    selects = models.PositiveSmallIntegerField()
    pays_each = models.DecimalField(max_digits=12, decimal_places=2)
    blind = models.BooleanField(default=True)
    standstill_days = models.PositiveSmallIntegerField(default=10)
    max_files = models.PositiveSmallIntegerField(default=2)
    deadline_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["tender", "no"], name="stage_no_once"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="stage_closes_after_it_opens",
                violation_error_message=_("The deadline must be after the day the stage opens."),
            ),
            models.CheckConstraint(
                condition=Q(selects__gte=1, pays_each__gte=0),
                name="stage_selects_and_pays",
                violation_error_message=_("A stage selects at least one, and never pays less than nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tender_id} stage {self.no}"

    @property
    def pays_in_all(self) -> Decimal:
        """Kroner, on the tender's VAT basis."""
        return self.selects * self.pays_each

    @property
    def price_criterion(self) -> "Criterion | None":
        """How price counts in this stage; None where it does not. With it, `pays_each` is the most that may be offered."""
        return next((criterion for criterion in self.criteria.all() if criterion.kind == Criterion.Kind.PRICE), None)

    @property
    def may_be_opened_from(self) -> datetime | None:
        """Requests end at 50 seconds and statements at 15, so nothing is under way a minute after the deadline."""
        return self.closes_at + OPENING_WAIT if self.closes_at else None

    @property
    def sealed(self) -> bool:
        """Nobody at the buyer may know who handed in, or how many, before the stage is opened."""
        return self.opened_at is None

    def state_at(self, at: datetime) -> "Stage.State":
        if self.phase not in {StagePhase.PLANNED, StagePhase.ANNOUNCED}:
            return Stage.State(self.phase)
        if self.phase == StagePhase.PLANNED or self.opens_at is None or self.closes_at is None:
            return Stage.State.PLANNED
        if at < self.opens_at:
            return Stage.State.WAITING
        return Stage.State.OPEN if at < self.closes_at else Stage.State.CLOSED

    def is_open_at(self, at: datetime) -> bool:
        return self.state_at(at) == Stage.State.OPEN


class StageField(models.Model):
    """One titled question of what is handed in, with its limit in words."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="fields")
    no = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=30)
    label = models.CharField(max_length=140)
    hint = models.CharField(max_length=200, blank=True)
    max_words = models.PositiveSmallIntegerField()
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "key"], name="stagefield_key_once"),
            models.UniqueConstraint(fields=["stage", "no"], name="stagefield_no_once"),
        ]

    def __str__(self) -> str:
        return f"{self.no}. {self.label}"


class Criterion(models.Model):
    """What a submission is judged by, with a weight in per cent: described levels, or its price by an announced formula."""

    class Kind(models.TextChoices):
        LEVELS = "levels", _("Described levels")
        PRICE = "price", _("Price, by a formula")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="criteria")
    no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    question = models.CharField(max_length=240)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.LEVELS)
    formula = models.CharField(max_length=12, choices=PriceFormula.choices, blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    scale_max = models.PositiveSmallIntegerField(default=10)
    # Counts as the criterion on climate and environment
    climate = models.BooleanField(default=False)

    class Meta:
        ordering = ["no"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["stage", "no"], name="criterion_no_once"),
            models.UniqueConstraint(
                fields=["stage"],
                condition=Q(kind="price"),
                name="criterion_one_price_per_stage",
                violation_error_message=_("Price counts in this stage already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="levels", formula="") | Q(kind="price", formula__in=PriceFormula.values),
                name="criterion_price_has_its_formula",
                violation_error_message=_("Choose how price gives points."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100),
                name="criterion_weight_between_0_and_100",
                violation_error_message=_("A weight is above 0 and at most 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CriterionLevel(models.Model):
    """What a submission must show to get points from `lowest` to `highest`."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="levels")
    lowest = models.PositiveSmallIntegerField()
    highest = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["-lowest"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "lowest"], name="criterionlevel_lowest_once"),
            models.CheckConstraint(condition=Q(highest__gte=F("lowest")), name="criterionlevel_highest_not_below_lowest"),
        ]

    def __str__(self) -> str:
        return f"{self.lowest}-{self.highest} {self.name}"


class StageKey(models.Model):
    """The key a stage is sealed to. The private half is wrapped, and destroyed when the stage is opened."""

    class Wrapping(models.TextChoices):
        SERVER = "server", _("The server, with a key from its environment")

    stage = models.OneToOneField(Stage, on_delete=models.PROTECT, related_name="key")
    key_id = models.CharField(max_length=16)
    public = models.BinaryField()
    wrapping = models.CharField(max_length=8, choices=Wrapping.choices)
    wrapped_private = models.BinaryField(blank=True, default=b"")
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(wrapped_private=b""),
                name="stagekey_destroyed_means_gone",
            )
        ]

    def __str__(self) -> str:
        return self.key_id
