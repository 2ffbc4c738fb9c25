"""The supplier says that a milestone is delivered, and asks to be paid."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from contracts import account_number as accounts_in_banks
from contracts.documents.notices import requested_notices
from contracts.models import Milestone, PaymentRequest
from contracts.policies.payments import RequestPaymentPolicy
from contracts.queries.contracts import locked_contract
from letters.commands.send_notices import send_notices


@command
def request_payment(*, milestone_id: UUID, invoice_number: str, account_number: str, report: str, by: User, at: datetime) -> PaymentRequest:
    """Ask for a milestone's amount. `account_number` is a Norwegian one; `report` is what was delivered, in the supplier's words."""
    milestone = Milestone.objects.get(pk=milestone_id)
    milestone.contract = contract = locked_contract(milestone.contract_id)
    invoice, account, report = invoice_number.strip(), accounts_in_banks.without_signs(account_number), report.strip()
    RequestPaymentPolicy(milestone, invoice, account, report, at).check(by)
    payment = PaymentRequest.objects.create(
        milestone=milestone,
        amount=milestone.amount,
        invoice_number=invoice,
        account_number=account,
        report=report,
        requested_at=at,
        requested_by=by,
    )
    notices = requested_notices(payment, by)
    send_notices(kind="payment_requested", about=payment, stream=contract.tender, notices=notices, by=by, at=at)
    facts = {"amount": str(payment.amount), "milestone": milestone.no}
    about = [payment, contract]
    journal.record("contracts.payment_requested", by=by, at=at, stream=contract.tender, about=about, role=Role.SUPPLIER.value, facts=facts)
    return payment
