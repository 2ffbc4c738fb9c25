"""What a tender may cost, in one row with one constraint."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenders.models.tender import Tender


class Budget(models.Model):
    """Kroner on the tender's VAT basis. `0 <= paid <= contracted <= awarded <= planned <= amount` holds at every moment.

    `planned` is what the stages may pay: selects x pays each, summed. Changed with F() only.
    """

    tender = models.OneToOneField(Tender, on_delete=models.PROTECT, related_name="budget")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    planned = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal("0.00"))
    awarded = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal("0.00"))
    contracted = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal("0.00"))
    paid = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal("0.00"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__lte=F("amount")),
                name="budget_planned_within_amount",
                violation_error_message=_("The stages would pay more than the budget. Lower what they pay, or raise the budget."),
            ),
            models.CheckConstraint(
                condition=Q(awarded__lte=F("planned")),
                name="budget_awarded_within_planned",
                violation_error_message=_("This is more than the stages may pay."),
            ),
            models.CheckConstraint(
                condition=Q(contracted__lte=F("awarded")),
                name="budget_contracted_within_awarded",
                violation_error_message=_("This is more than has been awarded."),
            ),
            models.CheckConstraint(
                condition=Q(paid__gte=0, paid__lte=F("contracted")),
                name="budget_paid_within_contracted",
                violation_error_message=_("This is more than has been contracted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} for {self.tender_id}"
