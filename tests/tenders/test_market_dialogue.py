"""Before the announcement the market is asked: everybody reads what was published, and nothing of what is being written."""

from datetime import timedelta

import feedparser
import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts import clock
from accounts.models import JournalEntry
from accounts.refused import Refused
from accounts.roles import Role
from letters.models import Letter, LetterBatch
from tenders.commands.announce_tender import announce_tender
from tenders.commands.end_dialogue import end_dialogue
from tenders.commands.follow_tender import follow_tender
from tenders.commands.open_dialogue import open_dialogue
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.publish_need import publish_need
from tenders.commands.return_announcement import return_announcement
from tenders.commands.save_announcement import save_announcement
from tenders.models import MarketDialogue
from tenders.phases import TenderPhase
from tenders.queries.work import waiting_for
from tenders.readiness import NotReady
from tests.conftest import NOON
from tests.forms_on_pages import form_to
from tests.market_made import ASKED, in_dialogue, invitation, meeting
from tests.suppliers_made import registered
from tests.tenders_made import announced, describe, hash_seen, proposed

SECRET = "Et hemmelig utkast"
PUBLIC = ("/", "/tenders/", "/tenders/?state=dialogue", "/tenders/feed.atom", "/tenders/calendar.ics")


@pytest.fixture(autouse=True)
def at_noon(clock_at):
    clock_at(NOON)


def write(tender, ingrid, **values):
    save_announcement(tender_id=tender.pk, section="need", values=values, by=ingrid, at=NOON)


def pages(tender):
    return [f"/tenders/{tender.reference}/{part}" for part in ("", "market/", "questions/", "calendar.ics")]


@pytest.mark.engine
def test_the_officer_opens_it_alone_and_the_journal_says_so(ingrid):
    tender = in_dialogue(ingrid)
    dialogue = tender.dialogues.get()
    assert tender.phase == TenderPhase.IN_DIALOGUE and dialogue.heading == tender.heading and dialogue.purpose == ASKED
    line = JournalEntry.objects.get(event="tenders.dialogue_opened")
    assert (line.actor_role, line.facts["from"], line.facts["to"]) == (Role.OFFICER, "draft", "in_dialogue")
    with pytest.raises(Refused, match="A market dialogue is opened from a draft."):
        open_dialogue(tender_id=tender.pk, invitation=invitation(), by=ingrid, at=NOON)


def test_hits_are_counted_with_the_dialogues_that_are_shown(ingrid, arne, client):
    in_dialogue(ingrid)
    assert "Ett treff." in client.get("/tenders/", {"state": "dialogue"}).content.decode()
    announced(ingrid, arne)
    assert "2 treff." in client.get("/tenders/", {"q": "unge"}).content.decode()


def test_what_the_market_must_know_is_written_first(ingrid, arne):
    tender = describe(ingrid, need=" ", wanted_effect="")
    with pytest.raises(NotReady) as refused:
        open_dialogue(tender_id=tender.pk, invitation=invitation(input_until=NOON), by=ingrid, at=NOON)
    assert [one.field for one in refused.value.missing] == ["need", "wanted_effect", "input_until"]
    with pytest.raises(Refused, match="Only the procurement officer of this tender talks to the market."):
        open_dialogue(tender_id=tender.pk, invitation=invitation(), by=arne, at=NOON)
    written = describe(ingrid)
    for empty in ({"purpose": " "}, {"contact_name": ""}, {"contact_email": ""}):
        with pytest.raises(Refused, match="Say what you want to learn, and whom the market can contact."):
            open_dialogue(tender_id=written.pk, invitation=invitation(**empty), by=ingrid, at=NOON)
    assert not MarketDialogue.objects.exists()


def test_everybody_reads_what_was_published_and_nothing_that_is_being_written(ingrid, sara, client):
    tender = in_dialogue(ingrid)
    was = tender.heading
    write(tender, ingrid, heading=SECRET, summary=SECRET, need=SECRET, target_group=SECRET, wanted_effect=SECRET)
    for reader in (None, sara, ingrid):
        if reader:
            client.force_login(reader)
        for page in [*PUBLIC, *pages(tender)]:
            answer = client.get(page)
            assert answer.status_code == 200 and SECRET not in answer.content.decode(), (page, reader)
        assert was in client.get(f"/tenders/{tender.reference}/").content.decode()
    assert [row.title for row in client.get("/tenders/", {"q": "hemmelig"}).context["dialogues"]] == []
    publish_need(tender_id=tender.pk, invitation=invitation(), by=ingrid, at=NOON)
    assert SECRET in client.get(f"/tenders/{tender.reference}/").content.decode()
    assert [row.title for row in client.get("/tenders/", {"q": "hemmelig"}).context["dialogues"]] == [SECRET]
    assert JournalEntry.objects.get(event="tenders.need_published").facts["version"] == 2


