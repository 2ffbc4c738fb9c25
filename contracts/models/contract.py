"""What was agreed with one who was selected, and the parts it is delivered in."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from contracts.phases import ContractPhase
from suppliers.models import Submission
from tenders.models import Stage, Tender


def together(table: str, *stems: str) -> list[models.CheckConstraint]:
    """`_at` and `_by` of each stem are set together or not at all."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{stem}_at": None, f"{stem}_by": None}) | Q(**{f"{stem}_at__isnull": False, f"{stem}_by__isnull": False}),
            name=f"{table}_{stem}_at_and_by_together",
        )
        for stem in stems
    ]


class Contract(models.Model):
    """One selected supplier's agreement. Amounts in kroner on the tender's VAT basis.

    `paid` counts what is approved for payment, whether or not the money has arrived. `stage` is the one it was won in.
    """

    class Kind(models.TextChoices):
        FINALIST = "finalist", _("Finalist agreement")
        DEVELOPMENT = "development", _("Development contract")
        FRAMEWORK = "framework", _("Framework agreement")
        CALL_OFF = "call_off", _("Call-off contract")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="contracts")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="contracts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contracts")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="contracts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    phase = models.CharField(max_length=12, choices=ContractPhase.choices, default=ContractPhase.DRAFT)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    paid = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal("0.00"))
    # What is agreed besides what the tender's terms say; stands in the document
    terms = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    supplier_signed_at = models.DateTimeField(null=True, blank=True)
    supplier_signed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    buyer_signed_at = models.DateTimeField(null=True, blank=True)
    buyer_signed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    terminated_at = models.DateTimeField(null=True, blank=True)
    terminated_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    termination_reason = models.TextField(blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "organisation"],
                condition=~Q(phase="terminated"),
                name="contract_one_per_selected",
                violation_error_message=_("There is a contract already."),
            ),
            models.CheckConstraint(
                condition=Q(paid__gte=0, paid__lte=F("amount")),
                name="contract_paid_within_amount",
                violation_error_message=_("This is more than the contract has left."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                name="contract_approved_by_another",
                violation_error_message=_("Someone else must approve your proposal."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_it_starts",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            *together("contract", "approved", "supplier_signed", "buyer_signed", "terminated", "completed"),
        ]

    def __str__(self) -> str:
        return f"Contract {self.pk}"

    @property
    def plans_milestones(self) -> bool:
        """Its own milestones are agreed before the work starts; the others start with the second signature."""
        return self.kind in (self.Kind.DEVELOPMENT, self.Kind.CALL_OFF)

    @property
    def is_framework(self) -> bool:
        """It pays nothing itself and holds until its last day; what is bought, is bought in call-offs."""
        return self.kind == self.Kind.FRAMEWORK


class Milestone(models.Model):
    """A part of the delivery, paid when it is accepted. A finalist agreement has one: the developed sketch."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="milestones")
    no = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    delivers = models.TextField(blank=True)
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "no"], name="milestone_no_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="milestone_pays_something", violation_error_message=_("Write an amount above 0.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no}. {self.title}"
