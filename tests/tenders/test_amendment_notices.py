"""All who follow are told of an amendment at the same moment, in the same words; feeds and calendars follow."""

from datetime import timedelta

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from accounts.models import JournalEntry, Organisation, User
from letters.models import Letter, LetterBatch
from tenders.commands.announce_amendment import announce_amendment
from tenders.commands.follow_tender import follow_tender
from tests.amendments_made import CLEARER, WHY, amended, asked_to_amend
from tests.conftest import NOON
from tests.stages_made import drafted, firm, handed_in, stage_of
from tests.tenders_made import announced

LATER = NOON + timedelta(days=7)
pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


def letters():
    return Letter.objects.filter(batch__kind="amendment")


def test_followers_and_those_who_have_begun_are_told_with_before_and_after(tender, ingrid, arne, sara):
    stage = stage_of(tender)
    user, organisation = firm(1)
    User.objects.update(language="en")
    Organisation.objects.update(language="en")
    drafted(tender, 1)
    follow_tender(tender_id=tender.pk, organisation=None, by=User.objects.get(pk=sara.pk), at=NOON)
    before = tender.need
    amended(tender, ingrid, arne, LATER, values={"need": CLEARER, "closes_at": stage.closes_at + timedelta(days=7)})
    assert {(row.organisation, row.user) for row in letters()} == {(organisation, None), (None, sara)}
    bodies = set(letters().values_list("title", "body"))
    assert len(bodies) == 1 and set(letters().values_list("released_at", flat=True)) == {LATER}
    [(title, body)] = bodies
    assert title == "Amendment 1 of «Unge på vei til jobb»"
    assert WHY in body and f"Before: {before}" in body and f"Now: {CLEARER}" in body
    flat = body.replace("\xa0", " ")
    assert "The deadline was Thursday 1 October 2026 before 12:00. It is now Thursday 8 October 2026 before 12:00." in flat
    assert "If you have handed in: it stays handed in." in body
    assert set(letters().values_list("address", flat=True)) == {reverse("tenders:amendments", args=[tender.reference])}
    assert "http" not in body


def test_each_gets_it_in_their_own_language_and_the_approver_has_read_it(tender, ingrid, arne, sara, sindre, client, clock_at):
    clock_at(LATER)
    for language, person in (("nb", sara), ("nn", sindre)):
        User.objects.filter(pk=person.pk).update(language=language)
        follow_tender(tender_id=tender.pk, organisation=None, by=person, at=NOON)
    approval = asked_to_amend(tender, ingrid, LATER, material=False)
    client.force_login(arne)
    page = client.get(reverse("tenders:amend", args=[tender.reference])).content.decode()
    client.post(
        reverse("tenders:announce_amendment", args=[tender.reference]), {"proposal": approval.pk, "content_hash": approval.content_hash}
    )
    said = {row.user: row for row in letters()}
    assert said[sara].body != said[sindre].body
    assert all(line in page for line in said[sara].body.splitlines() if line)
    assert "Fristen er fortsatt" in said[sara].body and "levert" not in said[sara].body


def test_why_a_late_one_moves_no_deadline_is_told(tender, ingrid, arne, sara):
    follow_tender(tender_id=tender.pk, organisation=None, by=sara, at=NOON)
    amended(tender, ingrid, arne, stage_of(tender).closes_at - timedelta(days=1), deadline_reason="Bare ett ord er byttet.")
    assert "Bare ett ord er byttet." in letters().get().body


def test_the_journal_says_the_same_with_no_follower_and_with_three(ingrid, arne):
    told = []
    for count in (0, 3):
        tender = announced(ingrid, arne)
        handed_in(tender, count)
        amended(tender, ingrid, arne, LATER)
        lines = JournalEntry.objects.filter(stream=f"tender:{tender.pk}").order_by("seq")
        told.append([(line.event, line.actor_role, {**line.facts, "content": "", "key": "", "reference": ""}) for line in lines])
        assert LetterBatch.objects.filter(kind="amendment", stream=f"tender:{tender.pk}").count() == 1
    assert told[0] == told[1]
    assert letters().count() == 3


@pytest.mark.parametrize("count", [1, 3])
def test_telling_asks_the_same_however_many_follow(tender, ingrid, arne, count):
    handed_in(tender, count)
    approval = asked_to_amend(tender, ingrid, LATER)
    with CaptureQueriesContext(connection) as asked:
        announce_amendment(approval_id=approval.pk, content_seen=approval.content_hash, by=arne, at=LATER)
    assert letters().count() == count
    assert len(asked) == 52


def test_the_feed_says_when_it_was_amended(tender, ingrid, arne, client, clock_at):
    clock_at(LATER + timedelta(days=1))
    [before] = feedparser.parse(client.get(reverse("tenders:feed")).content).entries
    amended(tender, ingrid, arne, LATER)
    [after] = feedparser.parse(client.get(reverse("tenders:feed")).content).entries
    assert (before.updated_parsed[:3], after.updated_parsed[:3]) == ((2026, 9, 1), (2026, 9, 8))
    assert before.published == after.published and before.id == after.id


def test_calendar_programs_take_the_dates_anew(tender, ingrid, arne, client, clock_at):
    clock_at(LATER + timedelta(days=1))
    new = stage_of(tender).closes_at + timedelta(days=7)
    amended(tender, ingrid, arne, LATER, values={"closes_at": new})
    for name, args in (("tenders:calendar", []), ("tenders:tender_calendar", [tender.reference])):
        events = list(Calendar.from_ical(client.get(reverse(name, args=args)).content).walk("VEVENT"))
        assert {(event["DTSTAMP"].dt, event["SEQUENCE"]) for event in events} == {(LATER, 1)}
        assert new in [event["DTSTART"].dt for event in events]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "statements"), [("tenders:feed", 7), ("tenders:calendar", 8)])
def test_feed_and_calendar_ask_the_same_however_many_are_amended(ingrid, arne, client, clock_at, name, statements, count):
    clock_at(LATER)
    for no in range(count):
        amended(announced(ingrid, arne, name=f"Sak {no}"), ingrid, arne, LATER)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(name))
    assert len(asked) == statements