def test_the_pages_of_what_will_be_announced_stay_closed(ingrid, sara, client):
    tender = in_dialogue(ingrid)
    client.force_login(sara)
    for part in ("announcement/", "stages/1/submission/", "amendments/", "opening/", "journal/"):
        assert client.get(f"/tenders/{tender.reference}/{part}").status_code in {403, 404}, part
    stage = tender.stages.get(no=1)
    shown = client.get(f"/tenders/{tender.reference}/").content.decode()
    assert f"{stage.closes_at:%Y-%m-%d}" not in shown and "50\u00a0000" not in shown


def test_the_page_says_that_it_is_no_announcement(ingrid, client):
    shown = client.get(f"/tenders/{in_dialogue(ingrid).reference}/").content.decode()
    assert "Dette er ikke en kunngjøring ennå: vi vil høre fra dere først" in shown
    assert ASKED in shown and "mailto:ingrid@nav.example" in shown and "Følg behovet" in shown and "Skriv" not in shown.split("</aside>")[0]


def test_it_stands_in_list_front_page_feed_and_calendar_as_what_it_is(ingrid, arne, client):
    tender, other = in_dialogue(ingrid, heading="Bussen går ikke"), announced(ingrid, arne, heading="Kunngjort")
    tender.dialogues.get().counties.set(["NO0A2"])

    def found(**wanted):
        context = client.get("/tenders/", wanted).context
        return [row.title for row in context["dialogues"]], [row.title for row in context["offers"]]

    assert found() == (["Bussen går ikke"], ["Kunngjort"])
    assert found(state="dialogue") == (["Bussen går ikke"], [])
    assert found(state="open") == ([], ["Kunngjort"])
    assert found(county="NO0A1") == ([], ["Kunngjort"]) and found(county="NO0A2")[0] == ["Bussen går ikke"]
    assert found(least="500000") == ([], ["Kunngjort"])
    assert "Bussen går ikke" in client.get("/").content.decode()
    entries = feedparser.parse(client.get("/tenders/feed.atom").content).entries
    assert {entry.title for entry in entries} == {"Bussen går ikke", "Kunngjort"}
    for address in ("/tenders/calendar.ics?state=dialogue", f"/tenders/{tender.reference}/calendar.ics"):
        (event,) = Calendar.from_ical(client.get(address).content).events
        assert event["dtstart"].dt == tender.dialogues.get().input_until
    assert other.reference in client.get("/tenders/feed.atom").content.decode()


def test_the_short_name_is_fixed_once_the_market_knows_it(ingrid):
    tender = in_dialogue(ingrid)
    with pytest.raises(NotReady, match="knows it by this name"):
        write(tender, ingrid, name="Noe annet")
    write(tender, ingrid, name=tender.name, heading="Skrevet om")
    end_dialogue(tender_id=tender.pk, reason="Vi venter.", by=ingrid, at=NOON)
    with pytest.raises(NotReady, match="knows it by this name"):
        write(tender, ingrid, name="Noe annet")


def test_it_waits_for_approval_without_leaving_the_market_and_comes_back_to_it(ingrid, arne, client):
    tender = in_dialogue(ingrid)
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    with pytest.raises(Refused, match="This tender is not in market dialogue now."):
        publish_need(tender_id=tender.pk, invitation=invitation(), by=ingrid, at=NOON)
    assert client.get(f"/tenders/{tender.reference}/").status_code == 200
    return_announcement(tender_id=tender.pk, reason="Mer om målet.", by=arne, at=NOON)
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.IN_DIALOGUE
    client.force_login(ingrid)
    shown = client.get(f"/tenders/{tender.reference}/announcement/").content.decode()
    assert "Mer om målet." in shown and "Send til godkjenning" in shown


@pytest.mark.engine
def test_those_who_follow_are_told_when_it_is_announced(ingrid, arne, sara, sindre):
    tender, firm = in_dialogue(ingrid), registered(sara)
    follow_tender(tender_id=tender.pk, organisation=firm, by=sara, at=NOON)
    follow_tender(tender_id=tender.pk, organisation=None, by=sindre, at=NOON)
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
    letters = Letter.objects.filter(batch__kind="tender_announced")
    assert {(row.organisation, row.user) for row in letters} == {(firm, None), (None, sindre)}
    assert letters[0].title == "«Unge på vei til jobb» er kunngjort" and "Fristen er" in letters[0].body
    dialogue = tender.dialogues.get()
    assert (dialogue.ended_at, dialogue.ended_by, dialogue.end_reason) == (NOON, arne, "")


