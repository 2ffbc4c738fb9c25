"""Who lets in what was handed in to be judged, and who rejects it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from evaluation.policies.impartiality import DECLARE_FIRST
from evaluation.queries.checks import closed_by_leader
from evaluation.queries.panel import has_declared, submissions_for_staff
from evaluation.rejection_grounds import GROUNDS
from tenders.models import Stage
from tenders.phases import StagePhase
from tenders.queries import is_assigned


@dataclass(frozen=True)
class CheckSubmissionsPolicy(Policy):
    """The officer of the tender does the formal check, once they have declared and until the scoring is closed."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.stage.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the procurement officer of this tender does the formal check."))
        self.require(not self.stage.sealed, _("The stage is sealed. The formal check comes when it is opened."))
        self.require(self.stage.phase == StagePhase.OPENED, _("The scoring is closed, so the formal check stands as it is."))
        self.require(has_declared(by, self.stage), DECLARE_FIRST)


@dataclass(frozen=True)
class DecideOnPolicy(Policy):
    """Nobody decides on what they or their leader has a tie to: for those with a tie of their own it is not there."""

    stage: Stage
    submissions: Collection[UUID]
    at: datetime

    def check(self, by: User) -> None:
        CheckSubmissionsPolicy(self.stage, self.at).check(by)
        wanted = set(self.submissions)
        there = submissions_for_staff(by, self.stage, at=self.at).filter(pk__in=wanted).count()
        self.require(bool(wanted) and there == len(wanted), _("There is no such sketch here. Look at the list again."))
        closed = wanted & closed_by_leader(by, self.stage)
        self.require(not closed, _("Your leader has a tie to this supplier, so another procurement officer must decide."))


@dataclass(frozen=True)
class RejectSubmissionPolicy(Policy):
    """A rejection names its ground and its reason; where the ground demands it, the supplier was heard first."""

    stage: Stage
    submission: UUID
    ground: str
    reason: str
    heard: str
    at: datetime

    def check(self, by: User) -> None:
        DecideOnPolicy(self.stage, [self.submission], self.at).check(by)
        self.require(self.ground in GROUNDS, _("Choose the ground."))
        self.require(bool(self.reason.strip()), _("Write the reason. The supplier gets to read it."))
        needed = GROUNDS[self.ground].needs_hearing
        self.require(bool(self.heard.strip()) or not needed, _("Hear the supplier first, and write when and how. This ground demands it."))
