"""Who may draft, approve, sign, plan, start, complete and end a contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts import wording
from accounts.local_time import oslo_day
from accounts.models import Organisation, User
from accounts.policies import Policy
from accounts.roles import Role
from contracts.framework_days import last_day_of
from contracts.models import Contract
from contracts.phases import CONTRACT_FINAL, ContractPhase
from contracts.queries.contracts import (
    MANAGERS,
    agreement_of,
    deadline_of_delivery,
    first_role,
    has_tie,
    holds_place,
    items_without_contract,
    next_stage,
)
from contracts.queries.payments import all_is_paid, milestones_in_all, undecided_requests
from evaluation.models import SelectionPlace
from evaluation.queries.selection import decision_released, standstill_of
from tenders.models import Stage, Tender
from tenders.phases import StagePhase, TenderPhase
from tenders.queries import is_assigned

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

MOST_MILESTONES = 12
RUNS = (TenderPhase.ANNOUNCED, TenderPhase.CONCLUDED)

_SIGN_FROM = _("This can be signed from %(day)s, when the standstill is over.")
_TOO_LONG = _("The framework agreement was announced to end %(day)s at the latest.")
_SUM = _("The milestones add up to %(sum)s, and the contract is %(amount)s. They must be the same.")


def _sign_from(day: date) -> str:
    return str(_SIGN_FROM) % {"day": wording.day(day)}


def _other_sum(found: Decimal, amount: Decimal) -> str:
    return str(_SUM) % {"sum": wording.money(found), "amount": wording.money(amount)}


def bound_by_agreement(place: SelectionPlace) -> "_StrOrPromise":
    """Why the one in the place can't give it up: the money of a signed agreement is bound. «» when nothing binds."""
    agreement = agreement_of(place)
    if agreement is None:
        return ""
    if agreement.phase not in CONTRACT_FINAL:
        return _("Both have signed the agreement. Ask the contract manager to have it ended early first. Then the place can be given up.")
    return _("The agreement is paid, in whole or in part, so the place is not given up.") if agreement.paid else ""


def _too_long(day: date) -> str:
    return str(_TOO_LONG) % {"day": wording.day(day)}


sign_from, other_sum, too_long = lazy(_sign_from, str), lazy(_other_sum, str), lazy(_too_long, str)


@dataclass(frozen=True)
class ImpartialPolicy(Policy):
    """Nobody decides about a supplier they, or their leader, have a tie to (forvaltningsloven § 6)."""

    tender: Tender
    organisation: Organisation

    def check(self, by: User) -> None:
        tied = has_tie(by, self.organisation, self.tender)
        self.require(not tied, _("You or your leader has a tie to this supplier, so somebody else must do this."))


@dataclass(frozen=True)
class RunningTenderPolicy(Policy):
    """Nothing more is agreed in a tender that has been cancelled or closed."""

    tender: Tender

    def check(self, by: User) -> None:
        self.require(self.tender.phase in RUNS, _("This tender has ended, so nothing more is agreed in it."))