def test_a_tender_that_was_never_in_dialogue_is_announced_without_a_word_to_anybody(ingrid, arne):
    announced(ingrid, arne)
    assert not LetterBatch.objects.filter(kind="tender_announced").exists()


@pytest.mark.engine
def test_ended_without_a_tender_what_was_published_stays_and_everybody_reads_why(ingrid, arne, sara, client):
    tender = in_dialogue(ingrid)
    held = meeting(tender, ingrid)
    follow_tender(tender_id=tender.pk, organisation=None, by=sara, at=NOON)
    with pytest.raises(Refused, match="Write why the dialogue ends"):
        end_dialogue(tender_id=tender.pk, reason=" ", by=ingrid, at=NOON)
    end_dialogue(tender_id=tender.pk, reason="Kommunene løser det selv.", by=ingrid, at=NOON)
    tender.refresh_from_db()
    held.refresh_from_db()
    assert tender.phase == TenderPhase.DRAFT and held.cancel_reason == "Kommunene løser det selv."
    assert "Kommunene løser det selv." in Letter.objects.get(batch__kind="dialogue_ended").body
    letters = Letter.objects.filter(batch__kind__in=["dialogue_ended"])
    for address in {f"/tenders/{tender.reference}/", *letters.values_list("address", flat=True)}:
        shown = client.get(address).content.decode()
        assert "Dialogen ble avsluttet" in shown and "ingen konkurranse er kunngjort" in shown, address
        assert "Kommunene løser det selv." in shown and ASKED in shown and tender.heading in shown and "Avlyst" in shown
        assert "kommer den på denne samme adressen" in shown and "Spør, eller si" not in shown and "Meld dere på" not in shown
    assert client.get(f"/tenders/{tender.reference}/calendar.ics").status_code == 404
    assert tender.name not in client.get("/tenders/").content.decode()
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
    assert Letter.objects.get(batch__kind="tender_announced").user == sara
    assert "ingen konkurranse er kunngjort" not in client.get(f"/tenders/{tender.reference}/").content.decode()


def test_my_work_says_how_far_the_dialogue_is(ingrid):
    tender = in_dialogue(ingrid)
    (row,) = waiting_for(ingrid, at=NOON)
    assert "The market can say what it thinks until" in row.why and row.url == f"/tenders/{tender.reference}/announcement/"
    (row,) = waiting_for(ingrid, at=NOON + timedelta(days=15))
    assert "The time for input from the market has passed" in row.why


def test_the_officer_opens_publishes_and_ends_on_pages(ingrid, client):
    tender = describe(ingrid)
    client.force_login(ingrid)
    address = reverse("tenders:market_need", args=[tender.reference])
    assert address in client.get(f"/tenders/{tender.reference}/announcement/").content.decode()
    form = form_to(client.get(address).content.decode(), "").data
    typed = {"purpose": ASKED, "input_until_date": "2026-09-15", "input_until_time": "12:00"}
    wrong = client.post(address, {**form, **typed, "input_until_date": "2026-08-01"}).content.decode()
    assert ASKED in wrong and "Dagen har vært" in wrong and not tender.dialogues.exists()
    sent = client.post(address, {**form, **typed})
    assert sent.headers["Location"] == f"/tenders/{tender.reference}/market/"
    write(tender, ingrid, heading=SECRET)
    assert "Publiser endringene" in client.get(sent.headers["Location"]).content.decode()
    client.post(address, {**form_to(client.get(address).content.decode(), "").data, "purpose": "Noe annet?"})
    dialogue = tender.dialogues.get()
    assert (dialogue.purpose, dialogue.heading, dialogue.version) == ("Noe annet?", SECRET, 2)
    client.post(reverse("tenders:market_end", args=[tender.reference]), {"reason": "Vi venter."})
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.DRAFT and "Vi venter." in client.get(f"/tenders/{tender.reference}/market/").content.decode()


def test_an_announcement_that_waits_without_a_dialogue_is_still_secret(ingrid, arne):
    tender = proposed(ingrid, arne)
    assert {Client().get(page).status_code for page in pages(tender)} <= {302, 404}
    assert clock.now() == NOON
