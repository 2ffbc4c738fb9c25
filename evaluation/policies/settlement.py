"""Who ends a stage, and when: after the standstill, or without selection when nobody is good enough."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.models import User
from accounts.policies import Policy
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.policies.whole_stage import ImpartialToAllPolicy
from evaluation.queries import selection, settlement
from evaluation.queries.submissions import unchecked_in
from tenders.models import Approval, Stage
from tenders.phases import StagePhase
from tenders.policies.approval import ApproveProposalPolicy
from tenders.queries import is_assigned
from tenders.queries.approvals import waiting_proposal

_NOT_OVER = _("The standstill is not over. The stage can be settled from %(day)s.")


def _from(day: date) -> str:
    return str(_NOT_OVER) % {"day": wording.day(day)}


settled_from = lazy(_from, str)


@dataclass(frozen=True)
class SettleablePolicy(Policy):
    """The selection is approved, everybody has the answer, the standstill is over, and somebody holds a place."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        phase = self.stage.phase
        self.require(phase != StagePhase.SETTLED, _("This stage is settled already."))
        self.require(phase == StagePhase.APPROVED, _("Only a stage with an approved selection can be settled."))
        standstill = selection.standstill_of(self.stage)
        if standstill is None:
            raise Refused(_("The letters are on their way. Wait until everybody has theirs."))
        self.require(standstill.over(self.at), settled_from(standstill.first_signing_day))
        self.require(bool(settlement.going_on(self.stage)), _("Nobody holds a place in this stage, so there is nobody to go on with."))


@dataclass(frozen=True)
class ProposeSettlementPolicy(Policy):
    """The officer of the tender proposes, once at a time."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.stage.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the officer of this tender proposes how a stage ends."))
        SettleablePolicy(self.stage, self.at).check(by)
        waiting = waiting_proposal(self.stage.tender, settlement.SETTLEMENT)
        self.require(waiting is None, _("This is already waiting for approval."))
        ImpartialToAllPolicy(self.stage).check(by)


@dataclass(frozen=True)
class SettleStagePolicy(Policy):
    """The approver of the tender settles it, on the officer's proposal."""

    stage: Stage
    approval: Approval
    at: datetime

    def check(self, by: User) -> None:
        ApproveProposalPolicy(self.approval, self.at).check(by)
        SettleablePolicy(self.stage, self.at).check(by)
        ImpartialToAllPolicy(self.stage).check(by)


@dataclass(frozen=True)
class CloseablePolicy(Policy):
    """Nobody was admitted, or the panel has judged and nobody is selected."""

    stage: Stage

    def check(self, by: User) -> None:
        phase = self.stage.phase
        self.require(phase != StagePhase.UNSELECTED, _("This stage is closed without selection already."))
        judged = phase == StagePhase.SCORED
        able = judged or phase == StagePhase.OPENED
        self.require(able, _("A stage can be closed without selection when it is opened, and nobody is proposed or selected."))
        checked = judged or not unchecked_in(self.stage)
        self.require(checked, _("Check every one of them first: somebody may be admitted."))
        nobody = judged or not settlement.somebody_is_admitted(self.stage)
        self.require(nobody, _("Somebody is admitted. Let the panel judge first, and the chair close the scoring."))
        empty = not selection.selected(self.stage)
        self.require(empty, _("Somebody holds a place in this stage, so it can't be closed without selection."))


@dataclass(frozen=True)
class ProposeClosingPolicy(Policy):
    """The officer of the tender proposes, once at a time."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.stage.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the officer of this tender proposes how a stage ends."))
        CloseablePolicy(self.stage).check(by)
        waiting = waiting_proposal(self.stage.tender, settlement.CLOSING)
        self.require(waiting is None, _("This is already waiting for approval."))
        ImpartialToAllPolicy(self.stage).check(by)


@dataclass(frozen=True)
class CloseStagePolicy(Policy):
    """The approver of the tender closes it, on the officer's proposal."""

    stage: Stage
    approval: Approval
    at: datetime

    def check(self, by: User) -> None:
        ApproveProposalPolicy(self.approval, self.at).check(by)
        CloseablePolicy(self.stage).check(by)
        ImpartialToAllPolicy(self.stage).check(by)
