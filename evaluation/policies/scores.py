"""Who gives points, until when, and what must be there before a sheet is locked and the scoring closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import Policy
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.models import Score, ScoreSheet, SheetUnlock
from evaluation.policies.impartiality import DECLARE_FIRST
from evaluation.policies.whole_stage import ImpartialToAllPolicy
from evaluation.queries.panel import admitted_submissions, has_declared, is_scorer, without_conflicts
from evaluation.queries.scores import Scoring, chairs_of, granting_role, may_decide_on, scores_on, ties_to
from suppliers.models import Submission
from tenders.models import Criterion, Stage
from tenders.phases import StagePhase
from tenders.queries import is_assigned


@dataclass(frozen=True)
class GivePointsPolicy(Policy):
    """Chair and evaluators who have declared, between the opening and the closing of the scoring."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        self.require(is_scorer(by, self.stage.tender, at=self.at), _("Only the chair and the evaluators of this panel give points."))
        self.require(not self.stage.sealed, _("The stage is sealed, so there is nothing to give points to."))
        self.require(has_declared(by, self.stage), DECLARE_FIRST)
        self.require(self.stage.phase == StagePhase.OPENED, _("The scoring is closed, so the points stand as they are."))


@dataclass(frozen=True)
class ScorePolicy(Policy):
    """What is admitted and the person has no tie to; for everything else there is no sheet."""

    stage: Stage
    submission: Submission | None
    sheet: ScoreSheet | None
    at: datetime

    def check(self, by: User) -> None:
        self.submission_for(by)

    def submission_for(self, by: User) -> Submission:
        """What `by` gives points to."""
        GivePointsPolicy(self.stage, self.at).check(by)
        if self.submission is None or not _judges(by, self.submission.pk, self.stage):
            raise Refused(_("There is no such sketch for you to judge."))
        locked = self.sheet is not None and self.sheet.locked_at is not None
        self.require(not locked, _("The sheet is locked. Ask for it to be opened again, with a reason, before you change it."))
        return self.submission


def _judges(by: User, submission_id: UUID, stage: Stage) -> bool:
    """Whether it is admitted and without a tie, for somebody whom GivePointsPolicy lets give points."""
    return without_conflicts(admitted_submissions(stage), by, stage).filter(pk=submission_id).exists()


@dataclass(frozen=True)
class PointsPolicy(Policy):
    """Whole points on the scale of a criterion that the stage has. Nothing is not 0: a criterion can wait."""

    criteria: Sequence[Criterion]
    points: Mapping[int, Decimal | None]
    comments: Mapping[int, str]

    def check(self, by: User) -> None:
        known = {criterion.no: criterion for criterion in self.criteria}
        self.require({*self.points, *self.comments} <= set(known), _("The stage has no such criterion."))
        for no, points in self.points.items():
            if points is not None:
                highest = known[no].scale_max
                self.require(points == points.to_integral_value(), _("Give whole points."))
                self.require(0 <= points <= highest, _from_zero_to(highest))


def _from_zero_to_text(highest: int) -> str:
    return gettext("Give points from 0 to %(highest)d.") % {"highest": highest}


_from_zero_to = lazy(_from_zero_to_text, str)


@dataclass(frozen=True)
class LockPolicy(Policy):
    """A sheet is locked when every criterion has points and a reason."""

    criteria: Sequence[Criterion]
    sheet: ScoreSheet | None

    def check(self, by: User) -> None:
        self.whole_sheet()

    def whole_sheet(self) -> ScoreSheet:
        """What is locked."""
        scores = scores_on(self.sheet) if self.sheet else {}
        if self.sheet is None or not all(is_whole(scores.get(criterion.no)) for criterion in self.criteria):
            raise Refused(_("Give points and a reason on every criterion before you lock the sheet."))
        return self.sheet


def is_whole(score: Score | None) -> bool:
    return score is not None and score.points is not None and bool(score.comment.strip())


