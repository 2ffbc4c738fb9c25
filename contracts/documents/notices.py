"""Short notices about contracts and payments: what has happened, and what the reader can do. Each in the recipient's language."""

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import Organisation, User
from accounts.roles import Role
from contracts.models import Contract, PaymentRequest
from letters.drafts import NewLetter, letter_to
from tenders.phases import TenderPhase
from tenders.queries import assigned_people

# Title and text, worked out in the language that is active
Words = Callable[[], tuple[str, str]]


def contract_url(contract: Contract) -> str:
    return reverse("contracts:contract", args=[contract.tender.reference, contract.pk])


def payment_url(payment: PaymentRequest) -> str:
    return reverse("contracts:payment", args=[payment.milestone.contract.tender.reference, payment.pk])


def _notice(to: Organisation | User, words: Words, path: str) -> NewLetter:
    with translation.override(to.language):
        title, body = words()
    return letter_to(to, title=title, body=body, path=path)


def _to_people(contract: Contract, roles: Iterable[Role], words: Words, path: str, *, but: User) -> list[NewLetter]:
    found = {person.pk: person for role in roles for person in assigned_people(contract.tender, role) if person.pk != but.pk}
    return [_notice(person, words, path) for person in found.values()]


def _case(contract: Contract) -> dict[str, str]:
    money = wording.money(contract.amount)
    lasts = _("It lasts until %(day)s.") % {"day": wording.day(contract.ends_on)}
    worth = lasts if contract.is_framework else _("It is %(money)s.") % {"money": money}
    return {"tender": contract.tender.name, "supplier": contract.organisation.name, "money": money, "worth": worth}


def drafted_notices(contracts: list[Contract], by: User) -> list[NewLetter]:
    first, path = contracts[0], reverse("contracts:contracts", args=[contracts[0].tender.reference])

    def words() -> tuple[str, str]:
        return (
            _("Contracts wait for your approval in «%(tender)s»") % _case(first),
            _("Read each of them, and approve it. Then both sides can sign when the standstill is over and the stage is settled."),
        )

    return _to_people(first, [Role.APPROVER], words, path, but=by)


def approved_notices(contract: Contract) -> list[NewLetter]:
    def words() -> tuple[str, str]:
        return (
            _("The agreement for «%(tender)s» is ready to be read") % _case(contract),
            _("%(worth)s A representative signs it in Nyvei. The page says from when, and why not before.") % _case(contract),
        )

    return [_notice(contract.organisation, words, contract_url(contract))]


def signed_notices(contract: Contract, by: User) -> list[NewLetter]:
    """After each signature: to the other side when it must sign; to both and the contract manager when both have."""
    path = contract_url(contract)

    def one() -> tuple[str, str]:
        return (
            _("One side has signed the agreement in «%(tender)s»") % _case(contract),
            _("It holds when both have signed. Read it and sign."),
        )

    def both() -> tuple[str, str]:
        return (
            _("The agreement in «%(tender)s» is signed by both") % _case(contract),
            _("%(supplier)s and Nav have signed. %(worth)s") % _case(contract),
        )

    if contract.supplier_signed_at and contract.buyer_signed_at:
        roles = (Role.APPROVER, Role.CONTRACT_MANAGER, Role.OFFICER)
        return [_notice(contract.organisation, both, path), *_to_people(contract, roles, both, path, but=by)]
    if contract.supplier_signed_at:
        return _to_people(contract, [Role.APPROVER], one, path, but=by)
    return [_notice(contract.organisation, one, path)]


def started_notices(contract: Contract) -> list[NewLetter]:
    def words() -> tuple[str, str]:
        return (
            _("The work in «%(tender)s» has started") % _case(contract),
            _("The milestones stand on the page of the contract. Ask for payment there when one of them is delivered."),
        )

    return [_notice(contract.organisation, words, contract_url(contract))]


def completed_notices(contract: Contract) -> list[NewLetter]:
    def words() -> tuple[str, str]:
        return (
            _("The agreement in «%(tender)s» is completed") % _case(contract),
            _("It has run out. Thank you for the work.")
            if contract.is_framework
            else _("Everything is delivered and paid. Thank you for the work."),
        )

    return [_notice(contract.organisation, words, contract_url(contract))]


