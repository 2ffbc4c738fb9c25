"""Who opens, publishes in and ends a market dialogue."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from tenders.models import Tender
from tenders.phases import ENDED_PHASES, TenderPhase
from tenders.queries.visibility import is_assigned


@dataclass(frozen=True)
class OpenDialoguePolicy(Policy):
    """The officer of a draft. One person is enough: nothing is announced, and nobody is bound."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the procurement officer of this tender talks to the market."))
        called_off = self.tender.framework_id is not None
        self.require(not called_off, _("A call-off goes to those who are in the framework agreement, so the market is not asked."))
        self.require(self.tender.phase == TenderPhase.DRAFT, _("A market dialogue is opened from a draft."))


@dataclass(frozen=True)
class RunDialoguePolicy(Policy):
    """The officer, as long as the dialogue goes on and the announcement does not wait for approval."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the procurement officer of this tender talks to the market."))
        self.require(self.tender.phase == TenderPhase.IN_DIALOGUE, _("This tender is not in market dialogue now."))


@dataclass(frozen=True)
class LogContactPolicy(Policy):
    """The officer writes down contact with the market, also advice from before the dialogue, until the tender has ended."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the procurement officer of this tender talks to the market."))
        self.require(self.tender.phase not in ENDED_PHASES, _("This tender has ended, so nothing more is written down here."))
