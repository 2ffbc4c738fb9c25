"""Who says yes to a proposal, and who sends it back: the same for everything that two people decide."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from tenders.models import Approval
from tenders.queries import is_assigned


@dataclass(frozen=True)
class ApproveProposalPolicy(Policy):
    """The approver of the tender approves what waits; never the one who proposed it."""

    approval: Approval
    at: datetime

    def check(self, by: User) -> None:
        self.require(waits(self.approval), _("This proposal does not wait for approval any more."))
        self.require(self.approval.proposed_by_id != by.pk, _("Someone else must approve your proposal."))
        assigned = is_assigned(by, self.approval.tender, Role.APPROVER, at=self.at)
        self.require(assigned, _("Only the approver of this tender can approve this."))


@dataclass(frozen=True)
class ReturnProposalPolicy(Policy):
    """The approver of the tender sends it back; the officer takes it back."""

    approval: Approval
    at: datetime

    def check(self, by: User) -> None:
        self.require(waits(self.approval), _("This proposal does not wait for approval any more."))
        self.require(self.role_of(by) is not None, _("Only the approver can send it back, and only the officer can take it back."))

    def role_of(self, by: User) -> Role | None:
        """The role in which `by` would do it; whoever proposed it takes it back as officer."""
        tender = self.approval.tender
        roles = [role for role in (Role.APPROVER, Role.OFFICER) if is_assigned(by, tender, role, at=self.at)]
        own = self.approval.proposed_by_id == by.pk and Role.OFFICER in roles
        return Role.OFFICER if own else roles[0] if roles else None


def waits(approval: Approval) -> bool:
    return approval.approved_at is None and approval.returned_at is None
