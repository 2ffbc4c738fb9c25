"""The cover page of a tender: everybody reads the same need; each sees the one thing they can do."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts import clock
from tests.conftest import NOON
from tests.stages_made import from_when
from tests.submissions_made import drafted
from tests.suppliers_made import registered
from tests.tenders_made import announced, describe, proposed


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


def page_for(reader, tender):
    client = Client()
    if reader:
        client.force_login(reader)
    return text_of(client.get(f"/tenders/{tender.reference}/"))


def test_a_visitor_reads_need_money_road_and_what_to_do(ingrid, arne):
    tender = announced(ingrid, arne)
    page = page_for(None, tender)
    for words in (
        tender.heading,
        "vet ikke hva de får til",
        "50 000 kr til hver av tre finalister",
        "torsdag 1. oktober 2026",
        "Skriv idéskisse",
    ):
        assert words in page
    assert f'href="/tenders/{tender.reference}/stages/1/submission/"' in page
    assert page.count('data-variant="primary"') == 1
    assert page.count("<h1") == 1 and 'aria-current="step"' in page


def test_those_who_have_begun_go_on_where_they_were(ingrid, arne, sara):
    tender = announced(ingrid, arne)
    drafted(sara, registered(sara), tender, at=NOON)
    page = page_for(sara, tender)
    assert "Skriv idéskisse" not in page and f'href="/tenders/{tender.reference}/stages/1/submission/"' in page


def test_the_approver_is_sent_to_what_waits_for_approval(ingrid, arne):
    tender = proposed(ingrid, arne)
    page = page_for(arne, tender)
    assert f'href="/tenders/{tender.reference}/announcement/"' in page and "Venter på godkjenning" in page


def test_those_who_work_with_it_are_not_asked_to_write_or_to_follow(ingrid, arne):
    tender = announced(ingrid, arne)
    for reader in (ingrid, arne):
        page = page_for(reader, tender)
        assert "Skriv idéskisse" not in page and "Følg konkurransen" not in page
        assert "kan gjøres fra torsdag 1. oktober 2026 kl. 12.01" in page


def test_after_the_deadline_the_two_open_and_nobody_writes(ingrid, arne, sara, monkeypatch):
    tender = announced(ingrid, arne)
    monkeypatch.setattr(clock, "now", lambda: from_when(tender))
    assert f'href="/tenders/{tender.reference}/opening/"' in page_for(ingrid, tender)
    assert "Skriv idéskisse" not in page_for(sara, tender)
    assert "Forseglet" in page_for(None, tender)


@pytest.mark.parametrize("reference", ["2026-001", "2026-999", "1999-001"])
def test_a_draft_is_not_there_for_those_who_do_not_work_on_it(ingrid, arne, sara, reference):
    describe(ingrid)
    for reader in (None, sara, arne):
        client = Client()
        if reader:
            client.force_login(reader)
        assert client.get(f"/tenders/{reference}/").status_code == 404


def test_the_officer_and_the_units_auditor_see_the_draft(ingrid, ragnhild):
    tender = describe(ingrid)
    for reader in (ingrid, ragnhild):
        assert tender.heading in page_for(reader, tender)


def test_side_pages_are_those_one_may_open(ingrid, arne, ragnhild, sara):
    tender = announced(ingrid, arne)
    links = {
        reader: [part for part in ("announcement", "questions", "opening", "journal") if f'"/tenders/{tender.reference}/{part}/"' in nav]
        for reader in (None, sara, ingrid, ragnhild)
        for nav in [page_for(reader, tender).partition('class="nv-local"')[2].partition("</nav>")[0]]
    }
    assert links[None] == links[sara] == ["questions"]
    assert links[ingrid] == links[ragnhild] == ["announcement", "questions", "opening", "journal"]


def test_new_is_not_taken_for_a_reference(ingrid, client):
    client.force_login(ingrid)
    assert client.get("/tenders/new/").resolver_match.url_name == "new"


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_database_the_same_however_many_other_tenders(ingrid, arne, number, client, django_assert_num_queries):
    tender = [announced(ingrid, arne) for _ in range(number)][0]
    client.force_login(ingrid)
    client.get(f"/tenders/{tender.reference}/")
    with django_assert_num_queries(COVER_QUERIES):
        client.get(f"/tenders/{tender.reference}/")


COVER_QUERIES = 107


def test_the_tag_says_the_state(ingrid, arne, monkeypatch):
    later = announced(ingrid, arne, opens_at=NOON + timedelta(days=2))
    assert "Åpner snart" in page_for(None, later)
