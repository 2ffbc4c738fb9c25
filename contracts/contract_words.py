"""How contracts and payments are spoken of on pages: states, headings, who has done what."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import User
from accounts.page_parts import Color, Fact, Tag
from contracts import account_number
from contracts.models import Contract, Milestone, PaymentRequest
from contracts.phases import ContractPhase, PaymentPhase
from contracts.queries.contracts import due_day
from contracts.queries.frameworks import left_of
from tenders.models import Tender

_COLORS: dict[str, tuple[Color, str]] = {
    ContractPhase.DRAFT: ("neutral", "PencilLine"),
    ContractPhase.APPROVED: ("warning", "Hourglass"),
    ContractPhase.SIGNED: ("info", "CheckmarkCircle"),
    ContractPhase.RUNNING: ("info", "Clock"),
    ContractPhase.COMPLETED: ("success", "CheckmarkCircle"),
    ContractPhase.TERMINATED: ("danger", "ExclamationmarkTriangle"),
}
_PAYMENT_COLORS: dict[str, tuple[Color, str]] = {
    PaymentPhase.REQUESTED: ("warning", "Hourglass"),
    PaymentPhase.ACCEPTED: ("warning", "Hourglass"),
    PaymentPhase.APPROVED: ("info", "CheckmarkCircle"),
    PaymentPhase.SENT: ("info", "CheckmarkCircle"),
    PaymentPhase.PAID: ("success", "CheckmarkCircle"),
    PaymentPhase.REFUSED: ("danger", "ExclamationmarkTriangle"),
}


def phase_tag(contract: Contract) -> Tag:
    color, icon = _COLORS[contract.phase]
    return Tag(contract.get_phase_display(), color, icon)


def payment_tag(payment: PaymentRequest) -> Tag:
    color, icon = _PAYMENT_COLORS[payment.phase]
    return Tag(payment.get_phase_display(), color, icon)


def contract_heading(contract: Contract) -> str:
    """The answer: how far it has come."""
    name = {"name": contract.organisation.name}
    if contract.phase == ContractPhase.APPROVED and (contract.supplier_signed_at or contract.buyer_signed_at):
        return _("The contract with %(name)s waits for the second signature") % name
    return {
        ContractPhase.DRAFT: _("The contract with %(name)s is a draft"),
        ContractPhase.APPROVED: _("The contract with %(name)s can be signed by both"),
        ContractPhase.SIGNED: _("The contract with %(name)s is signed"),
        ContractPhase.RUNNING: _("The contract with %(name)s runs"),
        ContractPhase.COMPLETED: _("The contract with %(name)s is completed"),
        ContractPhase.TERMINATED: _("The contract with %(name)s ended early"),
    }[ContractPhase(contract.phase)] % name


def contract_facts(contract: Contract) -> list[Fact]:
    return [
        *_money_facts(contract),
        Fact(_("First day"), wording.short_day_with_year(contract.starts_on)),
        Fact(_("Last day"), wording.short_day_with_year(contract.ends_on)),
    ]


def _money_facts(contract: Contract) -> list[Fact]:
    """A framework agreement has no amount of its own: its call-offs share the highest value."""
    tender = contract.tender
    basis = tender.get_vat_basis_display()
    if contract.is_framework:
        return [Fact(_("Highest value of all call-offs"), wording.money(tender.budget.amount), basis)]
    return [
        Fact(_("Amount"), wording.money(contract.amount), basis),
        Fact(_("Approved for payment"), wording.money(contract.paid)),
    ]


def contract_history(contract: Contract) -> list[Fact]:
    """Who has done what, in the order it was done."""
    done = [
        (_("Drafted"), contract.drafted_by, contract.drafted_at),
        (_("Approved"), contract.approved_by, contract.approved_at),
        (_("Signed for the supplier"), contract.supplier_signed_by, contract.supplier_signed_at),
        (_("Signed for Nav"), contract.buyer_signed_by, contract.buyer_signed_at),
        (_("Completed"), contract.completed_by, contract.completed_at),
        (_("Ended early"), contract.terminated_by, contract.terminated_at),
    ]
    return _in_order(done)


def payment_heading(payment: PaymentRequest) -> str:
    said = {"money": wording.money(payment.amount), "name": payment.milestone.contract.organisation.name}
    return {
        PaymentPhase.REQUESTED: _("%(name)s asks for %(money)s"),
        PaymentPhase.ACCEPTED: _("%(money)s to %(name)s waits for approval"),
        PaymentPhase.APPROVED: _("%(money)s to %(name)s is approved"),
        PaymentPhase.SENT: _("%(money)s to %(name)s is sent to accounting"),
        PaymentPhase.PAID: _("%(money)s is paid to %(name)s"),
        PaymentPhase.REFUSED: _("%(money)s to %(name)s is refused"),
    }[PaymentPhase(payment.phase)] % said


def due_words(milestone: Milestone) -> str:
    day = due_day(milestone)
    return wording.short_day_with_year(day) if day else _("When the next stage has its deadline")


def payment_step(payment: PaymentRequest) -> str:
    """What the button of the phase says; «» when nothing is left to do."""
    steps = {
        PaymentPhase.REQUESTED: _("Accept the delivery"),
        PaymentPhase.ACCEPTED: _("Approve the payment"),
        PaymentPhase.APPROVED: _("Note that it is sent to accounting"),
        PaymentPhase.SENT: _("Register it as paid"),
    }
    return steps.get(PaymentPhase(payment.phase), "")


def payment_facts(payment: PaymentRequest) -> list[Fact]:
    milestone = payment.milestone
    basis = milestone.contract.tender.get_vat_basis_display()
    return [
        Fact(_("Amount"), wording.money(payment.amount), basis),
        Fact(_("Milestone"), f"{milestone.no}. {milestone.title}", _("Due %(day)s") % {"day": due_words(milestone)}),
        Fact(_("Invoice number"), payment.invoice_number),
        Fact(_("Account number"), account_number.in_groups(payment.account_number)),
    ]


def payment_history(payment: PaymentRequest) -> list[Fact]:
    """Who has done what, in the order it was done."""
    done = [
        (_("Requested"), payment.requested_by, payment.requested_at),
        (_("Delivery accepted"), payment.accepted_by, payment.accepted_at),
        (_("Approved for payment"), payment.approved_by, payment.approved_at),
        (_("Sent to accounting"), payment.sent_by, payment.sent_at),
        (_("Registered as paid"), payment.paid_by, payment.paid_at),
        (_("Refused"), payment.refused_by, payment.refused_at),
    ]
    return _in_order(done)


def _in_order(done: list[tuple[str, User | None, datetime | None]]) -> list[Fact]:
    known = [(at, label, by) for label, by, at in done if by and at]
    return [Fact(label, by.name, wording.moment(at)) for at, label, by in sorted(known, key=lambda row: row[0])]


def left_fact(framework: Tender) -> Fact:
    """What is left of the highest value of a framework agreement."""
    whole = _("of %(money)s, %(vat)s") % {"money": wording.money(framework.budget.amount), "vat": framework.get_vat_basis_display()}
    return Fact(_("Left of the highest value"), wording.money(left_of(framework)), whole)
