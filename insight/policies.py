"""Who may read the journal."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from tenders.models import Tender
from tenders.queries.visibility import sees_preparing


@dataclass(frozen=True)
class ReadCaseJournalPolicy(Policy):
    """The unit's auditor, and the officer and approver of the tender."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        sees = sees_preparing(by, self.tender, at=self.at)
        self.require(sees, _("The journal is for auditors, and for the officer and the approver of the tender."))


@dataclass(frozen=True)
class ReadAllJournalsPolicy(Policy):
    """Auditors; what they see is that of their own units."""

    at: datetime

    def check(self, by: User) -> None:
        auditor = people.has_role_somewhere(by, [Role.AUDITOR], at=self.at)
        self.require(auditor, _("Only auditors can read all the journals."))