def terminated_notices(contract: Contract, by: User) -> list[NewLetter]:
    """To the supplier. One that was not approved they never saw: then to the officer, who drafts it anew while the tender goes on."""

    def words() -> tuple[str, str]:
        return (
            _("Nav has ended the agreement in «%(tender)s» early") % _case(contract),
            _("The reason:\n%(reason)s\n\nWhat was approved for payment before this, is paid.") % {"reason": contract.termination_reason},
        )

    def rejected() -> tuple[str, str]:
        return (
            _("The draft of the contract with %(supplier)s in «%(tender)s» is rejected") % _case(contract),
            _("The reason:\n%(reason)s\n\nDraft it anew.") % {"reason": contract.termination_reason},
        )

    if contract.approved_at:
        return [_notice(contract.organisation, words, contract_url(contract))]
    if contract.tender.phase == TenderPhase.CANCELLED:
        return []
    return _to_people(contract, [Role.OFFICER], rejected, reverse("contracts:contracts", args=[contract.tender.reference]), but=by)


def requested_notices(payment: PaymentRequest, by: User) -> list[NewLetter]:
    contract = payment.milestone.contract

    def words() -> tuple[str, str]:
        return (
            _("%(supplier)s asks for payment in «%(tender)s»") % _case(contract),
            _("Look at what is delivered, and accept it or say what is missing."),
        )

    return _to_people(contract, [Role.CONTRACT_MANAGER], words, payment_url(payment), but=by)


def accepted_notices(payment: PaymentRequest, by: User) -> list[NewLetter]:
    contract, path = payment.milestone.contract, payment_url(payment)

    def to_supplier() -> tuple[str, str]:
        return (
            _("The delivery in «%(tender)s» is accepted") % _case(contract),
            _("Another person at Nav now approves the payment of %(money)s.") % {"money": wording.money(payment.amount)},
        )

    def to_approver() -> tuple[str, str]:
        return (
            _("A payment waits for your approval in «%(tender)s»") % _case(contract),
            _("The delivery is accepted. It is %(money)s to %(supplier)s.")
            % {"money": wording.money(payment.amount), "supplier": contract.organisation.name},
        )

    return [_notice(contract.organisation, to_supplier, path), *_to_people(contract, [Role.APPROVER], to_approver, path, but=by)]


def refused_notices(payment: PaymentRequest) -> list[NewLetter]:
    contract = payment.milestone.contract

    def words() -> tuple[str, str]:
        return (
            _("Nav has refused a request for payment in «%(tender)s»") % _case(contract),
            _("The reason:\n%(reason)s\n\nMend it and ask again.") % {"reason": payment.refusal_reason},
        )

    return [_notice(contract.organisation, words, payment_url(payment))]


def payment_approved_notices(payment: PaymentRequest, by: User) -> list[NewLetter]:
    contract, path = payment.milestone.contract, payment_url(payment)

    def to_supplier() -> tuple[str, str]:
        return (
            _("The payment in «%(tender)s» is approved") % _case(contract),
            _("%(money)s is now sent to accounting.") % {"money": wording.money(payment.amount)},
        )

    def to_manager() -> tuple[str, str]:
        return (
            _("Send an approved payment to accounting in «%(tender)s»") % _case(contract),
            _("%(money)s to %(supplier)s is approved.") % {"money": wording.money(payment.amount), "supplier": contract.organisation.name},
        )

    return [_notice(contract.organisation, to_supplier, path), *_to_people(contract, [Role.CONTRACT_MANAGER], to_manager, path, but=by)]


def paid_notices(payment: PaymentRequest) -> list[NewLetter]:
    contract = payment.milestone.contract

    def words() -> tuple[str, str]:
        return (
            _("Nav has paid for a milestone in «%(tender)s»") % _case(contract),
            _("%(money)s is registered as paid.") % {"money": wording.money(payment.amount)},
        )

    return [_notice(contract.organisation, words, payment_url(payment))]
