"""Following is for oneself or for an organisation, and the buyer never sees who or how many."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts import clock, journal
from accounts.models import JournalEntry
from accounts.refused import Refused
from tenders.commands.follow_tender import follow_tender
from tenders.commands.unfollow_tender import unfollow_tender
from tenders.models import Follower
from tests.conftest import NOON, make_person
from tests.pages import masked
from tests.suppliers_made import joined, registered
from tests.tenders_made import announced, describe


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


def lines(event):
    return list(JournalEntry.objects.filter(event=event).values_list("stream", flat=True))


@pytest.mark.engine
def test_following_twice_is_following_once(tender, sara):
    firm = registered(sara)
    for _ in range(2):
        follow_tender(tender_id=tender.pk, organisation=firm, by=sara, at=NOON)
        follow_tender(tender_id=tender.pk, organisation=None, by=sara, at=NOON)
    assert {(row.organisation, row.user) for row in Follower.objects.all()} == {(firm, None), (None, sara)}
    assert sorted(lines("tenders.tender_followed")) == sorted([journal.stream_of(firm), journal.stream_of(sara)])


@pytest.mark.engine
def test_one_who_stops_is_gone_and_the_others_stay(tender, sara, sindre):
    for person in (sara, sindre):
        follow_tender(tender_id=tender.pk, organisation=None, by=person, at=NOON)
    for _ in range(2):
        unfollow_tender(tender_id=tender.pk, organisation=None, by=sara, at=NOON)
    assert [row.user for row in Follower.objects.all()] == [sindre]
    assert lines("tenders.tender_unfollowed") == [journal.stream_of(sara)]


def test_every_member_of_an_organisation_may_follow_for_it_and_no_stranger(tender, sara, sindre):
    firm, colleague = registered(sara), make_person("Selma Bakke")
    joined(colleague, firm)
    follow_tender(tender_id=tender.pk, organisation=firm, by=colleague, at=NOON)
    for act in (follow_tender, unfollow_tender):
        with pytest.raises(Refused, match="You can only choose organisations that you act for."):
            act(tender_id=tender.pk, organisation=firm, by=sindre, at=NOON)
    assert Follower.objects.get().organisation == firm


def test_a_draft_cannot_be_followed(ingrid, sara):
    draft = describe(ingrid)
    with pytest.raises(Refused, match="You can follow a tender when it is announced."):
        follow_tender(tender_id=draft.pk, organisation=None, by=sara, at=NOON)


@pytest.mark.usefixtures("at_noon")
def test_on_the_page_one_chooses_who_is_told_and_changes_ones_mind(tender, sara, sindre, client):
    firm, strange = registered(sara), registered(sindre, "Fjordlab AS")
    address = reverse("tenders:follow", args=[tender.reference])
    sara.language = "en"
    sara.save()
    client.force_login(sara)
    shown = client.get(address).content.decode()
    assert firm.name in shown and sara.email in shown and strange.name not in shown
    assert shown.count(" checked") == 1  # the one who asks to follow is chosen already
    assert "You follow the tender." in client.post(address, {"told": ["me", firm.number]}, follow=True).content.decode()
    assert Follower.objects.count() == 2
    assert client.get(address).content.decode().count(" checked") == 2
    client.post(address, {"told": ["me"]})
    assert [row.user for row in Follower.objects.all()] == [sara]
    client.post(address, {"told": [strange.number]})
    assert [row.user for row in Follower.objects.all()] == [sara]
    assert "You do not follow the tender." in client.post(address, {}, follow=True).content.decode()
    assert not Follower.objects.exists()


@pytest.mark.usefixtures("at_noon")
def test_no_page_of_the_buyers_changes_when_somebody_follows(tender, ingrid, arne, ragnhild, sara):
    firm = registered(sara)

    def seen():
        found = []
        for reader in (ingrid, arne, ragnhild):
            client = Client()
            client.force_login(reader)
            paths = ["/my/", "/tenders/", *(f"/tenders/{tender.reference}/{part}" for part in ("", "questions/", "journal/"))]
            found += [masked(client.get(path)) for path in paths]
        return found

    before = seen()
    follow_tender(tender_id=tender.pk, organisation=firm, by=sara, at=NOON + timedelta(seconds=1))
    follow_tender(tender_id=tender.pk, organisation=None, by=sara, at=NOON + timedelta(seconds=1))
    assert seen() == before
    assert all(page.startswith("200 ") for page in before)
