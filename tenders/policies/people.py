"""Who may name a substitute, and whom."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from tenders import queries
from tenders.models import Tender
from tenders.phases import TENDER_FINAL
from tenders.queries.visibility import PREPARERS

SUBSTITUTES = (Role.OFFICER, Role.APPROVER, Role.CONTRACT_MANAGER)
JUDGES = (Role.CHAIR, Role.EVALUATOR, Role.OBSERVER)


@dataclass(frozen=True)
class NameSubstitutesPolicy(Policy):
    """Officer and approver of the tender, and the unit's administrators, who step in when nobody else is left."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        works = any(queries.is_assigned(by, self.tender, role, at=self.at) for role in PREPARERS)
        administers = people.has_role(by, Role.ADMINISTRATOR, self.tender.unit, at=self.at)
        self.require(works or administers, _("Only officer, approver and the unit's administrator can name a substitute."))
        self.require(self.tender.phase not in TENDER_FINAL, _("This tender is over, so nobody new is needed."))


@dataclass(frozen=True)
class NameSubstitutePolicy(Policy):
    """Somebody else who holds the role in the unit, has not the task already, and does not judge in the tender."""

    tender: Tender
    user: User
    role: Role
    at: datetime

    def check(self, by: User) -> None:
        NameSubstitutesPolicy(self.tender, self.at).check(by)
        self.require(
            self.role in SUBSTITUTES, _("You can name an officer, an approver or a contract manager here. The panel has its own page.")
        )
        self.require(by != self.user, _("You can't name yourself. Ask somebody else who works with the tender."))
        held = people.has_role(self.user, self.role, self.tender.unit, at=self.at)
        self.require(held, _("This person does not have the role in the unit. An administrator can grant it."))
        has = self.tender.assignments.filter(user=self.user, role=self.role).exists()
        self.require(not has, _("This person has the task already."))
        judges = self.role in PREPARERS and self.tender.assignments.filter(user=self.user, role__in=JUDGES).exists()
        self.require(not judges, _("This person sits in the panel, and can't prepare or decide as well."))