@dataclass(frozen=True)
class AskUnlockPolicy(Policy):
    """The owner of a locked sheet asks, with a reason, until the scoring is closed."""

    stage: Stage
    sheet: ScoreSheet
    waiting: SheetUnlock | None
    reason: str
    at: datetime

    def check(self, by: User) -> None:
        self.require(self.sheet.evaluator_id == by.pk, _("Only the owner of a sheet asks for it to be opened again."))
        GivePointsPolicy(self.stage, self.at).check(by)
        self.require(_judges(by, self.sheet.submission_id, self.stage), _("There is no such sketch for you to judge."))
        self.require(self.sheet.locked_at is not None, _("The sheet is not locked, so you can change it now."))
        self.require(self.waiting is None, _("You have asked already. Somebody else must allow it."))
        self.require(bool(self.reason.strip()), _("Write why."))


@dataclass(frozen=True)
class GrantUnlockPolicy(Policy):
    """The chair lets an evaluator change a sheet; the approver the chair, and where the chair has a tie. Never one's own."""

    stage: Stage
    unlock: SheetUnlock
    at: datetime

    def check(self, by: User) -> None:
        sheet = self.unlock.sheet
        self.require(self.unlock.asked_by_id != by.pk, _("Somebody else must allow it."))
        chairs, ties = chairs_of([self.stage.tender])[self.stage.tender_id], ties_to([sheet.submission_id])
        granter = is_assigned(by, self.stage.tender, granting_role(sheet, chairs, ties), at=self.at)
        self.require(granter, _("The chair lets an evaluator change a sheet, and the approver lets the chair."))
        self.require(self.stage.phase == StagePhase.OPENED, _("The scoring is closed, so the points stand as they are."))
        may = may_decide_on(by, sheet.submission, self.stage, at=self.at)
        self.require(may, _("You have not declared, or you or your leader has a tie to this one. Somebody else must decide."))
        standing = self.unlock.granted_at is None and sheet.locked_at is not None and sheet.voided_at is None
        self.require(standing, _("Nobody waits for this any more."))


@dataclass(frozen=True)
class CloseScoringPolicy(Policy):
    """The chair closes when everything is checked and each sketch has two sheets; what is missing takes a reason."""

    stage: Stage
    scoring: Scoring
    reason: str
    at: datetime

    def check(self, by: User) -> None:
        MayClosePolicy(self.stage, self.scoring, self.at).check(by)
        self.require(
            not self.scoring.missing or bool(self.reason.strip()), _("Some sheets are not locked. Write why you close without them.")
        )


@dataclass(frozen=True)
class MayClosePolicy(Policy):
    """All but the reason: what the page asks before it shows the form."""

    stage: Stage
    scoring: Scoring
    at: datetime

    def check(self, by: User) -> None:
        self.require(is_assigned(by, self.stage.tender, Role.CHAIR, at=self.at), _("Only the chair of this panel closes the scoring."))
        self.require(not self.stage.sealed, _("The stage is sealed, so there is nothing to give points to."))
        self.require(self.stage.phase == StagePhase.OPENED, _("The scoring is closed already."))
        tied = _("You or your leader has a tie to somebody in this stage, so another chair must close the scoring.")
        ImpartialToAllPolicy(self.stage, DECLARE_FIRST, tied).check(by)
        if self.scoring.unchecked:
            raise Refused(_unchecked(self.scoring.unchecked))
        self.require(bool(self.scoring.admitted), _("Nothing is admitted, so there is nothing to rank."))
        if self.scoring.too_few:
            raise Refused(_too_few(", ".join(self.scoring.too_few)))


@dataclass(frozen=True)
class PricesAreReadPolicy(Policy):
    """Every admitted one has a price that can be read; `unread` are the code names of those that have not."""

    unread: Sequence[str]

    def check(self, by: User) -> None:
        if self.unread:
            raise Refused(_unread(", ".join(self.unread)))


def _unread_text(names: str) -> str:
    return gettext("The price of these can't be read, so the officer must reject them before the scoring is closed: %(names)s.") % {
        "names": names
    }


def _unchecked_text(number: int) -> str:
    text = ngettext(
        "%(number)d is not checked. The officer admits or rejects it first.",
        "%(number)d are not checked. The officer admits or rejects them first.",
        number,
    )
    return text % {"number": number}


def _too_few_text(names: str) -> str:
    return gettext("Each of them needs two locked sheets. These have too few: %(names)s.") % {"names": names}


_unchecked, _too_few, _unread = lazy(_unchecked_text, str), lazy(_too_few_text, str), lazy(_unread_text, str)
