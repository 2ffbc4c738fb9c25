"""The dates that a supplier must keep, for a calendar program (RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts import wording
from tenders.models import Stage, Tender
from tenders.phases import ENDED_PHASES, StagePhase
from tenders.queries.amendments import last_said_at

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(tenders: Iterable[Tender], name: str) -> bytes:
    """Until when one can ask, the deadlines, and when answers come. What has ended has no dates.

    Tenders with `stages` and amendments loaded.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Nyvei//Nyvei//NO")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for tender in tenders:
        if tender.phase not in ENDED_PHASES:
            for event in _events(tender):
                calendar.add_component(event)
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


def _event(tender: Tender, key: str, summary: str, when: date | datetime, stage: str = "", text: str = "") -> Event:
    address = settings.SITE_URL + reverse("insight:tender", args=[tender.reference])
    event = Event()
    event.add("uid", f"{key}@nyvei")
    # A calendar program takes the event anew when it was amended
    event.add("dtstamp", last_said_at(tender))
    event.add("sequence", len(tender.amendments.all()))
    event.add("dtstart", when)
    event.add("summary", summary % {"tender": tender.name, "stage": stage})
    event.add("description", "\n".join(part for part in (text, address) if part))
    event.add("url", address)
    return event
