"""Filters, feed and calendar of the public list: what fits, nothing that is not announced, and readable by programs that others wrote."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import feedparser
import pytest
from icalendar import Calendar

from tenders.models import Budget, Tender
from tenders.phases import TenderPhase
from tests.conftest import NOON
from tests.tenders_made import announced, describe, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(clock_at):
    clock_at(NOON)


def headings(client, **wanted):
    """Of the offers that the list shows, in order."""
    return [offer.title for offer in client.get("/tenders/", wanted).context["offers"]]


@pytest.fixture
def several(ingrid, arne):
    """One open in Rogaland, one open anywhere with a large budget, one whose deadline has passed, one that is cancelled."""
    rogaland = announced(ingrid, arne, heading="Rogaland", groups=["young", "newcomers"])
    rogaland.counties.set(["NO0A1"])
    large = announced(ingrid, arne, heading="Stor", groups=["older"])
    Budget.objects.filter(tender=large).update(amount=Decimal("1200000.00"))
    closed = announced(ingrid, arne, NOON - timedelta(days=60), heading="Stengt", groups=["young"])
    closed.counties.set(["NO081"])
    ended = announced(ingrid, arne, heading="Avlyst", groups=["employers"])
    ended.counties.set(["NO081"])
    Tender.objects.filter(pk=ended.pk).update(phase=TenderPhase.CANCELLED)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, {"Rogaland", "Stor", "Stengt", "Avlyst"}),
        ({"county": "NO0A1"}, {"Rogaland", "Stor"}),
        ({"county": "NO081"}, {"Stor", "Stengt", "Avlyst"}),
        ({"state": "open"}, {"Rogaland", "Stor"}),
        ({"state": "coming"}, set()),
        ({"state": "closed"}, {"Stengt"}),
        ({"state": "ended"}, {"Avlyst"}),
        ({"least": "1000000"}, {"Stor"}),
        ({"least": "5000000"}, set()),
        ({"county": "NO0A1", "state": "open", "q": "rogaland"}, {"Rogaland"}),
        ({"group": "young"}, {"Rogaland", "Stengt"}),
        ({"group": "newcomers", "county": "NO0A1"}, {"Rogaland"}),
        ({"group": "parents"}, set()),
        ({"procedure": "idea_competition"}, {"Rogaland", "Stor", "Stengt", "Avlyst"}),
        ({"procedure": "idea_competition", "group": "older"}, {"Stor"}),
        ({"q": "arbeidsgivere"}, {"Avlyst"}),
        ({"q": "FLYKTNINGER"}, {"Rogaland"}),
    ],
)
def test_the_list_shows_what_fits(client, several, wanted, found):
    assert set(headings(client, **wanted)) == found


def test_what_opens_later_is_coming(client, ingrid, arne, clock_at):
    tender = announced(ingrid, arne, heading="Snart")
    stage = tender.stages.get(no=1)
    clock_at(stage.opens_at - timedelta(seconds=1))
    assert headings(client, state="coming") == ["Snart"] and headings(client, state="open") == headings(client, state="closed") == []
    clock_at(stage.opens_at)
    assert headings(client, state="coming") == [] and headings(client, state="open") == ["Snart"]


def test_below_the_open_ones_the_list_goes_on_with_the_soonest_and_ends_with_what_has_ended(client, ingrid, arne, several, clock_at):
    later, sooner = (announced(ingrid, arne, NOON + timedelta(days=days), heading=name) for days, name in ((9, "Sist"), (3, "Først")))
    Tender.objects.filter(heading="Avlyst").update(announced_at=NOON + timedelta(days=20))
    assert headings(client)[2:] == ["Først", "Sist", "Stengt", "Avlyst"]


def test_a_group_is_found_by_its_name_in_the_language_of_the_reader(client, several):
    client.cookies["django_language"] = "en"
    assert set(headings(client, q="refugees")) == {"Rogaland"}
    assert headings(client, q="flyktninger") == []


def test_what_fewer_look_for_is_folded_until_it_is_in_use(client, several):
    folded, used = (client.get("/tenders/", wanted).content.decode() for wanted in ({"group": "young"}, {"least": "500000"}))
    assert '<details class="nv-quiet"><summary>Flere valg' in folded and '<details class="nv-quiet" open><summary>Flere valg' in used


@pytest.mark.parametrize(
    "wrong",
    [
        *({"county": "XX"}, {"state": "secret"}, {"least": "-1"}, {"least": "1e9"}, {"q": "x" * 500}),
        *({"group": "secret"}, {"procedure": "x" * 100_000}),
    ],
)
def test_what_cannot_be_chosen_is_said_and_the_rest_still_counts(client, several, wrong):
    response = client.get("/tenders/", wrong | {"state": "open"} if "state" not in wrong else wrong)
    assert response.status_code == 200 and "aksel-error-message" in response.content.decode()
    assert len(response.context["offers"]) == (4 if "state" in wrong else 2)


def test_pages_feed_and_calendar_keep_what_is_looked_for(client, several):
    page = client.get("/tenders/", {"county": "NO0A1", "q": "å & b"}).content.decode()
    for address in ("/tenders/feed.atom", "/tenders/calendar.ics"):
        assert f'href="{address}?q=%C3%A5+%26+b&amp;county=NO0A1"' in page
    everything = client.get("/tenders/").content.decode()
    assert 'href="/tenders/feed.atom"' in everything and "valgfritt" not in everything


def test_a_feed_reader_reads_the_feed(client, several):
    response = client.get("/tenders/feed.atom", {"state": "open"})
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert not feed.bozo and feed.version == "atom10" and feed.feed.language == "nb"
    assert {entry.title for entry in feed.entries} == {"Rogaland", "Stor"}
    (rogaland,) = [entry for entry in feed.entries if entry.title == "Rogaland"]
    tender = Tender.objects.get(heading="Rogaland")
    assert rogaland.link.endswith(f"/tenders/{tender.reference}/") and rogaland.id == f"urn:uuid:{tender.pk}"
    assert datetime(*rogaland.published_parsed[:6], tzinfo=UTC) == tender.announced_at.replace(microsecond=0)
    assert [tag.term for tag in rogaland.tags] == ["Rogaland"]
    narrowed = feedparser.parse(client.get("/tenders/feed.atom", {"state": "open", "group": "older"}).content)
    assert [entry.title for entry in narrowed.entries] == ["Stor"]
    assert "50 000 kr" in rogaland.summary.replace("\u00a0", " ") and "før kl. 12.00" in rogaland.summary.replace("\u00a0", " ")
    assert feed.feed.links[0].href.endswith("/tenders/?state=open")


def test_a_calendar_program_reads_the_dates(client, ingrid, arne):
    tender = announced(ingrid, arne)
    stage = tender.stages.get(no=1)
    for address in ("/tenders/calendar.ics", f"/tenders/{tender.reference}/calendar.ics"):
        response = client.get(address)
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        events = {str(event["summary"]): event for event in Calendar.from_ical(response.content).events}
        deadline = events[f"Frist: {tender.name}, {stage.name}"]
        assert deadline["dtstart"].dt == stage.closes_at and str(deadline["uid"]) == f"deadline-{stage.pk}@nyvei"
        assert "Før kl. 12.00" in deadline["description"] and f"/tenders/{tender.reference}/" in deadline["url"]
        assert events[f"Siste mulighet til å spørre: {tender.name}"]["dtstart"].dt == tender.questions_close_at
        assert events[f"Svaret kommer senest: {tender.name}, {stage.name}"]["dtstart"].dt == stage.answer_by


def test_what_has_ended_has_no_dates(client, ingrid, arne):
    tender = announced(ingrid, arne)
    Tender.objects.filter(pk=tender.pk).update(phase=TenderPhase.CANCELLED)
    assert Calendar.from_ical(client.get(f"/tenders/{tender.reference}/calendar.ics").content).events == []


def test_drafts_are_in_no_feed_and_no_calendar(client, ingrid, arne, ragnhild):
    draft, waiting = describe(ingrid, heading="Et hemmelig utkast"), proposed(ingrid, arne, heading="Et hemmelig forslag")
    for reader in (None, ingrid, arne, ragnhild):
        if reader:
            client.force_login(reader)
        for address in ("/tenders/feed.atom", "/tenders/calendar.ics"):
            assert b"hemmelig" not in client.get(address).content
        for reference in (draft.reference, waiting.reference):
            assert client.get(f"/tenders/{reference}/calendar.ics").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "statements"), [("/tenders/feed.atom", 7), ("/tenders/calendar.ics", 8)])
def test_they_ask_the_database_the_same_however_many(client, ingrid, arne, number, address, statements, django_assert_num_queries):
    for _ in range(number):
        announced(ingrid, arne)
    with django_assert_num_queries(statements):
        client.get(address)


def test_an_empty_feed_is_as_new_as_our_clock_and_no_entry_says_how_long_is_left(client, ingrid, arne):
    empty = feedparser.parse(client.get("/tenders/feed.atom").content)
    assert empty.entries == [] and datetime(*empty.feed.updated_parsed[:6], tzinfo=UTC) == NOON
    announced(ingrid, arne)
    (entry,) = feedparser.parse(client.get("/tenders/feed.atom").content).entries
    assert "Frist: torsdag 1. oktober 2026 før kl. 12.00." in entry.summary.replace("\u00a0", " ") and " om 30" not in entry.summary