@dataclass(frozen=True)
class MayDraftPolicy(Policy):
    """The officer drafts when everybody has their answer and somebody in a place has no contract."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.stage.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the procurement officer of this tender can draft contracts."))
        RunningTenderPolicy(self.stage.tender).check(by)
        decided = self.stage.phase in (StagePhase.APPROVED, StagePhase.SETTLED)
        self.require(decided and decision_released(self.stage), _("Contracts are drafted when the letters about the selection are out."))
        missing = items_without_contract(self.stage)
        self.require(bool(missing), _("Everybody who is selected has a contract already."))
        for item in missing:
            ImpartialPolicy(self.stage.tender, item.submission.organisation).check(by)


@dataclass(frozen=True)
class DraftContractsPolicy(Policy):
    """With a contract manager who is not the approver, and for as long as the work takes."""

    stage: Stage
    manager: User
    starts_on: date
    ends_on: date
    at: datetime

    def check(self, by: User) -> None:
        MayDraftPolicy(self.stage, self.at).check(by)
        tender = self.stage.tender
        holds = people.has_role(self.manager, Role.CONTRACT_MANAGER, tender.unit, at=self.at)
        self.require(holds, _("Choose somebody who is a contract manager in this unit."))
        approver = is_assigned(self.manager, tender, Role.APPROVER, at=self.at)
        self.require(not approver, _("The contract manager accepts deliveries, so choose somebody else than the approver."))
        self.require(self.starts_on <= self.ends_on, _("The last day must not be before the first day."))
        self.require(self.starts_on >= oslo_day(self.at), _("The first day has passed. Choose today or a later day."))
        if tender.months:
            longest = last_day_of(tender.months, self.starts_on)
            self.require(self.ends_on <= longest, too_long(longest))
        later = next_stage(self.stage)
        deadline = later.closes_at if later else None
        lasts = deadline is None or oslo_day(deadline) <= self.ends_on
        self.require(lasts, _("The last day must not be before the deadline of the next stage."))


@dataclass(frozen=True)
class ApproveContractPolicy(Policy):
    """Somebody else than the one who drafted it approves."""

    contract: Contract
    at: datetime

    def check(self, by: User) -> None:
        approver = is_assigned(by, self.contract.tender, Role.APPROVER, at=self.at)
        self.require(approver, _("Only the approver of this tender can approve contracts."))
        self.require(self.contract.phase == ContractPhase.DRAFT, _("This contract does not wait for approval."))
        self.require(by.pk != self.contract.drafted_by_id, _("Someone else must approve your proposal."))
        RunningTenderPolicy(self.contract.tender).check(by)
        ImpartialPolicy(self.contract.tender, self.contract.organisation).check(by)


@dataclass(frozen=True)
class SignContractPolicy(Policy):
    """A representative of the supplier and the approver sign, each once, when the stage is settled and its standstill over.

    Standstill: anskaffelsesforskriften §§ 10-2 and 25-2; the period by the time limit regulation, tenders/working_days.py.
    """

    contract: Contract
    at: datetime

    def check(self, by: User) -> None:
        role = self.role_of(by)
        self.require(role is not None, _("Only a representative of the supplier, and the approver of this tender, can sign."))
        if role == Role.APPROVER:
            ImpartialPolicy(self.contract.tender, self.contract.organisation).check(by)
        self.require(self.contract.phase != ContractPhase.DRAFT, _("The contract must be approved before it is signed."))
        self.require(self.contract.phase == ContractPhase.APPROVED, _("This contract does not wait to be signed."))
        RunningTenderPolicy(self.contract.tender).check(by)
        self.require(holds_place(self.contract), _("This supplier is no longer selected, so there is nothing to sign."))
        self._check_time()
        deadline = deadline_of_delivery(self.contract)
        lasts = deadline is None or deadline <= self.contract.ends_on
        self.require(lasts, _("The agreement ends before the deadline of the next stage. It must be drafted anew with a later last day."))
        signed = self.contract.supplier_signed_at if role == Role.SUPPLIER else self.contract.buyer_signed_at
        self.require(signed is None, _("Your side has signed. Now the other side must."))

    def _check_time(self) -> None:
        standstill = standstill_of(self.contract.stage)
        self.require(standstill is not None, _("Nothing is signed before the letters about the selection are out."))
        if standstill is not None:
            self.require(standstill.over(self.at), sign_from(standstill.first_signing_day))
        self.require(self.contract.stage.phase == StagePhase.SETTLED, _("Nothing is signed before the stage is settled."))

    def role_of(self, by: User) -> Role | None:
        """Whose side `by` signs for."""
        if people.represents(by, self.contract.organisation):
            return Role.SUPPLIER
        return first_role(by, self.contract.tender, [Role.APPROVER], at=self.at)


@dataclass(frozen=True)
class ManagePolicy(Policy):
    """The contract manager, or the officer, and nobody with a tie to the supplier."""

    contract: Contract
    at: datetime

    def check(self, by: User) -> None:
        self.require(self.role_of(by) is not None, _("Only the contract manager or the procurement officer of this tender can do this."))
        ImpartialPolicy(self.contract.tender, self.contract.organisation).check(by)

    def role_of(self, by: User) -> Role | None:
        return first_role(by, self.contract.tender, MANAGERS, at=self.at)


@dataclass(frozen=True)
class MayPlanPolicy(Policy):
    """Milestones are planned between the signatures and the start."""

    contract: Contract
    at: datetime

    def check(self, by: User) -> None:
        ManagePolicy(self.contract, self.at).check(by)
        planned = self.contract.plans_milestones and self.contract.phase == ContractPhase.SIGNED
        self.require(planned, _("Milestones are planned when a development contract is signed and has not started."))


@dataclass(frozen=True)
class PlanMilestonesPolicy(Policy):
    """The milestones are together what the contract is, and fall within it."""

    contract: Contract
    milestones: Sequence[Mapping[str, Any]]
    at: datetime

    def check(self, by: User) -> None:
        MayPlanPolicy(self.contract, self.at).check(by)
        self.require(0 < len(self.milestones) <= MOST_MILESTONES, _("Write at least one milestone and at most twelve."))
        self.require(all(row["title"].strip() for row in self.milestones), _("Every milestone needs a name."))
        self.require(all(row["amount"] > 0 for row in self.milestones), _("Write an amount above 0."))
        within = all(self.contract.starts_on <= row["due_on"] <= self.contract.ends_on for row in self.milestones)
        self.require(within, _("Every milestone must be due within the days of the contract."))
        found = sum((row["amount"] for row in self.milestones), Decimal(0))
        self.require(found == self.contract.amount, other_sum(found, self.contract.amount))


@dataclass(frozen=True)
class StartContractPolicy(Policy):
    """A contract starts with its milestones; one that plans none with the second signature."""

    contract: Contract
    at: datetime

    def check(self, by: User) -> None:
        signers = (self.contract.supplier_signed_by_id, self.contract.buyer_signed_by_id)
        by_signing = not self.contract.plans_milestones and by.pk in signers
        if not by_signing:
            ManagePolicy(self.contract, self.at).check(by)
        self.require(self.contract.phase == ContractPhase.SIGNED, _("Both must have signed before the work starts."))
        if self.contract.is_framework:
            return
        found = milestones_in_all(self.contract)
        self.require(found > 0, _("Plan the milestones before the work starts."))
        self.require(found == self.contract.amount, other_sum(found, self.contract.amount))


@dataclass(frozen=True)
class CompleteContractPolicy(Policy):
    """Everything is delivered and paid; a framework agreement has run out."""

    contract: Contract
    at: datetime

    def check(self, by: User) -> None:
        ManagePolicy(self.contract, self.at).check(by)
        self.require(self.contract.phase == ContractPhase.RUNNING, _("Only a contract that runs can be completed."))
        if self.contract.is_framework:
            over = self.contract.ends_on < oslo_day(self.at)
            self.require(over, _("A framework agreement is completed when its last day has passed."))
            return
        self.require(all_is_paid(self.contract), _("Every milestone must be paid before the contract is completed."))


@dataclass(frozen=True)
class TerminateContractPolicy(Policy):
    """The approver ends a contract early, when no request for payment waits for an answer."""

    contract: Contract
    at: datetime

    def check(self, by: User) -> None:
        approver = is_assigned(by, self.contract.tender, Role.APPROVER, at=self.at)
        self.require(approver, _("Only the approver of this tender can end a contract early."))
        ImpartialPolicy(self.contract.tender, self.contract.organisation).check(by)
        self.require(self.contract.phase not in CONTRACT_FINAL, _("This contract has ended already."))
        waits = undecided_requests(self.contract).exists()
        self.require(not waits, _("Decide on the payment that has been requested first."))
