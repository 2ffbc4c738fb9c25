"""Who amends what is announced, and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.models import User
from accounts.policies import Policy
from accounts.refused import Refused
from accounts.roles import Role
from tenders.amending import Amendable
from tenders.models import Approval, Tender
from tenders.phases import StagePhase, TenderPhase
from tenders.policies.approval import ApproveProposalPolicy
from tenders.queries import is_assigned
from tenders.queries.amendments import amendable, waiting_amendment

_deadline = lazy(wording.deadline, str)


@dataclass(frozen=True)
class AmendablePolicy(Policy):
    """From the announcement until the deadline of the stage that takes submissions. At that moment it is too late."""

    tender: Tender
    amendable: Amendable | None
    at: datetime

    def check(self, by: User) -> None:
        self.require(self.tender.phase == TenderPhase.ANNOUNCED, _("Only a tender that is announced can be amended."))
        if self.amendable is None or self.amendable.stage.phase != StagePhase.ANNOUNCED or self.amendable.stage.closes_at is None:
            raise Refused(_("No stage takes submissions now, so nothing can be amended."))
        if self.at >= self.amendable.stage.closes_at:
            late = _("The deadline was {deadline}. Nothing can be amended after it.")
            raise Refused(format_lazy(late, deadline=_deadline(self.amendable.stage.closes_at)))


@dataclass(frozen=True)
class ProposeAmendmentPolicy(Policy):
    """The officer of the tender proposes, once at a time."""

    tender: Tender
    amendable: Amendable | None
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the officer of this tender proposes an amendment."))
        AmendablePolicy(self.tender, self.amendable, self.at).check(by)
        self.require(waiting_amendment(self.tender) is None, _("This is already waiting for approval."))


def may_amend(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> bool:
    """Whether a page leads the person to the form."""
    return isinstance(user, User) and not ProposeAmendmentPolicy(tender, amendable(tender), at).refusal(user)


@dataclass(frozen=True)
class AnnounceAmendmentPolicy(Policy):
    """The approver of the tender announces it, on the officer's proposal."""

    approval: Approval
    amendable: Amendable | None
    at: datetime

    def check(self, by: User) -> None:
        ApproveProposalPolicy(self.approval, self.at).check(by)
        AmendablePolicy(self.approval.tender, self.amendable, self.at).check(by)
