"""An approved payment is sent to accounting."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from contracts.models import PaymentRequest
from contracts.phases import PAYMENT_STEPS, PaymentPhase
from contracts.policies.contracts import ManagePolicy
from contracts.policies.payments import SendPaymentPolicy
from contracts.queries.payments import locked_payment


@command
def send_payment(*, payment_id: UUID, by: User, at: datetime) -> PaymentRequest:
    """Say that accounting has got what it needs to pay. Nothing is sent from here by itself."""
    payment = locked_payment(payment_id)
    SendPaymentPolicy(payment, at).check(by)
    contract = payment.milestone.contract
    take_step(
        payment,
        PaymentPhase.SENT,
        steps=PAYMENT_STEPS,
        event="contracts.payment_sent",
        by=by,
        at=at,
        stream=contract.tender,
        about=[contract],
        role=ManagePolicy(contract, at).role_of(by),
        sent_at=at,
        sent_by=by,
    )
    return payment
