"""A request for payment is refused, with a reason that the supplier sees."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import take_step
from contracts.documents.notices import refused_notices
from contracts.models import PaymentRequest
from contracts.phases import PAYMENT_STEPS, PaymentPhase
from contracts.policies.payments import RefusePaymentPolicy
from contracts.queries.payments import locked_payment
from letters.commands.send_notices import send_notices


@command
def refuse_payment(*, payment_id: UUID, reason: str, by: User, at: datetime) -> PaymentRequest:
    """Refuse a request. The supplier can mend what is wrong and ask again."""
    payment = locked_payment(payment_id)
    policy = RefusePaymentPolicy(payment, at)
    policy.check(by)
    if not reason.strip():
        raise Refused(_("Write what is missing, so that the supplier can mend it."))
    contract = payment.milestone.contract
    take_step(
        payment,
        PaymentPhase.REFUSED,
        steps=PAYMENT_STEPS,
        event="contracts.payment_refused",
        by=by,
        at=at,
        stream=contract.tender,
        about=[contract],
        role=policy.role_of(by),
        reason=reason.strip(),
        refused_at=at,
        refused_by=by,
        refusal_reason=reason.strip(),
    )
    send_notices(kind="payment_refused", about=payment, stream=contract.tender, notices=refused_notices(payment), by=by, at=at)
    return payment
