"""Who may describe a need, change, propose, send back and announce: one rule for stopping, hiding and explaining."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts.models import Unit, User
from accounts.policies import Policy
from accounts.refused import Refused
from accounts.roles import Role
from tenders import queries
from tenders.models import Approval, Tender
from tenders.phases import PUBLIC_PHASES, TenderPhase


class ChangedMeanwhile(Refused):
    """Somebody else saved the draft after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else has saved this draft after you opened the page. What you wrote is still here."
                " Compare, and save again if yours shall count."
            )
        )


@dataclass(frozen=True)
class DescribeNeedPolicy(Policy):
    """A procurement officer of the unit starts a tender."""

    unit: Unit
    at: datetime

    def check(self, by: User) -> None:
        held = people.has_role(by, Role.OFFICER, self.unit, at=self.at)
        self.require(held, _("Only a procurement officer of the unit can start a tender."))


@dataclass(frozen=True)
class CopyTenderPolicy(Policy):
    """A procurement officer of the unit copies a tender they work on, or did."""

    origin: Tender
    unit: Unit
    at: datetime

    def check(self, by: User) -> None:
        DescribeNeedPolicy(self.unit, self.at).check(by)
        sees = queries.staff_tenders(by, at=self.at).filter(pk=self.origin.pk).exists()
        self.require(sees, _("You can copy the tenders that you work on."))
        own = self.origin.framework_id is None
        self.require(own, _("A call-off is not copied. Start a new one from the page of its framework agreement."))


@dataclass(frozen=True)
class EditAnnouncementPolicy(Policy):
    """The officer of the tender changes the announcement while it is a draft."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        assigned = queries.is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(assigned, _("Only the procurement officer of this tender can change the announcement."))
        phase = self.tender.phase
        self.require(phase not in PUBLIC_PHASES, _("This tender has been announced, so the announcement can't be changed."))
        self.require(phase != TenderPhase.SHELVED, _("This draft is laid aside. Take it up again first."))
        waits = phase == TenderPhase.AWAITING_APPROVAL
        self.require(not waits, _("The announcement waits for approval. It can be changed when the approver has sent it back."))


@dataclass(frozen=True)
class ProposeAnnouncementPolicy(Policy):
    """The officer of the tender proposes a draft to an approver of the unit, who is another person."""

    tender: Tender
    approver: User
    at: datetime

    def check(self, by: User) -> None:
        assigned = queries.is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(assigned, _("Only the procurement officer of this tender can send it for approval."))
        phase = self.tender.phase
        self.require(phase not in PUBLIC_PHASES, _("This tender has already been announced."))
        self.require(phase != TenderPhase.SHELVED, _("This draft is laid aside. Take it up again first."))
        self.require(phase != TenderPhase.AWAITING_APPROVAL, _("This is already waiting for approval."))
        self.require(by != self.approver, _("Someone else must approve your proposal."))
        held = people.has_role(self.approver, Role.APPROVER, self.tender.unit, at=self.at)
        self.require(held, _("Choose somebody who is an approver in this unit."))


def _waits(tender: Tender, approval: Approval | None) -> bool:
    return tender.phase == TenderPhase.AWAITING_APPROVAL and approval is not None


@dataclass(frozen=True)
class ReturnAnnouncementPolicy(Policy):
    """The approver of the tender sends it back; the officer takes it back, also when the approver is away."""

    tender: Tender
    approval: Approval | None
    at: datetime

    def check(self, by: User) -> None:
        self.require(_waits(self.tender, self.approval), _("This announcement does not wait for approval."))
        self.require(self.role_of(by) is not None, _("Only the approver can send it back, and only the officer can take it back."))

    def role_of(self, by: User) -> Role | None:
        """The role in which `by` would do it."""
        for role in (Role.APPROVER, Role.OFFICER):
            if queries.is_assigned(by, self.tender, role, at=self.at):
                return role
        return None


@dataclass(frozen=True)
class DecideAnnouncementPolicy(Policy):
    """The approver of the tender announces it; never the one who proposed it."""

    tender: Tender
    approval: Approval | None
    at: datetime

    def check(self, by: User) -> None:
        self.require(_waits(self.tender, self.approval), _("This announcement does not wait for approval."))
        own = self.approval is not None and self.approval.proposed_by_id == by.pk
        self.require(not own, _("Someone else must approve your proposal."))
        assigned = queries.is_assigned(by, self.tender, Role.APPROVER, at=self.at)
        self.require(assigned, _("Only the approver of this tender can announce it."))
