"""Who may ask for payment, accept, refuse, approve, send and register it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from contracts import account_number
from contracts.models import Contract, Milestone, PaymentRequest
from contracts.phases import ContractPhase, PaymentPhase
from contracts.policies.contracts import ImpartialPolicy, ManagePolicy
from contracts.queries.contracts import MANAGERS, first_role, has_delivered_sketch
from contracts.queries.payments import standing_request
from tenders.queries import is_assigned


@dataclass(frozen=True)
class MayRequestPaymentPolicy(Policy):
    """A representative asks, once for each milestone, while the contract runs.

    A finalist's only after the next stage is opened: before that the answer is the same whether they have handed in or not.
    """

    milestone: Milestone
    at: datetime

    def check(self, by: User) -> None:
        contract = self.milestone.contract
        represents = people.represents(by, contract.organisation)
        self.require(represents, _("Only a representative of the supplier can ask for payment."))
        self.require(contract.phase == ContractPhase.RUNNING, _("Payment can be requested while the contract runs."))
        if contract.kind == Contract.Kind.FINALIST:
            delivered = has_delivered_sketch(contract)
            self.require(delivered is not None, _("You can ask for payment when the next stage has been opened."))
            self.require(bool(delivered), _("You did not hand in to the next stage, so there is nothing to pay for."))
        asked = standing_request(self.milestone) is not None
        self.require(not asked, _("Payment for this milestone has been requested already."))


@dataclass(frozen=True)
class RequestPaymentPolicy(Policy):
    """With an invoice number, an account that can exist, and what was delivered."""

    milestone: Milestone
    invoice_number: str
    account_number: str
    report: str
    at: datetime

    def check(self, by: User) -> None:
        MayRequestPaymentPolicy(self.milestone, self.at).check(by)
        self.require(bool(self.invoice_number), _("Write the number of your invoice."))
        fits = account_number.is_well_formed(self.account_number)
        self.require(fits, _("Check the account number. It has eleven digits, and at least one of them is wrong."))
        self.require(bool(self.report), _("Write what you have delivered."))


@dataclass(frozen=True)
class AcceptDeliveryPolicy(Policy):
    """The contract manager, or the officer, says that what was agreed is delivered."""

    payment: PaymentRequest
    at: datetime

    def check(self, by: User) -> None:
        ManagePolicy(self.payment.milestone.contract, self.at).check(by)
        self.require(self.payment.phase == PaymentPhase.REQUESTED, _("This delivery does not wait to be accepted."))


@dataclass(frozen=True)
class ApprovePaymentPolicy(Policy):
    """The approver, who is another person than the one who accepted the delivery."""

    payment: PaymentRequest
    at: datetime

    def check(self, by: User) -> None:
        contract = self.payment.milestone.contract
        approver = is_assigned(by, contract.tender, Role.APPROVER, at=self.at)
        self.require(approver, _("Only the approver of this tender can approve payments."))
        ImpartialPolicy(contract.tender, contract.organisation).check(by)
        self.require(self.payment.phase != PaymentPhase.REQUESTED, _("The delivery must be accepted before the payment is approved."))
        self.require(self.payment.phase == PaymentPhase.ACCEPTED, _("This payment does not wait for approval."))
        own = self.payment.accepted_by_id == by.pk
        self.require(not own, _("The one who accepted the delivery can't approve the payment."))


@dataclass(frozen=True)
class RefusePaymentPolicy(Policy):
    """Before the delivery is accepted the contract manager refuses, after it the approver."""

    payment: PaymentRequest
    at: datetime

    def check(self, by: User) -> None:
        waits = self.payment.phase in (PaymentPhase.REQUESTED, PaymentPhase.ACCEPTED)
        self.require(waits, _("This request has been decided already."))
        self.require(self.role_of(by) is not None, _("The one whose turn it is to decide can refuse."))
        contract = self.payment.milestone.contract
        ImpartialPolicy(contract.tender, contract.organisation).check(by)

    def role_of(self, by: User) -> Role | None:
        roles = MANAGERS if self.payment.phase == PaymentPhase.REQUESTED else (Role.APPROVER,)
        return first_role(by, self.payment.milestone.contract.tender, roles, at=self.at)


@dataclass(frozen=True)
class SendPaymentPolicy(Policy):
    """The contract manager sends what is approved to accounting."""

    payment: PaymentRequest
    at: datetime

    def check(self, by: User) -> None:
        ManagePolicy(self.payment.milestone.contract, self.at).check(by)
        self.require(self.payment.phase == PaymentPhase.APPROVED, _("Only an approved payment is sent to accounting."))


@dataclass(frozen=True)
class RegisterPaymentPolicy(Policy):
    """The contract manager registers that accounting has paid."""

    payment: PaymentRequest
    at: datetime

    def check(self, by: User) -> None:
        ManagePolicy(self.payment.milestone.contract, self.at).check(by)
        self.require(self.payment.phase == PaymentPhase.SENT, _("Only a payment that was sent to accounting can be registered as paid."))


# What the request waits for in each phase
NEXT_STEP: dict[str, Callable[[PaymentRequest, datetime], Policy]] = {
    PaymentPhase.REQUESTED: AcceptDeliveryPolicy,
    PaymentPhase.ACCEPTED: ApprovePaymentPolicy,
    PaymentPhase.APPROVED: SendPaymentPolicy,
    PaymentPhase.SENT: RegisterPaymentPolicy,
}


def waits_for(payment: PaymentRequest, by: User, *, at: datetime) -> bool:
    """Whether the next step of the request is this person's, and can be taken."""
    policy = NEXT_STEP.get(payment.phase)
    return policy is not None and not policy(payment, at).refusal(by)
