"""«Waiting for others»: what the person has proposed, and who is to say yes."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
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
    return sorted([*asked, *chosen], key=lambda row: row.since)


def _of_approval(row: Approval) -> Other:
    return _other(str(_SENTENCES[What(row.what)]), _PAGES[What(row.what)], row.tender, row.proposed_at)


def _other(sentence: str, page: str, tender: Tender, since: datetime) -> Other:
    names = [row.user.name for row in tender.assignments.all() if row.role == Role.APPROVER]
    return Other(sentence % {"name": " / ".join(names)}, tender, reverse(page, args=[tender.reference]), since)
