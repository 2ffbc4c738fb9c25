"""The dates that a supplier must keep, for a calendar program (RFC 5545)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts import wording
from tenders.models import MarketDialogue, Meeting, Stage, Tender
from tenders.phases import ENDED_PHASES, StagePhase
from tenders.queries.amendments import last_said_at
from tenders.queries.meetings import held_meetings

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(tenders: Sequence[Tender], dialogues: Sequence[MarketDialogue], name: str) -> bytes:
    """Until when one can ask, meetings, the deadlines, and when answers come. What has ended has no dates.

    Tenders with `stages` and amendments loaded; of a market dialogue only what is public of it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Nyvei//Nyvei//NO")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    going_on = [tender for tender in tenders if tender.phase not in ENDED_PHASES]
    for tender in going_on:
        for event in _events(tender):
            calendar.add_component(event)
    for dialogue in dialogues:
        calendar.add_component(_dialogue_event(dialogue))
    for meeting in held_meetings([*going_on, *(dialogue.tender for dialogue in dialogues)]):
        calendar.add_component(_meeting_event(meeting))
    return bytes(calendar.to_ical())


def _events(tender: Tender) -> Iterator[Event]:
    if tender.questions_close_at:
        yield _event(tender, f"questions-{tender.pk}", _("Last chance to ask: %(tender)s"), tender.questions_close_at)
    for stage in tender.stages.all():
        if stage.phase == StagePhase.CANCELLED:
            continue
        if stage.closes_at:
            summary = (
                _("Deadline: %(tender)s, %(stage)s") if stage.entry == Stage.Entry.OPEN else _("Deadline for those invited: %(tender)s")
            )
            before = _("Before %(time)s. Our clock counts.") % {"time": wording.clock_time(stage.closes_at)}
            yield _event(tender, f"deadline-{stage.pk}", summary, stage.closes_at, stage.name, before)
        if stage.answer_by:
            yield _event(
                tender, f"answer-{stage.pk}", _("The answer comes at the latest: %(tender)s, %(stage)s"), stage.answer_by, stage.name
            )


def _dialogue_event(dialogue: MarketDialogue) -> Event:
    summary = _("Say what you think by: %(tender)s")
    event = _plain_event(dialogue.tender, f"dialogue-{dialogue.pk}", summary % {"tender": dialogue.tender.name}, dialogue.input_until)
    event.add("dtstamp", dialogue.published_at)
    event.add("sequence", dialogue.version)
    return event


def _meeting_event(meeting: Meeting) -> Event:
    summary = _("Meeting about %(tender)s") % {"tender": meeting.tender.name}
    event = _plain_event(meeting.tender, f"meeting-{meeting.pk}", summary, meeting.starts_at, meeting.agenda)
    event.add("dtend", meeting.ends_at)
    event.add("location", meeting.place)
    event.add("dtstamp", meeting.changed_at)
    event.add("sequence", meeting.version)
    return event


def _event(tender: Tender, key: str, summary: str, when: date | datetime, stage: str = "", text: str = "") -> Event:
    event = _plain_event(tender, key, summary % {"tender": tender.name, "stage": stage}, when, text)
    # A calendar program takes the event anew when it was amended
    event.add("dtstamp", last_said_at(tender))
    event.add("sequence", len(tender.amendments.all()))
    return event


def _plain_event(tender: Tender, key: str, summary: str, when: date | datetime, text: str = "") -> Event:
    address = settings.SITE_URL + reverse("insight:tender", args=[tender.reference])
    event = Event()
    event.add("uid", f"{key}@nyvei")
    event.add("dtstart", when)
    event.add("summary", summary)
    event.add("description", "\n".join(part for part in (text, address) if part))
    event.add("url", address)
    return event
