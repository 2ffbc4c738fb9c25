"""The market dialogue as one person sees it on a page: what is public, and what the officer can do."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from tenders.models import MarketContact, MarketDialogue, Meeting, SignUp, Tender
from tenders.policies.dialogue import ASKED_IN
from tenders.policies.market import LogContactPolicy, OpenDialoguePolicy, RunDialoguePolicy
from tenders.policies.meetings import HoldMeetingPolicy
from tenders.published_need import is_behind
from tenders.queries.contacts import competing_advisers, contacts_seen_by, published_contacts
from tenders.queries.dialogue import is_outside
from tenders.queries.market import latest_dialogue_of
from tenders.queries.meetings import meetings_of, own_sign_ups, places_taken


@dataclass(frozen=True)
class MeetingRow:
    """`joins`: the person may sign up now. `own`: what they have signed up for here. `begun`: nothing more can be done with it."""

    meeting: Meeting
    full: bool
    joins: bool
    begun: bool
    own: list[SignUp] = field(default_factory=list)


@dataclass(frozen=True)
class MarketPage:
    """`holds`, `runs`, `opens`: the officer may hold meetings, publish and end the dialogue, or open one. `behind`: not all is public."""

    dialogue: MarketDialogue | None
    meetings: list[MeetingRow]
    told: QuerySet[MarketContact]
    # Only for those who work on the tender: the whole log
    log: QuerySet[MarketContact] | None = None
    advisers: QuerySet[MarketContact] | None = None
    logs: bool = False
    holds: bool = False
    runs: bool = False
    opens: bool = False
    behind: bool = False


def market_page(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> MarketPage:
    """Somebody who is not the tender's officer sees what is public, and their own sign-ups."""
    dialogue, meetings, told = latest_dialogue_of(tender), _rows(tender, user, at), published_contacts(tender)
    advisers = competing_advisers(tender) if tender.announced_at else None
    if not isinstance(user, User):
        return MarketPage(dialogue, meetings, told, advisers=advisers)
    runs = not RunDialoguePolicy(tender, at).refusal(user)
    return MarketPage(
        dialogue,
        meetings,
        told,
        advisers=advisers,
        log=contacts_seen_by(user, tender, at=at),
        logs=not LogContactPolicy(tender, at).refusal(user),
        holds=not HoldMeetingPolicy(tender, at).refusal(user),
        runs=runs,
        opens=not OpenDialoguePolicy(tender, at).refusal(user),
        behind=runs and dialogue is not None and is_behind(tender, dialogue),
    )


def _rows(tender: Tender, user: User | AnonymousUser, at: datetime) -> list[MeetingRow]:
    meetings = list(meetings_of(tender))
    if not meetings:
        return []
    own, taken = list(own_sign_ups(user, tender)), places_taken(tender)
    asked = tender.phase in ASKED_IN and is_outside(user, tender, at=at)
    return [
        MeetingRow(
            meeting,
            full=taken[meeting.pk] >= meeting.places,
            joins=asked and meeting.cancelled_at is None and at < meeting.sign_up_until,
            begun=meeting.starts_at <= at,
            own=[row for row in own if row.meeting_id == meeting.pk],
        )
        for meeting in meetings
    ]
