"""The log of contact with the market: what was shared is published, and advice is evened out before anything is announced."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.local_time import oslo_day
from accounts.models import JournalEntry
from accounts.refused import Refused
from tenders.commands.announce_tender import announce_tender
from tenders.commands.log_contact import log_contact
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.publish_contact import publish_contact
from tenders.models import MarketContact
from tenders.phases import TenderPhase
from tenders.readiness import NotReady
from tests.conftest import NOON
from tests.market_made import SHARED, advised, contact, in_dialogue
from tests.tenders_made import announced, describe, hash_seen

SAID = "De rådet oss til å vente."


@pytest.fixture(autouse=True)
def at_noon(clock_at):
    clock_at(NOON)


def log(tender, by, **changes):
    return log_contact(tender_id=tender.pk, contact=contact(**changes), by=by, at=NOON)


def market(tender):
    return f"/tenders/{tender.reference}/market/"


@pytest.mark.engine
def test_an_adviser_who_may_compete_holds_the_announcement_back_until_all_know_the_same(ingrid, arne):
    tender = in_dialogue(ingrid)
    row = advised(tender, ingrid)
    with pytest.raises(NotReady, match="«Halvkollen ASA» has advised and may compete"):
        propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    publish_contact(contact_id=row.pk, shared=SHARED, by=ingrid, at=NOON)
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    late = advised(tender, ingrid)
    with pytest.raises(NotReady, match="«Halvkollen ASA» has advised and may compete"):
        announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
    publish_contact(contact_id=late.pk, shared=SHARED, by=ingrid, at=NOON)
    announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.ANNOUNCED


def test_other_unpublished_lines_hold_nothing_back(ingrid, arne):
    tender = describe(ingrid)
    log(tender, ingrid, adviser="Ness og venner")
    assert propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON).proposed_by == ingrid


def test_whoever_may_compete_is_named_with_the_remedy(ingrid):
    tender = describe(ingrid)
    for given, field in (({"adviser": "", "remedy": "Lengre frist."}, "adviser"), ({"adviser": "Halvkollen ASA", "remedy": " "}, "remedy")):
        with pytest.raises(NotReady) as refused:
            log(tender, ingrid, may_compete=True, **given)
        assert [one.field for one in refused.value.missing] == [field]
    row = advised(tender, ingrid)
    with pytest.raises(IntegrityError), transaction.atomic():
        MarketContact.objects.filter(pk=row.pk).update(remedy="")


def test_what_is_refused(ingrid, arne, sara):
    tender = describe(ingrid)
    for person in (arne, sara):
        with pytest.raises(Refused, match="Only the procurement officer of this tender talks to the market."):
            log(tender, person)
    with pytest.raises(NotReady, match="The day has not come yet"):
        log(tender, ingrid, on=oslo_day(NOON + timedelta(days=1)))
    with pytest.raises(Refused, match="Write who took part and what was said."):
        log(tender, ingrid, said=" ")
    row = log(tender, ingrid)
    with pytest.raises(Refused, match="Write what all are told before you publish it."):
        publish_contact(contact_id=row.pk, shared=" ", by=ingrid, at=NOON)
    publish_contact(contact_id=row.pk, shared=SHARED, by=ingrid, at=NOON)
    with pytest.raises(Refused, match="This has been published already."):
        publish_contact(contact_id=row.pk, shared="Noe annet.", by=ingrid, at=NOON)
    type(tender).objects.filter(pk=tender.pk).update(phase=TenderPhase.CANCELLED)
    with pytest.raises(Refused, match="This tender has ended, so nothing more is written down here."):
        log(tender, ingrid)
    facts = JournalEntry.objects.get(event="tenders.contact_logged").facts
    assert facts == {"kind": "advice", "on": "2026-09-01", "may_compete": False}


def test_everybody_reads_what_was_shared_and_the_staff_the_rest(ingrid, arne, ragnhild, sara, client):
    tender = in_dialogue(ingrid)
    row = advised(tender, ingrid)
    publish_contact(contact_id=row.pk, shared=SHARED, by=ingrid, at=NOON)
    log(tender, ingrid, said="Bare vi vet dette.", who="Nora Eng")
    for reader in (None, sara, arne):
        if reader:
            client.force_login(reader)
        for page in (market(tender), f"/tenders/{tender.reference}/"):
            shown = client.get(page).content.decode()
            assert SHARED in shown
            assert not [
                word for word in (SAID, "Bare vi vet dette.", "Nora Eng", "Stine Ness", "Halvkollen", "fristen er lengre") if word in shown
            ]
    for staff in (ingrid, ragnhild):
        client.force_login(staff)
        shown = client.get(market(tender)).content.decode()
        assert "Bare vi vet dette." in shown and "Halvkollen ASA" in shown


def test_the_remedy_is_public_with_the_name_once_it_is_announced(ingrid, arne, client):
    tender = announced(ingrid, arne)
    assert client.get(market(tender)).status_code == 404
    row = advised(tender, ingrid)
    assert client.get(market(tender)).status_code == 404
    publish_contact(contact_id=row.pk, shared=SHARED, by=ingrid, at=NOON)
    shown = client.get(market(tender)).content.decode()
    assert "Halvkollen ASA" in shown and "Alle får tallene, og fristen er lengre." in shown and SAID not in shown


def test_the_officer_writes_down_and_publishes_on_pages(ingrid, client):
    tender = in_dialogue(ingrid)
    client.force_login(ingrid)
    typed = {"kind": "advice", "on": "2026-08-31", "who": "Ingrid og Stine", "said": SAID, "adviser": "Halvkollen ASA", "may_compete": "on"}
    address = reverse("tenders:log_contact", args=[tender.reference])
    wrong = client.post(address, typed).content.decode()
    assert "Si hvordan det er jevnet ut" in wrong and SAID in wrong
    client.post(address, {**typed, "remedy": "Lengre frist."})
    row = MarketContact.objects.get()
    page = client.get(f"/tenders/{tender.reference}/announcement/").content.decode()
    assert "«Halvkollen ASA» har gitt råd og kan delta" in page
    client.post(reverse("tenders:publish_contact", args=[tender.reference, row.pk]), {"shared": SHARED})
    row.refresh_from_db()
    assert (row.shared, row.published_by) == (SHARED, ingrid)
