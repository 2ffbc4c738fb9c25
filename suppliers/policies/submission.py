"""Who may write, hand in, take back and withdraw, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts import wording
from accounts.models import Organisation, User
from accounts.policies import Policy
from accounts.refused import Refused
from suppliers.completeness import Shortcoming
from suppliers.models import Submission
from suppliers.phases import SubmissionPhase
from suppliers.queries import prequalification
from suppliers.queries.invitations import is_invited
from suppliers.queries.submissions import current_submission
from tenders.models import Stage

_deadline = lazy(wording.deadline, str)
_moment = lazy(wording.moment, str)
_to_the_second = lazy(wording.moment_seconds, str)


class SavedByAnother(Refused):
    """What is saved is newer than what the person started from. Their own text must be shown beside it."""


@dataclass(frozen=True)
class StageIsOpenPolicy(Policy):
    """Half-open: what arrives at the deadline itself is late. Asked under the stage's lock."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        state = self.stage.state_at(self.at)
        self.require(state != Stage.State.PLANNED, _("This stage has not been announced yet."))
        if state == Stage.State.WAITING and self.stage.opens_at:
            early = _("This stage opens {opens}. You can begin then.")
            raise Refused(format_lazy(early, opens=_moment(self.stage.opens_at)))
        self.require(state != Stage.State.CANCELLED, _("The tender has been cancelled. Nothing more is taken in."))
        overtaken = not self.stage.sealed and self.stage.closes_at is not None and self.at < self.stage.closes_at
        self.require(not overtaken, _("The stage was opened while this was on its way. Nothing was changed."))
        if state != Stage.State.OPEN and self.stage.closes_at:
            late = _("The deadline was {deadline}. This arrived {arrived}, and then nobody can write, hand in or change anything.")
            closed, arrived = _deadline(self.stage.closes_at), _to_the_second(self.at)
            raise Refused(format_lazy(late, deadline=closed, arrived=arrived))


@dataclass(frozen=True)
class MemberPolicy(Policy):
    """Everybody who acts for the organisation writes for it."""

    organisation: Organisation

    def check(self, by: User) -> None:
        member = people.members_of(self.organisation).filter(pk=by.pk).exists()
        self.require(member, _("Only those who act for the organisation can write for it."))


@dataclass(frozen=True)
class RepresentativePolicy(Policy):
    """Handing in binds the organisation, so a representative does it."""

    organisation: Organisation

    def check(self, by: User) -> None:
        reason = _("Only a representative of the organisation can hand in, take back or withdraw. Ask one of them to do it.")
        self.require(people.represents(by, self.organisation), reason)


@dataclass(frozen=True)
class EntryPolicy(Policy):
    """The stage is open to all; prequalification is needed only when the tender says so with its legal ground."""

    stage: Stage
    organisation: Organisation
    at: datetime

    def check(self, by: User) -> None:
        invited = self.stage.entry == Stage.Entry.OPEN or is_invited(self.organisation, self.stage)
        only = _("Only those who are invited can take part in this stage.")
        if framework := self.stage.tender.framework:
            only = format_lazy(_("Only suppliers in the framework agreement «{name}» can take part in its call-offs."), name=framework.name)
        self.require(invited, only)
        qualified = not self.stage.tender.prequalification_required or prequalification.is_qualified(self.organisation, at=self.at)
        self.require(qualified, _("This tender is for prequalified organisations. Apply for prequalification first."))


@dataclass(frozen=True)
class StartSubmissionPolicy(Policy):
    """One current submission per organisation and stage; all who act for it work on the same one."""

    stage: Stage
    organisation: Organisation
    at: datetime

    def check(self, by: User) -> None:
        MemberPolicy(self.organisation).check(by)
        EntryPolicy(self.stage, self.organisation, self.at).check(by)
        StageIsOpenPolicy(self.stage, self.at).check(by)
        started = current_submission(self.organisation, self.stage) is not None
        self.require(not started, _("Your organisation has already started. You work on the same one."))


@dataclass(frozen=True)
class WriteDraftPolicy(Policy):
    """A draft is written until the deadline; what is handed in is taken back first."""

    stage: Stage
    submission: Submission
    at: datetime

    def check(self, by: User) -> None:
        MemberPolicy(self.submission.organisation).check(by)
        phase = self.submission.phase
        StageIsOpenPolicy(self.stage, self.at).check(by)
        self.require(phase != SubmissionPhase.SUBMITTED, _("This is handed in. Take it back before you change it."))
        self.require(phase == SubmissionPhase.DRAFT, _("It has been withdrawn. Start a new one."))


@dataclass(frozen=True)
class SubmitPolicy(Policy):
    """A representative hands in what is complete, before the deadline."""

    stage: Stage
    submission: Submission
    missing: Sequence[Shortcoming]
    at: datetime

    def check(self, by: User) -> None:
        RepresentativePolicy(self.submission.organisation).check(by)
        StageIsOpenPolicy(self.stage, self.at).check(by)
        EntryPolicy(self.stage, self.submission.organisation, self.at).check(by)
        draft = self.submission.phase == SubmissionPhase.DRAFT
        self.require(draft, _("This is no longer a draft. Look at its page to see what has happened."))
        self.require(not self.missing, _("Answer every question and keep within the limits before you hand in."))


@dataclass(frozen=True)
class TakeBackPolicy(Policy):
    """What is handed in can be taken back, to change it or for good, until the deadline."""

    stage: Stage
    submission: Submission
    at: datetime

    def check(self, by: User) -> None:
        RepresentativePolicy(self.submission.organisation).check(by)
        StageIsOpenPolicy(self.stage, self.at).check(by)
        handed_in = self.submission.phase == SubmissionPhase.SUBMITTED
        self.require(handed_in, _("Nothing is handed in, so there is nothing to take back."))


@dataclass(frozen=True)
class ConfirmPolicy(Policy):
    """What is handed in is confirmed after an amendment, until the deadline. `to_confirm`: how many amendments ask for it."""

    stage: Stage
    submission: Submission
    to_confirm: int
    at: datetime

    def check(self, by: User) -> None:
        represents = people.represents(by, self.submission.organisation)
        self.require(represents, _("Only a representative of the organisation can confirm. Ask one of them to do it."))
        StageIsOpenPolicy(self.stage, self.at).check(by)
        handed_in = self.submission.phase == SubmissionPhase.SUBMITTED
        self.require(handed_in, _("Nothing is handed in, so there is nothing to confirm."))
        self.require(self.to_confirm > 0, _("There is nothing more to confirm."))
