"""Following a theme: one mail for each new tender that fits, once and only once, and the buyer never sees who or how many."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import journal
from accounts.models import County, JournalEntry
from accounts.refused import Refused
from letters.models import Letter
from letters.tasks import mail_letters
from tenders.commands.announce_tender import announce_tender
from tenders.commands.follow_theme import follow_theme
from tenders.commands.unfollow_theme import unfollow_theme
from tenders.models import ThemeFollower
from tests.conftest import NOON, make_person
from tests.pages import masked
from tests.suppliers_made import joined, registered
from tests.tenders_made import announced, describe, hash_seen, proposed

pytestmark = pytest.mark.django_db
ROGALAND, OSLO = "NO0A1", "NO081"


@pytest.fixture(autouse=True)
def at_noon(clock_at):
    clock_at(NOON)


def follow(by, *, group="", county="", organisation=None):
    place = County.objects.get(pk=county) if county else None
    follow_theme(group=group, county=place, organisation=organisation, by=by, at=NOON)


def told():
    """Who got a letter about something new, one entry for each letter."""
    return sorted(str(row.organisation or row.user) for row in Letter.objects.filter(batch__kind="theme"))


@pytest.mark.engine
def test_following_twice_is_following_once_and_each_theme_stands_for_itself(sara):
    firm = registered(sara)
    for _ in range(2):
        follow(sara)
        follow(sara, county=ROGALAND)
        follow(sara, group="young", county=ROGALAND)
        follow(sara, group="young", organisation=firm)
    themes = ThemeFollower.objects.values_list("organisation", "user", "group", "county")
    assert set(themes) == {
        (None, sara.pk, "", None),
        (None, sara.pk, "", ROGALAND),
        (None, sara.pk, "young", ROGALAND),
        (firm.pk, None, "young", None),
    }
    streams = JournalEntry.objects.filter(event="tenders.theme_followed").values_list("stream", flat=True)
    assert sorted(streams) == sorted([journal.stream_of(sara)] * 3 + [journal.stream_of(firm)])


@pytest.mark.engine
@pytest.mark.parametrize("county", ["", ROGALAND])
def test_the_database_holds_a_theme_once(sara, county):
    follow(sara, group="young", county=county)
    again = ThemeFollower(user=sara, group="young", county_id=county or None, since=NOON)
    ThemeFollower.objects.bulk_create([again], ignore_conflicts=True)
    assert ThemeFollower.objects.count() == 1


def test_nobody_follows_for_an_organisation_of_others_and_no_group_is_made_up(sara, sindre):
    firm = registered(sara)
    with pytest.raises(Refused, match="You can only choose organisations that you act for."):
        follow(sindre, group="young", organisation=firm)
    with pytest.raises(ValueError, match="secret"):
        follow(sindre, group="secret")
    assert not ThemeFollower.objects.exists()


def test_one_stops_what_is_ones_own_and_what_is_the_organisations(sara, sindre):
    firm, colleague = registered(sara), make_person("Selma Bakke")
    joined(colleague, firm)
    follow(sara, group="young")
    follow(sara, group="older", organisation=firm)
    own, shared = ThemeFollower.objects.get(user=sara), ThemeFollower.objects.get(organisation=firm)
    for theme in (own, shared):
        unfollow_theme(theme_id=theme.pk, by=sindre, at=NOON)
    assert ThemeFollower.objects.count() == 2
    for _ in range(2):
        unfollow_theme(theme_id=shared.pk, by=colleague, at=NOON)
        unfollow_theme(theme_id=own.pk, by=sara, at=NOON)
    assert not ThemeFollower.objects.exists()
    streams = JournalEntry.objects.filter(event="tenders.theme_unfollowed").values_list("stream", flat=True)
    assert list(streams) == [journal.stream_of(firm), journal.stream_of(sara)]


@pytest.mark.parametrize(
    ("theme", "fits"),
    [
        ({}, True),
        ({"group": "young"}, True),
        ({"group": "school"}, True),
        ({"group": "older"}, False),
        ({"county": ROGALAND}, True),
        ({"county": OSLO}, False),
        ({"group": "young", "county": ROGALAND}, True),
        ({"group": "young", "county": OSLO}, False),
        ({"group": "older", "county": ROGALAND}, False),
    ],
)
def test_those_are_told_whose_theme_fits(ingrid, arne, sara, theme, fits):
    follow(sara, **theme)
    announced(ingrid, arne, groups=["young", "school"], counties=[ROGALAND])
    assert told() == ([str(sara)] if fits else [])


def test_what_can_be_anywhere_fits_every_county(ingrid, arne, sara):
    follow(sara, county=OSLO)
    announced(ingrid, arne, counties=[])
    assert told() == [str(sara)]


def test_two_themes_that_fit_give_one_mail_in_ones_own_language_with_a_way_to_stop(ingrid, arne, sara, sindre):
    sara.language = "nn"
    sara.save()
    follow(sara, group="young")
    follow(sara, county=ROGALAND)
    follow(sindre)
    tender = announced(ingrid, arne, counties=[ROGALAND])
    mail_letters()
    mail_letters()
    sent = {message.to[0]: message for message in mail.outbox if "Nytt frå Nav" in message.subject or "Nytt fra Nav" in message.subject}
    assert len(mail.outbox) == len(sent) == 2 and set(sent) == {sara.email, sindre.email}
    own = sent[sara.email]
    assert own.subject == "Nytt frå Nav: Unge på vei til jobb" and tender.heading in own.body
    assert reverse("tenders:themes") in own.body and reverse("insight:tender", args=[tender.reference]) in own.body
    assert "torsdag 1. oktober 2026" in own.body.replace("\u00a0", " ")


def test_one_who_acts_for_an_organisation_that_is_told_gets_it_once(ingrid, arne, sara, sindre):
    firm = registered(sara)
    follow(sara, group="young")
    follow(sara, group="young", organisation=firm)
    follow(sindre, group="young")
    announced(ingrid, arne)
    assert told() == sorted([str(firm), str(sindre)])
    mail_letters()
    assert sorted(message.to[0] for message in mail.outbox) == sorted([sara.email, sindre.email])


def test_announcing_again_and_drafts_tell_nobody(ingrid, arne, sara):
    follow(sara)
    describe(ingrid)
    tender = proposed(ingrid, arne)
    assert told() == []
    announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
    with pytest.raises(Refused):
        announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
    assert told() == [str(sara)]


def test_announcing_costs_the_same_however_many_follow(ingrid, arne):
    counts = []
    for number in (1, 3, 9):
        for no in range(number):
            person = make_person(f"Nr{number}{no} Vik")
            follow(person, group="young")
            follow(person, county=ROGALAND)
        tender = proposed(ingrid, arne, counties=[ROGALAND])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


def test_the_buyers_pages_and_journal_are_the_same_with_and_without_followers(ingrid, arne, ragnhild, sara):
    def seen(tender):
        found = []
        for reader in (ingrid, arne, ragnhild):
            client = Client()
            client.force_login(reader)
            for path in ("/my/", "/tenders/", *(f"/tenders/{tender.reference}/{part}" for part in ("", "journal/"))):
                page = masked(client.get(path)).replace(tender.reference, "REF").replace(str(tender.pk), "KEY")
                found.append(page)
        return found

    tender = announced(ingrid, arne)
    before = seen(tender)
    follow(sara, group="young", organisation=registered(sara))
    follow(sara, county=ROGALAND)
    assert seen(tender) == before and all(page.startswith("200 ") for page in before)
    lines = [list(JournalEntry.objects.filter(stream=journal.stream_of(tender)).order_by("seq").values_list("event", "facts"))]
    other = announced(ingrid, arne)
    lines.append(list(JournalEntry.objects.filter(stream=journal.stream_of(other)).order_by("seq").values_list("event", "facts")))
    assert told() and [event for event, _ in lines[0]] == [event for event, _ in lines[1]]
    kinds = [[facts for event, facts in rows if event == "letters.notices_sent"] for rows in lines]
    assert kinds == [[{"kind": "theme"}], [{"kind": "theme"}]]


def test_from_the_list_one_follows_what_one_looked_for_and_stops_again(client, ingrid, arne, sara, sindre):
    firm, strange = registered(sara), registered(sindre, "Fjordlab AS")
    listed = client.get("/tenders/", {"q": "kaffe", "group": "young", "county": ROGALAND}).content.decode()
    address = f"/tenders/themes/?group=young&county={ROGALAND}"
    assert f'href="{address.replace("&", "&amp;")}"' in listed
    assert client.get(address)["Location"].endswith(f"?next=/tenders/themes/%3Fgroup%3Dyoung%26county%3D{ROGALAND}")
    client.force_login(sara)
    page = client.get(address).content.decode()
    assert '<option value="young" selected>' in page and f'<option value="{ROGALAND}" selected>' in page
    assert firm.name in page and strange.name not in page and "Du følger ingen temaer ennå" in page
    typed = {"group": "young", "county": ROGALAND, "told": ["me", firm.number]}
    page = client.post("/tenders/themes/", typed, follow=True).content.decode()
    assert "Du følger temaet." in page and page.count("Unge under 30 år, Rogaland") >= 2 and ThemeFollower.objects.count() == 2
    theme = ThemeFollower.objects.get(user=sara)
    stop = reverse("tenders:stop_theme", args=[theme.pk])
    other = Client()
    other.force_login(sindre)
    assert other.post(stop).status_code == 404 and other.get("/tenders/themes/").content.decode().count(firm.name) == 0
    assert "Du følger ikke temaet lenger." in client.post(stop, follow=True).content.decode()
    assert [row.organisation for row in ThemeFollower.objects.all()] == [firm]
    assert client.get(stop).status_code == 405


@pytest.mark.parametrize(
    "wrong", [{"group": "secret"}, {"county": "XX"}, {"county": "\x00"}, {"group": "å" * 100_000}, {"told": []}, {"told": ["310000026"]}]
)
def test_what_cannot_be_chosen_is_said_and_nothing_is_stored(client, sara, sindre, wrong):
    registered(sindre, "Fjordlab AS", "310000026")
    client.force_login(sara)
    response = client.post("/tenders/themes/", {"group": "young", "county": ROGALAND, "told": ["me"], **wrong})
    assert response.status_code == 200 and "aksel-error-message" in response.content.decode()
    assert not ThemeFollower.objects.exists()
    assert client.get("/tenders/themes/", wrong).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_the_same_however_many(client, sara, number):
    for group in ("young", "older", "school")[:number]:
        follow(sara, group=group, county=ROGALAND)
    client.force_login(sara)
    client.get("/tenders/themes/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/tenders/themes/")
    assert len(asked) == 7


def test_a_person_who_has_left_is_not_told(ingrid, arne, sara):
    follow(sara)
    sara.is_active = False
    sara.save()
    announced(ingrid, arne, NOON + timedelta(days=1))
    assert told() == []
