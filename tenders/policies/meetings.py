"""Who holds a dialogue meeting, and who signs up for it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts.models import Organisation, User
from accounts.policies import Policy
from accounts.roles import Role
from tenders.models import Meeting, SignUp, Tender
from tenders.phases import TenderPhase
from tenders.policies.dialogue import ASKED_IN
from tenders.queries.dialogue import works_with
from tenders.queries.visibility import is_assigned


@dataclass(frozen=True)
class HoldMeetingPolicy(Policy):
    """The officer, while the market is asked; after the announcement until the cut-off for questions, so that all know the same."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the procurement officer of this tender holds meetings in it."))
        self.require(self.tender.phase in ASKED_IN, _("Meetings are held while the market is asked, or while questions are taken."))
        until = self.tender.questions_close_at if self.tender.phase == TenderPhase.ANNOUNCED else None
        self.require(until is None or self.at < until, _("The time for questions has passed, so no more meetings are held."))


@dataclass(frozen=True)
class ChangeMeetingPolicy(Policy):
    """The officer changes or cancels a meeting that has not begun. One in a tender that is a draft again can only be cancelled."""

    meeting: Meeting
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.meeting.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the procurement officer of this tender holds meetings in it."))
        self.require(self.meeting.cancelled_at is None, _("This meeting has been cancelled."))
        self.require(self.at < self.meeting.starts_at, _("This meeting has begun, so it can't be changed."))


@dataclass(frozen=True)
class SignUpPolicy(Policy):
    """Everybody who doesn't work with the tender, for an organisation they act for or for themselves."""

    meeting: Meeting
    organisation: Organisation | None
    at: datetime

    def check(self, by: User) -> None:
        self.require(self.meeting.cancelled_at is None, _("This meeting has been cancelled."))
        self.require(self.meeting.tender.phase in ASKED_IN, _("Nobody can sign up for this meeting now."))
        self.require(not works_with(by, self.meeting.tender), _("You work with this tender, so you don't sign up."))
        self.require(self.at < self.meeting.sign_up_until, _("The time for signing up has passed."))
        mine = self.organisation is None or people.own_organisations(by).filter(pk=self.organisation.pk).exists()
        self.require(mine, _("You can only choose organisations that you act for."))
        counted = SignUp.objects.filter(meeting=self.meeting, organisation__in=people.own_organisations(by))
        alone = self.organisation is None
        self.require(not (alone and counted.exists()), _("You are signed up for an organisation. A place is for all who come from it."))


@dataclass(frozen=True)
class LeaveMeetingPolicy(Policy):
    """Those who act for the organisation, or the person, give the place back until the meeting begins."""

    meeting: Meeting
    organisation: Organisation | None
    at: datetime

    def check(self, by: User) -> None:
        self.require(self.at < self.meeting.starts_at, _("The meeting has begun."))
        mine = self.organisation is None or people.own_organisations(by).filter(pk=self.organisation.pk).exists()
        self.require(mine, _("You can only choose organisations that you act for."))
