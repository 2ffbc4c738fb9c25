"""Requests for payment, and the ledger that only grows."""

import uuid
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.journal import GrowingQuerySet, OnlyGrows
from contracts.models.contract import Contract, Milestone, together
from contracts.phases import PaymentPhase
from tenders.models import Tender


class PaymentRequest(models.Model):
    """The supplier says that a milestone is delivered and asks to be paid; one person accepts, another approves.

    `amount` is the milestone's, in kroner on the tender's VAT basis. `report` is what was delivered, in the supplier's words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="payment_requests")
    phase = models.CharField(max_length=10, choices=PaymentPhase.choices, default=PaymentPhase.REQUESTED)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    invoice_number = models.CharField(max_length=30)
    account_number = models.CharField(max_length=11)
    report = models.TextField(blank=True)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refusal_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"],
                condition=~Q(phase="refused"),
                name="paymentrequest_one_per_milestone",
                violation_error_message=_("Payment for this milestone has been requested already."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("accepted_by")),
                name="paymentrequest_approved_by_another",
                violation_error_message=_("The one who accepted the delivery can't approve the payment."),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="paymentrequest_asks_for_something"),
            *together("paymentrequest", "accepted", "approved", "sent", "paid", "refused"),
        ]

    def __str__(self) -> str:
        return f"Payment request {self.pk}"


class LedgerEntry(models.Model):
    """A change of what is contracted or paid, in kroner; minus when a contract ends early. Only added to."""

    class Kind(models.TextChoices):
        CONTRACTED = "contracted", _("Contracted")
        PAID = "paid", _("Approved for payment")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="ledger")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = GrowingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "ledger entries"
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="ledgerentry_changes_something")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise OnlyGrows("The ledger only grows.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise OnlyGrows("The ledger only grows.")
