"""Who may take which step of an application for prequalification, and why not."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts.local_time import oslo_day
from accounts.models import Organisation, User
from accounts.policies import ActForOrganisationPolicy, Policy
from suppliers.models import Prequalification, ReviewQuestion, SelfDeclaration
from suppliers.phases import PrequalificationPhase as Phase
from suppliers.queries import prequalification as queries
from suppliers.review_periods import renewable_from


@dataclass(frozen=True)
class StartPrequalificationPolicy(Policy):
    """A representative applies again after a no, after a yes has run out, and in its last 60 days."""

    organisation: Organisation
    at: datetime

    def check(self, by: User) -> None:
        ActForOrganisationPolicy(self.organisation).check(by)
        self.require(not queries.is_under_way(self.organisation), _("An application is already under way."))
        held = queries.standing_decision(self.organisation, at=self.at)
        soon_over = held is None or held.valid_until is None or renewable_from(held.valid_until) <= oslo_day(self.at)
        self.require(soon_over, _("You are qualified already. You can renew in the last 60 days."))


@dataclass(frozen=True)
class SaveDeclarationPolicy(Policy):
    """Everybody who acts for the organisation writes, until the application has been sent."""

    prequalification: Prequalification

    def check(self, by: User) -> None:
        member = people.members_of(self.prequalification.organisation).filter(pk=by.pk).exists()
        self.require(member, _("Only those who act for the organisation can write here."))
        self.require(self.prequalification.phase == Phase.DRAFT, _("The application has been sent and can't be changed."))


@dataclass(frozen=True)
class ApplyForPrequalificationPolicy(Policy):
    """A representative sends a self-declaration that lacks nothing."""

    prequalification: Prequalification
    declaration: SelfDeclaration

    def check(self, by: User) -> None:
        ActForOrganisationPolicy(self.prequalification.organisation).check(by)
        self.require(self.prequalification.phase == Phase.DRAFT, _("The application has been sent already."))
        self.require(not queries.missing_in(self.declaration), _("Fill in what is missing before you send the application."))


@dataclass(frozen=True)
class AskApplicantPolicy(Policy):
    """A reviewer of the directorate asks one question at a time."""

    prequalification: Prequalification
    at: datetime

    def check(self, by: User) -> None:
        phase, organisation = self.prequalification.phase, self.prequalification.organisation
        self.require(queries.is_reviewer(by, at=self.at), _("Only a prequalification reviewer in the directorate can ask."))
        member = people.members_of(organisation).filter(pk=by.pk).exists()
        self.require(not member, _("You can't ask an organisation you belong to."))
        self.require(phase != Phase.QUESTION, _("Wait for the answer to the last question."))
        self.require(phase == Phase.SUBMITTED, _("Only an application that waits for an answer can be asked about."))


@dataclass(frozen=True)
class AnswerReviewerPolicy(Policy):
    """A representative answers a question once."""

    question: ReviewQuestion

    def check(self, by: User) -> None:
        ActForOrganisationPolicy(self.question.prequalification.organisation).check(by)
        self.require(self.question.answered_at is None, _("This question has been answered already."))


@dataclass(frozen=True)
class DecidePrequalificationPolicy(Policy):
    """A reviewer of the directorate decides, with grounds, for an organisation they have no part in."""

    prequalification: Prequalification
    at: datetime

    def check(self, by: User) -> None:
        phase, organisation = self.prequalification.phase, self.prequalification.organisation
        self.require(queries.is_reviewer(by, at=self.at), _("Only a prequalification reviewer in the directorate can decide."))
        member = people.members_of(organisation).filter(pk=by.pk).exists()
        self.require(not member, _("You can't decide for an organisation you belong to."))
        self.require(phase != Phase.QUESTION, _("Wait for the applicant's answer before you decide."))
        self.require(phase == Phase.SUBMITTED, _("This application does not wait for a decision."))
