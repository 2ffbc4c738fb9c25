"""Who lays a draft aside, and who takes it up again."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from tenders import queries
from tenders.models import Tender
from tenders.phases import TenderPhase


@dataclass(frozen=True)
class ShelveTenderPolicy(Policy):
    """The officer of the tender, while it is a draft."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        assigned = queries.is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(assigned, _("Only the procurement officer of this tender can lay it aside."))
        draft = self.tender.phase == TenderPhase.DRAFT
        self.require(draft, _("Only a draft can be laid aside. What is announced is cancelled instead."))


@dataclass(frozen=True)
class TakeUpTenderPolicy(Policy):
    """The officer of the tender, while it is laid aside."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        assigned = queries.is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(assigned, _("Only the procurement officer of this tender can take it up again."))
        self.require(self.tender.phase == TenderPhase.SHELVED, _("This tender is not laid aside."))
