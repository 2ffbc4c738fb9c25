"""Who declares impartiality, and who tells of a tie that was found later."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import Policy
from evaluation.queries.panel import has_declared, must_declare
from tenders.models import Stage

DECLARE_FIRST = _("Declare first whether you are impartial. Then you can do this.")


@dataclass(frozen=True)
class DeclarePolicy(Policy):
    """Everybody who prepares, judges or decides declares once in each stage, when the names are known."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        concerned = must_declare(by, self.stage.tender, at=self.at)
        self.require(concerned, _("Only those who prepare, judge or decide in this tender declare."))
        self.require(not self.stage.sealed, _("You declare when the stage is opened. Only then is it known who has handed in."))
        declared = has_declared(by, self.stage)
        self.require(not declared, _("You have declared already. A tie that you find later is told from the sketch or from this page."))


@dataclass(frozen=True)
class TellTiePolicy(Policy):
    """Whoever has declared tells of a tie at any time, also when the decision is made."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        concerned = must_declare(by, self.stage.tender, at=self.at)
        self.require(concerned, _("Only those who prepare, judge or decide in this tender declare."))
        self.require(not self.stage.sealed and has_declared(by, self.stage), DECLARE_FIRST)
