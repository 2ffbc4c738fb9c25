"""The agreement, made from its fields: the page, the PDF and what is signed are this one structure."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts import wording
from accounts.models import User
from accounts.organisation_number import in_threes
from accounts.page_parts import Fact
from accounts.roles import Role
from contracts.models import Contract, Milestone
from contracts.queries.contracts import due_day, next_stage
from tenders.documents import content_hash
from tenders.queries import assigned_people


@dataclass
class Section:
    """A numbered part: paragraphs, and labels with their answers."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


def signed_content_hash(contract: Contract) -> str:
    """SHA-256 of what is agreed, which both signatures name in the journal. People and milestones planned later are no part of it."""
    tender, organisation = contract.tender, contract.organisation
    content: dict[str, Any] = {
        **{name: getattr(contract, name) for name in ("kind", "amount", "terms", "starts_on", "ends_on")},
        **{name: getattr(tender, name) for name in ("reference", "vat_basis", "rights_regime", "rights_text")},
        "buyer": tender.unit.name,
        "supplier": [organisation.number, organisation.name],
        "stage": contract.stage.no,
    }
    if contract.is_framework:
        content |= {"highest": tender.budget.amount}
    return content_hash(content)


def title_of(contract: Contract) -> str:
    return str(Contract.Kind(contract.kind).label)


def sections(contract: Contract, milestones: list[Milestone]) -> list[Section]:
    """In the language that is active."""
    return [_parties(contract), _delivery(contract), _money(contract, milestones), _rights(contract), *_rest(contract)]


def _parties(contract: Contract) -> Section:
    organisation = contract.organisation
    number = _("Organisation number %(number)s") % {"number": in_threes(organisation.number)}
    buyer = Fact(_("Buyer"), "Nav", contract.tender.unit.name)
    return Section(_("Parties"), facts=[buyer, Fact(_("Supplier"), organisation.name, number)])


def _delivery(contract: Contract) -> Section:
    tender, later = contract.tender, next_stage(contract.stage)
    announced = _("The announcement of %(name)s, %(reference)s, is part of the agreement.") % {
        "name": tender.name,
        "reference": tender.reference,
    }
    if contract.kind == Contract.Kind.FINALIST and later is not None:
        what = _("The supplier hands in to «%(stage)s» in Nyvei before its deadline. Handing in is the delivery. Nothing else is sent.")
        return Section(_("What is delivered"), [what % {"stage": later.name}, later.delivers, announced])
    if contract.is_framework:
        return Section(_("What is delivered"), [*_framework_delivery(), announced])
    if contract.kind == Contract.Kind.CALL_OFF:
        what = _("The supplier does what it offered in «%(stage)s», under the framework agreement that both have signed.")
        parts = _("It is delivered in milestones. What each of them holds is agreed before the work starts.")
        return Section(_("What is delivered"), [what % {"stage": contract.stage.name}, parts, announced])
    what = _("The supplier develops and tests, together with Nav, the solution that was selected in «%(stage)s».")
    parts = _("It is delivered in milestones. What each of them holds is agreed before the work starts.")
    return Section(_("What is delivered"), [what % {"stage": contract.stage.name}, parts, announced])


def _framework_delivery() -> list[str]:
    return [
        _("Nav can buy from the supplier in call-offs for as long as the agreement holds. Nav does not promise how much it will buy."),
        _("Every call-off is a mini-competition. Everybody in the framework agreement is invited, and each decides whether to hand in."),
        _("What is handed in is sealed until the deadline, and judged by the criteria that were announced with the framework agreement."),
    ]


def _money(contract: Contract, milestones: list[Milestone]) -> Section:
    basis = contract.tender.get_vat_basis_display()
    if contract.is_framework:
        pays = _("Nobody is paid for being in the framework agreement. Each call-off has an amount and milestones of its own.")
        highest = Fact(_("Highest value of all call-offs"), wording.money(contract.tender.budget.amount), basis)
        return Section(_("Money"), [pays], [highest])
    facts = [Fact(_("Amount"), wording.money(contract.amount), basis)]
    facts += [_milestone(row, basis) for row in milestones]
    asks = _("The supplier asks for payment in Nyvei when a milestone is delivered.")
    decides = _("One person at Nav accepts the delivery, and another approves the payment.")
    return Section(_("Money"), [asks, decides], facts)


def _milestone(row: Milestone, basis: str) -> Fact:
    name = _("Milestone %(no)d: %(title)s") % {"no": row.no, "title": row.title}
    day = due_day(row)
    due = _("%(basis)s, due %(day)s") % {"basis": basis, "day": wording.short_day_with_year(day)} if day else basis
    return Fact(name, wording.money(row.amount), due)


def _rights(contract: Contract) -> Section:
    tender = contract.tender
    regime = tender.get_rights_regime_display() if tender.rights_regime else _("What the announcement says about rights applies.")
    return Section(_("Rights"), [regime, tender.rights_text])


def _rest(contract: Contract) -> list[Section]:
    lasts = _("The agreement holds from %(first)s up to and including %(last)s.") % {
        "first": wording.day(contract.starts_on),
        "last": wording.day(contract.ends_on),
    }
    early = [
        _("Nav can end the agreement early, with a written reason. What has been approved for payment before that, is paid."),
        _("The supplier can withdraw, and is then paid for what has been delivered and approved."),
    ]
    besides = [Section(_("What is agreed besides"), [contract.terms])] if contract.terms else []
    return [Section(_("How long it lasts"), [lasts]), Section(_("Ending early"), early), *besides, _contacts(contract)]


def _contacts(contract: Contract) -> Section:
    facts = []
    for role in (Role.OFFICER, Role.CONTRACT_MANAGER):
        facts += [Fact(str(role.label), person.name, person.email) for person in assigned_people(contract.tender, role)]
    facts += [Fact(_("At the supplier"), person.name, person.email) for person in people.members_of(contract.organisation)]
    return Section(_("Contacts"), facts=facts)


def signatures(contract: Contract) -> list[Fact]:
    """Whose signature is there, and since when."""
    supplier = _signature(contract.supplier_signed_by, contract.supplier_signed_at)
    buyer = _signature(contract.buyer_signed_by, contract.buyer_signed_at)
    return [Fact(contract.organisation.name, *supplier), Fact("Nav", *buyer)]


def _signature(who: User | None, when: datetime | None) -> tuple[str, str]:
    return (who.name, wording.moment_seconds(when)) if who and when else (_("Not signed yet"), "")


def agreement_pdf(contract: Contract, milestones: list[Milestone]) -> str:
    """The agreement as HTML for a PDF, in the supplier's language."""
    language = contract.organisation.language
    with translation.override(language):
        facts = {
            "language": language,
            "title": title_of(contract),
            "subject": contract.tender.name,
            "sender": ["Nav", contract.tender.unit.name],
            "recipient": [contract.organisation.name, *contract.organisation.address.splitlines()],
            "reference": contract.tender.reference,
            "place_and_date": wording.day(contract.drafted_at),
            "sections": sections(contract, milestones),
            "signatures": signatures(contract),
        }
        return render_to_string("contracts/agreement_pdf.html", facts)
