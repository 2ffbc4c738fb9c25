"""Needs in market dialogue, meetings and contacts, made by the real commands."""

from datetime import datetime, timedelta
from typing import Any

from accounts.local_time import oslo_day
from accounts.models import User
from tenders.commands.hold_meeting import hold_meeting
from tenders.commands.log_contact import Contact, log_contact
from tenders.commands.open_dialogue import open_dialogue
from tenders.meeting_plan import MeetingPlan
from tenders.models import MarketContact, Meeting, Tender
from tenders.published_need import Invitation
from tests.conftest import NOON
from tests.tenders_made import describe

ASKED = "Hva gjør dere i dag som ligner?"
SHARED = "Vi viste tallene for i fjor."


def invitation(at: datetime = NOON, **changes: Any) -> Invitation:
    given = {"purpose": ASKED, "contact_name": "Ingrid Aas", "contact_email": "ingrid@nav.example", "contact_phone": "55 55 33 33"}
    return Invitation(**{**given, "input_until": at + timedelta(days=14), **changes})


def in_dialogue(ingrid: User, at: datetime = NOON, **changes: Any) -> Tender:
    """A need that everybody reads as it stands in the draft at `at`."""
    tender = describe(ingrid, at, **changes)
    open_dialogue(tender_id=tender.pk, invitation=invitation(at), by=ingrid, at=at)
    tender.refresh_from_db()
    return tender


def plan(at: datetime = NOON, **changes: Any) -> MeetingPlan:
    """Two hours in a week, with two places."""
    starts = at + timedelta(days=7)
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "sign_up_until": starts - timedelta(days=1)}
    given = {"kind": Meeting.Kind.OPEN, "place": "Møterom Fjord", "places": 2, "agenda": "Vi viser tallene."}
    return MeetingPlan(**{**given, **times, **changes})


def meeting(tender: Tender, ingrid: User, at: datetime = NOON, **changes: Any) -> Meeting:
    return hold_meeting(tender_id=tender.pk, plan=plan(at, **changes), by=ingrid, at=at)


def contact(at: datetime = NOON, **changes: Any) -> Contact:
    given = {"kind": MarketContact.Kind.ADVICE, "on": oslo_day(at), "who": "Ingrid Aas og Stine Ness", "said": "De rådet oss til å vente."}
    return Contact(**{**given, **changes})


def advised(tender: Tender, ingrid: User, at: datetime = NOON) -> MarketContact:
    """Halvkollen has advised and may compete; what was shared is not published."""
    said = contact(at, shared=SHARED, adviser="Halvkollen ASA", may_compete=True, remedy="Alle får tallene, og fristen er lengre.")
    return log_contact(tender_id=tender.pk, contact=said, by=ingrid, at=at)
