"""Who may ask, answer and follow, and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts import wording
from accounts.models import Organisation, User
from accounts.policies import Policy
from accounts.roles import Role
from tenders.models import Question, Tender
from tenders.phases import ENDED_PHASES, TenderPhase
from tenders.queries.dialogue import questions_until, takes_late_questions, works_with
from tenders.queries.market import has_been_in_dialogue
from tenders.queries.visibility import is_assigned

ASKED_IN = (TenderPhase.IN_DIALOGUE, TenderPhase.ANNOUNCED)
_TOO_LATE = _("You could ask until %(until)s. All answers stand on this page.")


def _too_late(closed_at: datetime | None) -> str:
    return str(_TOO_LATE) % {"until": wording.moment(closed_at) if closed_at else ""}


too_late = lazy(_too_late, str)


@dataclass(frozen=True)
class AskPolicy(Policy):
    """Everybody who is logged in may ask, but those who work with the tender: they answer.

    In market dialogue, and from the announcement to the deadline. After the cut-off the question is kept, and no answer promised.
    """

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        self.require(self.tender.phase not in ENDED_PHASES, _("This tender has ended, so no more questions are taken."))
        self.require(self.tender.phase in ASKED_IN, _("You can ask when the tender is announced."))
        self.require(not works_with(by, self.tender), _("You work with this tender, so you can't ask in it."))
        until = questions_until(self.tender)
        self.require(until is not None, _("No questions are taken in this tender."))
        in_time = until is not None and self.at < until
        self.require(in_time or takes_late_questions(self.tender, at=self.at), too_late(until))


@dataclass(frozen=True)
class AnswerPolicy(Policy):
    """The tender's officer answers, once, to everybody."""

    question: Question
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.question.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the tender's procurement officer can answer."))
        self.require(self.question.answered_at is None, _("This question has been answered already."))
        aside = self.question.tender.phase == TenderPhase.SHELVED
        self.require(not aside, _("The draft lies aside, and nobody would see the answer. Take it up again first."))


@dataclass(frozen=True)
class FollowThemePolicy(Policy):
    """Everybody may be told, for themselves or for an organisation they act for."""

    organisation: Organisation | None

    def check(self, by: User) -> None:
        mine = self.organisation is None or people.own_organisations(by).filter(pk=self.organisation.pk).exists()
        self.require(mine, _("You can only choose organisations that you act for."))


@dataclass(frozen=True)
class FollowPolicy(Policy):
    """Everybody may follow what is announced, or what the market was asked about, for themselves or for an organisation they act for."""

    tender: Tender
    organisation: Organisation | None

    def check(self, by: User) -> None:
        self.require(self.tender.phase not in ENDED_PHASES, _("This tender has ended, so there is nothing more to be told of."))
        public = self.tender.phase == TenderPhase.ANNOUNCED or has_been_in_dialogue(self.tender)
        self.require(public, _("You can follow a tender when it is announced."))
        FollowThemePolicy(self.organisation).check(by)
