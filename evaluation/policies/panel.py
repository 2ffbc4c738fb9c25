"""Who appoints, confirms and sends back a panel, and who may sit in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import Policy
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.queries.panel_proposal import Members, panel_is_judged, possible_members
from tenders.models import Approval, Tender
from tenders.phases import TenderPhase
from tenders.queries import assigned_people, is_assigned
from tenders.queries.visibility import PREPARERS

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

FEWEST_EVALUATORS = 2


@dataclass(frozen=True)
class ChangePanelPolicy(Policy):
    """A panel is appointed from the announcement on, and not changed when the scoring is closed."""

    tender: Tender

    def check(self, by: User) -> None:
        self.require(self.tender.phase == TenderPhase.ANNOUNCED, _("The panel is appointed when the tender is announced."))
        self.require(not panel_is_judged(self.tender), _("The scoring is closed, so the panel stays as it is."))


@dataclass(frozen=True)
class AppointPanelPolicy(Policy):
    """The officer of the tender proposes a panel, one at a time."""

    tender: Tender
    waiting: Approval | None
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the procurement officer of this tender can appoint the panel."))
        ChangePanelPolicy(self.tender).check(by)
        self.require(self.waiting is None, _("This is already waiting for approval."))


@dataclass(frozen=True)
class SitInPanelPolicy(Policy):
    """A chair and at least two evaluators, nobody twice; all hold their role in the unit, and none prepares or decides."""

    tender: Tender
    members: Members
    at: datetime

    def check(self, by: User) -> None:
        seats = self.members.seats
        self.require(len(self.members.evaluators) >= FEWEST_EVALUATORS, _("A panel has a chair and at least two evaluators."))
        self.require(len({user.pk for _role, user in seats}) == len(seats), _("Each person has one seat in the panel."))
        preparers = {user.pk for role in PREPARERS for user in assigned_people(self.tender, role)}
        both = [user for _role, user in seats if user.pk in preparers]
        self.require_none(both, _("%(name)s prepares or decides in this tender, so somebody else must judge."))
        possible = {role: set(possible_members(self.tender, role, at=self.at)) for role in (Role.CHAIR, Role.EVALUATOR, Role.OBSERVER)}
        without = [user for role, user in seats if user not in possible[role]]
        self.require_none(without, _("%(name)s does not have this role in the unit."))

    @staticmethod
    def require_none(wrong: Sequence[User], sentence: "_StrOrPromise") -> None:
        """Refused with the name of the first, worded for the asker."""
        if wrong:
            raise Refused(str(sentence) % {"name": wrong[0].name})


@dataclass(frozen=True)
class ConfirmPanelPolicy(Policy):
    """The approver of the tender confirms; never the one who proposed it."""

    tender: Tender
    approval: Approval
    at: datetime

    def check(self, by: User) -> None:
        self.require(_waits(self.approval), _("This panel does not wait for an answer."))
        self.require(self.approval.proposed_by_id != by.pk, _("Someone else must approve your proposal."))
        approver = is_assigned(by, self.tender, Role.APPROVER, at=self.at)
        self.require(approver, _("Only the approver of this tender can confirm the panel."))
        ChangePanelPolicy(self.tender).check(by)


@dataclass(frozen=True)
class ReturnPanelPolicy(Policy):
    """The approver of the tender sends it back; the officer takes it back."""

    tender: Tender
    approval: Approval
    at: datetime

    def check(self, by: User) -> None:
        self.require(_waits(self.approval), _("This panel does not wait for an answer."))
        self.require(self.role_of(by) is not None, _("Only the approver can send the panel back, and only the officer can take it back."))

    def role_of(self, by: User) -> Role | None:
        """The role in which `by` would do it; whoever proposed it takes it back as officer."""
        roles = [role for role in (Role.APPROVER, Role.OFFICER) if is_assigned(by, self.tender, role, at=self.at)]
        own = self.approval.proposed_by_id == by.pk and Role.OFFICER in roles
        return Role.OFFICER if own else roles[0] if roles else None


def _waits(approval: Approval) -> bool:
    return approval.approved_at is None and approval.returned_at is None
