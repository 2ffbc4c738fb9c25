"""«Waiting for others»: what the person has proposed or asked for, and who is to say yes."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.models import User
from accounts.roles import Role
from contracts.documents.notices import contract_url, payment_url
from contracts.models import Contract, PaymentRequest
from insight import queries
from tenders.models import Approval, Tender

What = Approval.What
_SENTENCES = {
    What.ANNOUNCEMENT: _("%(name)s is to approve the announcement"),
    What.PANEL: _("%(name)s is to confirm the panel"),
    What.SETTLEMENT: _("%(name)s is to approve the end of the stage"),
    What.CLOSING: _("%(name)s is to approve closing without selection"),
    What.CANCELLATION: _("%(name)s is to decide whether the tender is cancelled"),
    What.AMENDMENT: _("%(name)s is to approve an amendment"),
}
_PAGES = {
    What.ANNOUNCEMENT: "tenders:announcement",
    What.PANEL: "evaluation:panel",
    What.SETTLEMENT: "evaluation:settlement",
    What.CLOSING: "evaluation:closing",
    What.CANCELLATION: "contracts:cancellation",
    What.AMENDMENT: "tenders:amend",
}


@dataclass(frozen=True)
class Other:
    """One row: what is waited for, in which tender, where to see it, and since when."""

    text: str
    tender: Tender
    url: str
    since: datetime


def waiting_for_others(user: User) -> list[Other]:
    """The oldest first."""
    asked = [_of_approval(row) for row in queries.approvals_others_must_give(user)]
    chosen = [
        _other(str(_("%(name)s is to approve the selection")), "evaluation:selection", row.stage.tender, row.proposed_at)
        for row in queries.selections_others_must_approve(user)
    ]
    drafted = [_of_contract(row) for row in queries.contracts_others_must_approve(user)]
    paying = [_of_payment(row, user) for row in queries.payments_others_must_decide(user)]
    return sorted([*asked, *chosen, *drafted, *paying], key=lambda row: row.since)


def _of_approval(row: Approval) -> Other:
    return _other(str(_SENTENCES[What(row.what)]), _PAGES[What(row.what)], row.tender, row.proposed_at)


def _of_contract(row: Contract) -> Other:
    sentence = _("%(name)s is to approve the contract with %(supplier)s")
    said = {"name": _approvers(row.tender), "supplier": row.organisation.name}
    return Other(sentence % said, row.tender, contract_url(row), row.drafted_at)


def _of_payment(row: PaymentRequest, user: User) -> Other:
    """What the supplier asked for, and what somebody at Nav accepted. The supplier is not told who decides."""
    contract = row.milestone.contract
    said = {"money": wording.money(row.amount), "milestone": row.milestone.title, "supplier": contract.organisation.name}
    if row.requested_by_id == user.pk:
        return Other(_("Nav is to decide on %(money)s for «%(milestone)s»") % said, contract.tender, payment_url(row), row.requested_at)
    said["name"] = _approvers(contract.tender)
    text = _("%(name)s is to approve %(money)s to %(supplier)s") % said
    return Other(text, contract.tender, payment_url(row), row.accepted_at or row.requested_at)


def _other(sentence: str, page: str, tender: Tender, since: datetime) -> Other:
    return Other(sentence % {"name": _approvers(tender)}, tender, reverse(page, args=[tender.reference]), since)


def _approvers(tender: Tender) -> str:
    return " / ".join(row.user.name for row in tender.assignments.all() if row.role == Role.APPROVER)
