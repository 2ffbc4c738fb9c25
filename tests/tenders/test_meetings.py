"""Dialogue meetings: never more than there are places, the next in line moves up, and only the officer sees who comes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts import journal
from accounts.models import JournalEntry
from accounts.refused import Refused
from letters.models import Letter
from tenders.commands.cancel_meeting import cancel_meeting
from tenders.commands.change_meeting import change_meeting
from tenders.commands.hold_meeting import hold_meeting
from tenders.commands.join_meeting import join_meeting
from tenders.commands.leave_meeting import leave_meeting
from tenders.models import Meeting, SignUp
from tenders.queries.meetings import sign_ups_seen_by
from tenders.queries.work import waiting_for
from tenders.readiness import NotReady, missing_in
from tests.conftest import NOON, make_person
from tests.market_made import in_dialogue, meeting, plan
from tests.suppliers_made import joined, registered
from tests.tenders_made import announced, describe


@pytest.fixture(autouse=True)
def at_noon(clock_at):
    clock_at(NOON)


@pytest.fixture
def tender(ingrid):
    return in_dialogue(ingrid)


@pytest.fixture
def held(tender, ingrid):
    return meeting(tender, ingrid)


def join(held, by, organisation=None, at=NOON, persons=1):
    return join_meeting(meeting_id=held.pk, organisation=organisation, persons=persons, by=by, at=at)


def page(held, part=""):
    return f"/tenders/{held.tender.reference}/market/meetings/{held.pk}/{part}"


def test_times_that_do_not_fit_are_said_at_their_fields(tender, ingrid):
    starts = NOON + timedelta(days=7)
    wrong = {
        "starts_at": {"starts_at": NOON, "sign_up_until": NOON - timedelta(days=1)},
        "ends_at": {"ends_at": starts},
        "sign_up_until": {"sign_up_until": starts + timedelta(minutes=1)},
        "places": {"kind": Meeting.Kind.ONE_TO_ONE, "places": 2},
    }
    for field, changes in wrong.items():
        with pytest.raises(NotReady) as refused:
            meeting(tender, ingrid, **changes)
        assert field in [one.field for one in refused.value.missing]
    with pytest.raises(Refused, match="Say where the meeting is and what it is about."):
        meeting(tender, ingrid, place=" ")
    assert not Meeting.objects.exists()


def test_only_the_officer_holds_meetings_and_only_while_the_market_is_asked(tender, ingrid, arne):
    with pytest.raises(Refused, match="Only the procurement officer of this tender holds meetings in it."):
        meeting(tender, arne)
    with pytest.raises(Refused, match="Meetings are held while the market is asked, or while questions are taken."):
        meeting(describe(ingrid), ingrid)


def test_after_the_announcement_a_meeting_ends_before_the_time_for_questions_does(ingrid, arne):
    tender = announced(ingrid, arne)
    assert meeting(tender, ingrid).tender == tender
    cut_off = tender.questions_close_at
    late = plan(cut_off - timedelta(days=7, hours=1))
    with pytest.raises(NotReady, match="The meeting must end before the time for questions does"):
        hold_meeting(tender_id=tender.pk, plan=late, by=ingrid, at=NOON)
    with pytest.raises(Refused, match="The time for questions has passed, so no more meetings are held."):
        hold_meeting(tender_id=tender.pk, plan=plan(cut_off), by=ingrid, at=cut_off)


def test_a_meeting_after_the_time_for_questions_holds_the_announcement_back(tender, ingrid):
    held = meeting(tender, ingrid, tender.questions_close_at)
    assert [str(one.text) for one in missing_in(tender, at=NOON)] == ["A meeting is held after the time for questions. Move or cancel it."]
    cancel_meeting(meeting_id=held.pk, reason="Det ble for sent.", by=ingrid, at=NOON)
    assert not missing_in(tender, at=NOON)


@pytest.mark.engine
def test_each_organisation_has_one_place_and_the_third_waits_in_line(held, sara, sindre):
    firm, colleague, other = registered(sara), make_person("Selma Bakke"), registered(sindre, "Fjordlab AS")
    joined(colleague, firm)
    assert [join(held, sara, firm, persons=3).seat, join(held, sindre, other).seat, join(held, make_person("Nora Eng")).seat] == [
        1,
        2,
        None,
    ]
    for again in ((colleague, firm), (sara, firm)):
        with pytest.raises(Refused, match="You have signed up for this meeting already."):
            join(held, *again)
    with pytest.raises(Refused, match="You can only choose organisations that you act for."):
        join(held, sindre, firm)
    for many in (0, 4):
        with pytest.raises(Refused, match="From one to three of you can come."):
            join(held, make_person(f"Person{many} Vik"), persons=many)
    streams = set(JournalEntry.objects.filter(event="tenders.meeting_joined").values_list("stream", flat=True))
    assert journal.stream_of(firm) in streams and journal.stream_of(held.tender) not in streams


@pytest.mark.engine
def test_the_next_in_line_gets_the_place_that_is_given_back_and_is_told(held, sara, sindre):
    people = [sara, sindre, make_person("Nora Eng"), make_person("Odd Foss")]
    for no, person in enumerate(people):
        join(held, person, at=NOON + timedelta(minutes=no))
    leave_meeting(meeting_id=held.pk, organisation=None, by=sara, at=NOON)
    assert {row.signed_up_by: row.seat for row in SignUp.objects.all()} == {sindre: 2, people[2]: 1, people[3]: None}
    letter = Letter.objects.get(batch__kind="meeting_place")
    assert letter.user == people[2] and "Møterom Fjord" in letter.body and letter.batch.approved_by != sara
    leave_meeting(meeting_id=held.pk, organisation=None, by=people[3], at=NOON)
    assert Letter.objects.filter(batch__kind="meeting_place").count() == 1
    with pytest.raises(Refused, match="You have not signed up for this meeting."):
        leave_meeting(meeting_id=held.pk, organisation=None, by=sara, at=NOON)


def test_when_one_can_no_longer_sign_up_or_give_back(held, ingrid, arne, sara, sindre):
    firm = registered(sindre)
    with pytest.raises(Refused, match="You work with this tender, so you don't sign up."):
        join(held, ingrid)
    with pytest.raises(Refused, match="The time for signing up has passed."):
        join(held, sara, at=held.sign_up_until)
    join(held, sara, at=held.sign_up_until - timedelta(microseconds=1))
    with pytest.raises(Refused, match="You can only choose organisations that you act for."):
        leave_meeting(meeting_id=held.pk, organisation=firm, by=sara, at=NOON)
    with pytest.raises(Refused, match="The meeting has begun."):
        leave_meeting(meeting_id=held.pk, organisation=None, by=sara, at=held.starts_at)
    type(held.tender).objects.filter(pk=held.tender_id).update(phase="awaiting_approval")
    with pytest.raises(Refused, match="Nobody can sign up for this meeting now."):
        join(held, sindre)


@pytest.mark.engine
def test_a_change_is_told_to_all_and_takes_nobodys_place(held, ingrid, arne, sara, sindre):
    nora = make_person("Nora Eng")
    for no, person in enumerate((sara, sindre, nora)):
        join(held, person, at=NOON + timedelta(minutes=no))
    with pytest.raises(Refused, match="More have a place than that"):
        change_meeting(meeting_id=held.pk, plan=plan(places=1), by=ingrid, at=NOON)
    change_meeting(meeting_id=held.pk, plan=plan(places=3, place="Møterom Fjell"), by=ingrid, at=NOON)
    assert {row.signed_up_by: row.seat for row in SignUp.objects.all()} == {sara: 1, sindre: 2, nora: 3}
    letters = Letter.objects.filter(batch__kind="meeting_changed")
    assert {row.user for row in letters} == {sara, sindre, nora} and "Møterom Fjell" in letters[0].body
    with pytest.raises(Refused, match="Only the procurement officer of this tender holds meetings in it."):
        cancel_meeting(meeting_id=held.pk, reason="Syk.", by=arne, at=NOON)
    with pytest.raises(Refused, match="Write why the meeting is cancelled."):
        cancel_meeting(meeting_id=held.pk, reason=" ", by=ingrid, at=NOON)
    with pytest.raises(Refused, match="This meeting has begun, so it can't be changed."):
        cancel_meeting(meeting_id=held.pk, reason="Syk.", by=ingrid, at=held.starts_at)
    cancel_meeting(meeting_id=held.pk, reason="Vi er syke.", by=ingrid, at=NOON)
    assert "Vi er syke." in Letter.objects.filter(batch__kind="meeting_cancelled").first().body
    for act in (lambda: join(held, make_person("Per Vik")), lambda: change_meeting(meeting_id=held.pk, plan=plan(), by=ingrid, at=NOON)):
        with pytest.raises(Refused, match="This meeting has been cancelled."):
            act()


def test_only_the_officer_sees_who_comes(held, ingrid, arne, ragnhild, sara, sindre, client):
    firm = registered(sara)
    join(held, sara, firm)
    seen = {person: sign_ups_seen_by(person, held, at=NOON).count() for person in (ingrid, arne, ragnhild, sara, sindre)}
    assert seen == {ingrid: 1, arne: 0, ragnhild: 0, sara: 0, sindre: 0}
    tender = held.tender
    everywhere = ["/", "/tenders/", f"/tenders/{tender.reference}/", f"/tenders/{tender.reference}/market/", page(held, "sign-up/")]
    for reader in (None, sindre, ragnhild, ingrid):
        if reader:
            client.force_login(reader)
        for address in [*everywhere, page(held), f"/tenders/{tender.reference}/journal/", "/journal/"]:
            shown = client.get(address).content.decode()
            assert (firm.name in shown) is (reader == ingrid and address == page(held)), (address, reader)
        if reader:
            shown = client.get(page(held)).content.decode()
            said = "Navnene vises bare for innkjøperen" in shown, "når du endrer det" in shown
            assert said == {ingrid: (False, True), ragnhild: (True, False)}.get(reader, (False, False)), reader
    client.force_login(sara)
    assert firm.name in client.get(page(held, "sign-up/")).content.decode()


def test_one_signs_up_and_gives_back_on_pages(held, sara, client):
    firm = registered(sara)
    client.force_login(sara)
    assert "Navnet ditt blir ikke publisert" in client.get(page(held, "sign-up/")).content.decode()
    sent = client.post(page(held, "sign-up/"), {"who": firm.number, "persons": "2"}, follow=True)
    assert "Du har plass på møtet." in sent.content.decode() and SignUp.objects.get().persons == 2
    again = client.post(page(held, "sign-up/"), {"who": firm.number, "persons": "2"}).content.decode()
    assert "aksel-error-summary" in again and SignUp.objects.get().persons == 2
    signed = client.get(page(held, "sign-up/")).content.decode()
    assert "Gi plassen tilbake" in signed and 'name="persons"' not in signed
    wrong = client.post(page(held, "sign-up/"), {"who": "\x00", "persons": "99"})
    assert wrong.status_code == 200 and "aksel-error-summary" in wrong.content.decode()
    assert client.post(page(held, "give-back/"), {"who": "\x00"}).status_code == 409 and SignUp.objects.exists()
    client.post(page(held, "give-back/"), {"who": firm.number})
    assert not SignUp.objects.exists()


def test_a_place_is_the_organisations_also_for_those_who_act_for_it(held, sara):
    join(held, sara, registered(sara))
    with pytest.raises(Refused, match="You are signed up for an organisation. A place is for all who come from it."):
        join(held, sara)
    assert SignUp.objects.count() == 1


def test_a_full_meeting_says_so_before_one_stands_in_line(held, sara, client):
    for no in range(held.places):
        join(held, make_person(f"Gjest{no} Vik"))
    client.force_login(sara)
    assert "Møtet er fullt." in (shown := client.get(page(held, "sign-up/")).content.decode()) and "Still deg i kø" in shown
    client.post(page(held, "sign-up/"), {"who": "me", "persons": "1"})
    assert "Gå ut av køen" in client.get(page(held, "sign-up/")).content.decode()


def test_the_officer_holds_changes_and_cancels_on_pages(tender, ingrid, client):
    client.force_login(ingrid)
    day = {"starts_at_date": "2026-09-08", "ends_at_date": "2026-09-08", "sign_up_until_date": "2026-09-07"}
    typed = {**day, "starts_at_time": "12:00", "ends_at_time": "11:00", "sign_up_until_time": "12:00"}
    typed |= {"kind": "open", "place": "Møterom Fjord", "places": "8", "agenda": "Vi viser tallene."}
    address = reverse("tenders:new_meeting", args=[tender.reference])
    wrong = client.post(address, typed).content.decode()
    assert "Møtet må slutte etter at det begynner" in wrong and "Vi viser tallene." in wrong
    client.post(address, {**typed, "ends_at_time": "14:00"})
    held = Meeting.objects.get()
    assert (held.places, held.starts_at.hour) == (8, 10)
    client.post(page(held), {**typed, "ends_at_time": "15:00", "places": "9"})
    held.refresh_from_db()
    assert (held.places, held.version) == (9, 1)
    client.post(page(held, "cancel/"), {"reason": "Vi er syke."})
    shown = client.get(f"/tenders/{tender.reference}/").content.decode()
    assert "Avlyst" in shown and "Vi er syke." in shown


def test_meetings_stand_in_the_calendars_of_the_tender_and_of_the_list(held, ingrid, client):
    def events():
        for address in ("/tenders/calendar.ics", f"/tenders/{held.tender.reference}/calendar.ics"):
            found = {str(event["uid"]): event for event in Calendar.from_ical(client.get(address).content).events}
            yield found.get(f"meeting-{held.pk}@nyvei")

    for event in events():
        assert (event["dtstart"].dt, event["dtend"].dt, str(event["location"])) == (held.starts_at, held.ends_at, "Møterom Fjord")
    cancel_meeting(meeting_id=held.pk, reason="Syk.", by=ingrid, at=NOON)
    assert list(events()) == [None, None]


def test_a_meeting_one_has_signed_up_for_stands_in_my_work(tender, ingrid, sara, sindre):
    held = meeting(tender, ingrid, places=1)
    join(held, sara)
    join(held, sindre)
    for person, said in ((sara, "You have a place. Where: Møterom Fjord."), (sindre, "You are in line for a place.")):
        (row,) = waiting_for(person, at=NOON)
        assert row.only_to_know and row.due_at == held.starts_at and said in row.why
        assert row.url == reverse("tenders:join_meeting", args=[tender.reference, held.pk])
    assert [row for row in waiting_for(ingrid, at=NOON) if row.only_to_know] == []
    assert waiting_for(sara, at=held.ends_at) == []
    cancel_meeting(meeting_id=held.pk, reason="Syk.", by=ingrid, at=NOON)
    assert waiting_for(sara, at=NOON) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_the_same_however_many_meetings(number, tender, ingrid, sara, client, django_assert_num_queries):
    for no in range(number):
        join(meeting(tender, ingrid, NOON + timedelta(days=no)), sara)
    client.force_login(sara)
    address = f"/tenders/{tender.reference}/market/"
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)


QUERIES = 39
