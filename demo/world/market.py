"""A need that is not announced: the market is asked, meets, and is told what all shall know."""

from datetime import date, datetime
from functools import partial
from typing import Any

from accounts.local_time import oslo
from demo.world.calendar import NOON, before, clock
from demo.world.data import texts
from demo.world.stage import Play
from demo.world.tenders import write_description, write_question
from demo.world.youth import SARA, SINDRE, STINE
from tenders.commands.follow_tender import follow_tender
from tenders.commands.hold_meeting import hold_meeting
from tenders.commands.join_meeting import join_meeting
from tenders.commands.log_contact import Contact, log_contact
from tenders.commands.open_dialogue import open_dialogue
from tenders.commands.publish_contact import publish_contact
from tenders.meeting_plan import MeetingPlan
from tenders.models import MarketContact, Meeting
from tenders.published_need import Invitation

KEY = "lastbus"
Text = dict[str, Any]


def write_market(play: Play) -> None:
    """All on one day, the last thing that was begun: two places at the meeting, three who want to come."""
    day, text = play.calendar.work(2), texts("tenders")[KEY]
    write_description(play, KEY, text, clock(day, 11, 30))
    play.scene(clock(day, 12, 40), partial(_log, play, text["contact"], before(day, 20)))
    play.scene(clock(day, 12, 55), partial(_publish, play, text["contact"]))
    play.scene(clock(day, 13, 0), partial(_open, play, text))
    play.scene(clock(day, 13, 20), partial(_meet, play, text))
    for no, (said, firm) in enumerate(zip(text["questions"], (SINDRE, "Sufflørkassa"), strict=True)):
        write_question(play, KEY, said, firm, clock(day, 13, 30 + no), clock(day, 15, 10 + no))
    for no, firm in enumerate((SARA, STINE, SINDRE)):
        play.scene(clock(day, 14, 5 + no), partial(_join, play, firm))


def _log(play: Play, told: dict[str, str], on: date, at: datetime) -> None:
    contact = Contact(MarketContact.Kind.ADVICE, on, told["who"], told["said"], "", told["adviser"], True, told["remedy"])
    log_contact(tender_id=play.tenders[KEY].pk, contact=contact, by=play.people["ingrid"], at=at)


def _publish(play: Play, told: dict[str, str], at: datetime) -> None:
    contact = play.tenders[KEY].market_contacts.get()
    publish_contact(contact_id=contact.pk, shared=told["shared"], by=play.people["ingrid"], at=at)


def _open(play: Play, text: Text, at: datetime) -> None:
    ingrid = play.people["ingrid"]
    until = oslo(play.calendar.ahead(16), NOON)
    invitation = Invitation(text["purpose"], ingrid.name, ingrid.email, text["contact_phone"], until)
    open_dialogue(tender_id=play.tenders[KEY].pk, invitation=invitation, by=ingrid, at=at)


def _meet(play: Play, text: Text, at: datetime) -> None:
    day = play.calendar.ahead(8)
    plan = MeetingPlan(Meeting.Kind.OPEN, clock(day, 13), clock(day, 15), clock(day, 9), text["place"], 2, text["agenda"])
    hold_meeting(tender_id=play.tenders[KEY].pk, plan=plan, by=play.people["ingrid"], at=at)


def _join(play: Play, firm: str, at: datetime) -> None:
    """The firm follows the need, and signs up for the meeting."""
    by, organisation = play.representative(firm), play.organisations[firm]
    follow_tender(tender_id=play.tenders[KEY].pk, organisation=organisation, by=by, at=at)
    join_meeting(meeting_id=play.tenders[KEY].meetings.get().pk, organisation=organisation, persons=1, by=by, at=at)
