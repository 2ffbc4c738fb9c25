"""Accounting has paid."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from contracts.documents.notices import paid_notices
from contracts.models import PaymentRequest
from contracts.phases import PAYMENT_STEPS, PaymentPhase
from contracts.policies.contracts import ManagePolicy
from contracts.policies.payments import RegisterPaymentPolicy
from contracts.queries.payments import locked_payment
from letters.commands.send_notices import send_notices


@command
def register_payment(*, payment_id: UUID, by: User, at: datetime) -> PaymentRequest:
    """Register that the money has been paid. The supplier is told."""
    payment = locked_payment(payment_id)
    RegisterPaymentPolicy(payment, at).check(by)
    contract = payment.milestone.contract
    take_step(
        payment,
        PaymentPhase.PAID,
        steps=PAYMENT_STEPS,
        event="contracts.payment_registered",
        by=by,
        at=at,
        stream=contract.tender,
        about=[contract],
        role=ManagePolicy(contract, at).role_of(by),
        paid_at=at,
        paid_by=by,
    )
    send_notices(kind="payment_registered", about=payment, stream=contract.tender, notices=paid_notices(payment), by=by, at=at)
    return payment
