"""Who may tell how many hours a submission took, and for what."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import Policy
from suppliers.models import Submission
from suppliers.phases import SubmissionPhase
from suppliers.policies.submission import MemberPolicy
from tenders.models import Stage
from tenders.phases import StagePhase

HANDED_IN = (SubmissionPhase.SUBMITTED, SubmissionPhase.OPENED)


@dataclass(frozen=True)
class TellHoursPolicy(Policy):
    """Everybody who acts for the organisation, once the sketch is handed in; nobody is asked when it never will be opened."""

    stage: Stage
    submission: Submission

    def check(self, by: User) -> None:
        MemberPolicy(self.submission.organisation).check(by)
        handed_in = self.submission.phase in HANDED_IN
        self.require(handed_in, _("The sketch is not handed in, so we do not ask how many hours it took."))
        never = self.stage.phase == StagePhase.CANCELLED and self.stage.sealed
        self.require(not never, _("The tender was cancelled before anything was opened, so we do not ask how many hours it took."))
