"""The contract manager accepts what was delivered."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from contracts.documents.notices import accepted_notices
from contracts.models import PaymentRequest
from contracts.phases import PAYMENT_STEPS, PaymentPhase
from contracts.policies.contracts import ManagePolicy
from contracts.policies.payments import AcceptDeliveryPolicy
from contracts.queries.payments import locked_payment
from letters.commands.send_notices import send_notices


@command
def accept_delivery(*, payment_id: UUID, by: User, at: datetime) -> PaymentRequest:
    """Say that the milestone is delivered as agreed. Somebody else approves the payment."""
    payment = locked_payment(payment_id)
    AcceptDeliveryPolicy(payment, at).check(by)
    contract = payment.milestone.contract
    take_step(
        payment,
        PaymentPhase.ACCEPTED,
        steps=PAYMENT_STEPS,
        event="contracts.delivery_accepted",
        by=by,
        at=at,
        stream=contract.tender,
        about=[contract],
        role=ManagePolicy(contract, at).role_of(by),
        accepted_at=at,
        accepted_by=by,
    )
    send_notices(kind="delivery_accepted", about=payment, stream=contract.tender, notices=accepted_notices(payment, by), by=by, at=at)
    return payment
