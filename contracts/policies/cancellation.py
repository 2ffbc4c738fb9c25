"""Who cancels a tender, and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from contracts.queries import cancellation as queries
from evaluation.policies.whole_stage import ImpartialToAllPolicy
from evaluation.queries.opening import opened_stage_of
from tenders.models import Approval, Tender
from tenders.phases import TenderPhase
from tenders.policies.approval import ApproveProposalPolicy
from tenders.queries import is_assigned


@dataclass(frozen=True)
class CancellablePolicy(Policy):
    """From the announcement until both have signed the contract of the last stage; by people without a tie once names are known."""

    tender: Tender

    def check(self, by: User) -> None:
        phase = self.tender.phase
        self.require(phase != TenderPhase.CANCELLED, _("This tender has been cancelled already."))
        lives = phase in {TenderPhase.ANNOUNCED, TenderPhase.CONCLUDED}
        self.require(lives, _("Only a tender that is announced and not ended can be cancelled."))
        signed = queries.last_stage_is_signed(self.tender)
        self.require(not signed, _("The contract of the last stage is signed by both, so the tender can't be cancelled."))
        closed = queries.is_closed_without_selection(self.tender)
        self.require(not closed, _("The tender ended without selection, so there is nothing to cancel."))
        on_their_way = queries.letters_on_their_way(self.tender)
        self.require(not on_their_way, _("The letters are on their way. Wait until everybody has theirs."))
        if (opened := opened_stage_of(self.tender)) is not None:
            ImpartialToAllPolicy(opened).check(by)


@dataclass(frozen=True)
class ProposeCancellationPolicy(Policy):
    """The officer of the tender proposes, once at a time."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the officer of this tender proposes to cancel it."))
        CancellablePolicy(self.tender).check(by)
        self.require(queries.waiting_cancellation(self.tender) is None, _("This is already waiting for approval."))


@dataclass(frozen=True)
class CancelTenderPolicy(Policy):
    """The approver of the tender cancels it, on the officer's proposal."""

    approval: Approval
    at: datetime

    def check(self, by: User) -> None:
        ApproveProposalPolicy(self.approval, self.at).check(by)
        CancellablePolicy(self.approval.tender).check(by)
