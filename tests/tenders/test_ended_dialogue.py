"""When a market dialogue has ended: what was published stays, and nothing of the draft shows. Days are told in the right tense."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts import clock, wording
from accounts.refused import Refused
from letters.models import Letter
from tenders.commands.announce_tender import announce_tender
from tenders.commands.answer_question import answer_question
from tenders.commands.ask_question import ask_question
from tenders.commands.end_dialogue import end_dialogue
from tenders.commands.join_meeting import join_meeting
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.save_announcement import save_announcement
from tenders.commands.shelve_tender import shelve_tender
from tests.conftest import NOON
from tests.market_made import in_dialogue, meeting
from tests.suppliers_made import registered
from tests.tenders_made import announced, describe, hash_seen

SECRET = "Et hemmelig utkast"


@pytest.fixture(autouse=True)
def at_noon(clock_at):
    clock_at(NOON)


def nothing_more(tender, ingrid, arne):
    """The draft is left as it is."""


def laid_aside(tender, ingrid, arne):
    shelve_tender(tender_id=tender.pk, reason=SECRET, by=ingrid, at=NOON)


def waiting(tender, ingrid, arne):
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)


@pytest.mark.parametrize("then", [nothing_more, laid_aside, waiting])
def test_after_the_dialogue_nothing_of_the_draft_shows_but_what_was_published(ingrid, arne, sara, client, then):
    tender = in_dialogue(ingrid)
    held = meeting(tender, ingrid)
    was = tender.heading
    end_dialogue(tender_id=tender.pk, reason="Vi venter.", by=ingrid, at=NOON)
    written = dict.fromkeys(("heading", "summary", "need", "target_group", "wanted_effect"), SECRET)
    save_announcement(tender_id=tender.pk, section="need", values=written, by=ingrid, at=NOON)
    then(tender, ingrid, arne)
    tender.refresh_from_db()
    days = [wording.day(day) for day in (tender.questions_close_at, tender.stages.get(no=1).closes_at)]
    inner = [SECRET, *days, "Utkast", "Lagt bort", "Venter på godkjenning", "Idékonkurranse (StartOff)", "/announcement/"]
    for reader in (Client(), client):
        client.force_login(sara)
        for part in ("", "market/", "questions/"):
            shown = reader.get(f"/tenders/{tender.reference}/{part}").content.decode()
            assert "Dialogen er avsluttet" in shown and not [one for one in inner if one in shown], part
        assert was in reader.get(f"/tenders/{tender.reference}/").content.decode()
        for part in ("announcement/", "preview/", "files/", "calendar.ics", "announcement.pdf"):
            assert reader.get(f"/tenders/{tender.reference}/{part}").status_code in {302, 404}, part
    with pytest.raises(Refused):
        ask_question(tender_id=tender.pk, text="Hva nå?", by=sara, at=NOON)
    with pytest.raises(Refused):
        join_meeting(meeting_id=held.pk, organisation=None, persons=1, by=sara, at=NOON)


def test_one_who_reads_of_an_ended_dialogue_can_still_ask_to_be_told(ingrid, sara, client):
    tender = in_dialogue(ingrid)
    end_dialogue(tender_id=tender.pk, reason="Vi venter.", by=ingrid, at=NOON)
    client.force_login(sara)
    assert client.post(f"/tenders/{tender.reference}/follow/", {"told": ["me"]}).status_code == 302
    assert tender.followers.get().user == sara


def test_in_a_dialogue_one_is_asked_for_comments_as_well_as_questions(ingrid, sara, client):
    tender = in_dialogue(ingrid)
    client.force_login(sara)
    shown = client.get(f"/tenders/{tender.reference}/questions/").content.decode()
    assert "Spørsmålet eller innspillet" in shown and "Still et spørsmål" not in shown and "Send spørsmålet" not in shown
    late = tender.dialogues.get().input_until + timedelta(hours=1)
    asked = ask_question(tender_id=tender.pk, text="Vi gjør dette i dag.", by=sara, at=NOON)
    answer_question(question_id=asked.pk, answer="Takk.", by=ingrid, at=NOON)
    assert "Spørsmålet eller innspillet:\nVi gjør dette i dag." in Letter.objects.get(batch__kind="question_answered").body
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: late)
        for part, said in (("questions/", "Vi ba om svar innen"), ("market/", "Vi ba om svar innen"), ("", "Vi ba om svar innen")):
            shown = client.get(f"/tenders/{tender.reference}/{part}").content.decode()
            assert said in shown and "Si hva dere mener innen" not in shown, part


def test_while_the_announcement_waits_no_day_to_come_is_told_as_past(ingrid, arne, client):
    tender = in_dialogue(ingrid)
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    shown = client.get(f"/tenders/{tender.reference}/questions/").content.decode()
    assert "Det var mulig å spørre" not in shown and "Venter på godkjenning" not in shown
    assert wording.day(tender.dialogues.get().input_until) not in shown


def test_after_the_announcement_the_page_says_what_is_so(ingrid, arne, client):
    tender = in_dialogue(ingrid)
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
    shown = client.get(f"/tenders/{tender.reference}/market/").content.decode()
    assert "Behovet ble kunngjort som konkurranse tirsdag 1. september 2026" in shown and "Dialogen ble avsluttet" not in shown


def test_one_who_ends_and_then_announces_has_said_so_to_everybody(ingrid, arne, sara, client):
    tender = in_dialogue(ingrid)
    held = meeting(tender, ingrid)
    join_meeting(meeting_id=held.pk, organisation=None, persons=1, by=sara, at=NOON)
    asked = ask_question(tender_id=tender.pk, text="Vi gjør dette i dag.", by=sara, at=NOON)
    answer_question(question_id=asked.pk, answer="Takk.", by=ingrid, at=NOON)
    client.force_login(sara)
    shown = client.get(f"/tenders/{tender.reference}/follow/").content.decode()
    assert "når dialogen blir avsluttet" in shown and "Tilbake til behovet" in shown
    end_dialogue(tender_id=tender.pk, reason="Vi venter på budsjettet.", by=ingrid, at=NOON)
    body = Letter.objects.get(batch__kind="meeting_cancelled").body
    assert "Markedsdialogen om" in body and "er avsluttet" in body and "Vi venter på budsjettet." in body
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON + timedelta(hours=1))
    shown = client.get(f"/tenders/{tender.reference}/market/").content.decode()
    assert "før konkurransen ble kunngjort" in shown and "Vi venter på budsjettet." in shown
    for part in ("", "questions/"):
        assert "Skrevet i markedsdialogen, før kunngjøringen." in client.get(f"/tenders/{tender.reference}/{part}").content.decode()
    shown = client.get(f"/tenders/{tender.reference}/follow/").content.decode()
    assert "når kunngjøringen blir endret" in shown and "Tilbake til konkurransen" in shown


def test_a_draft_nobody_was_asked_about_has_a_heading_and_a_guide_that_fit(ingrid, ragnhild, client):
    tender = describe(ingrid)
    client.force_login(ingrid)
    shown = client.get(f"/tenders/{tender.reference}/market/").content.decode()
    assert "Før vi kunngjør, kan vi spørre markedet" in shown and "Ingen er spurt ennå" in shown and "/guides/market/" in shown
    assert "/guides/market-dialogue/" not in shown
    save_announcement(tender_id=tender.pk, section="need", values={"need": ""}, by=ingrid, at=NOON)
    client.force_login(ragnhild)
    shown = client.get(f"/tenders/{tender.reference}/announcement/").content.decode()
    assert "Kunngjøringen er under arbeid" in shown and "Fyll ut" not in shown


def test_people_who_are_only_at_nav_are_not_offered_what_suppliers_do(ingrid, arne, per, sara, client):
    needed, tender = in_dialogue(ingrid), announced(ingrid, arne)
    meeting(needed, ingrid)
    offered = {
        needed: ["Spør, eller si hva dere mener", "Følg behovet", "Meld deg på møtet"],
        tender: ["Skriv idéskisse", "Følg konkurransen"],
    }
    for reader, expected in ((None, True), (sara, True), (per, False)):
        if reader:
            client.force_login(reader)
        for one, buttons in offered.items():
            shown = client.get(f"/tenders/{one.reference}/").content.decode()
            assert [button in shown for button in buttons] == [expected] * len(buttons), (reader, one)
    registered(per)
    assert "Skriv idéskisse" in client.get(f"/tenders/{tender.reference}/").content.decode()
