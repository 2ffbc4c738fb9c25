"""Another person than the one who accepted the delivery approves the payment."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from contracts.documents.notices import payment_approved_notices
from contracts.models import Contract, LedgerEntry, PaymentRequest
from contracts.phases import PAYMENT_STEPS, PaymentPhase
from contracts.policies.payments import ApprovePaymentPolicy
from contracts.queries.payments import locked_payment
from letters.commands.send_notices import send_notices
from tenders.queries.money import budgets_of


@command
def approve_payment(*, payment_id: UUID, by: User, at: datetime) -> PaymentRequest:
    """Approve the payment. The database never lets a contract, or the tender, pay more than was agreed."""
    payment = locked_payment(payment_id)
    ApprovePaymentPolicy(payment, at).check(by)
    contract = payment.milestone.contract
    budgets_of(contract.tender).update(paid=F("paid") + payment.amount)
    Contract.objects.filter(pk=contract.pk).update(paid=F("paid") + payment.amount)
    LedgerEntry.objects.create(
        tender=contract.tender, contract=contract, kind=LedgerEntry.Kind.PAID, amount=payment.amount, booked_at=at, booked_by=by
    )
    take_step(
        payment,
        PaymentPhase.APPROVED,
        steps=PAYMENT_STEPS,
        event="contracts.payment_approved",
        by=by,
        at=at,
        stream=contract.tender,
        about=[contract],
        facts={"amount": str(payment.amount)},
        approved_at=at,
        approved_by=by,
    )
    notices = payment_approved_notices(payment, by)
    send_notices(kind="payment_approved", about=payment, stream=contract.tender, notices=notices, by=by, at=at)
    return payment
