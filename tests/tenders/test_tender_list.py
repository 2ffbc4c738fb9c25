"""The public list: open ones first, found by their words, and never a draft."""

from datetime import timedelta

import pytest

from accounts import clock
from tests.conftest import NOON
from tests.tenders_made import announced, describe, proposed

LONG_AGO = NOON - timedelta(days=60)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


def test_an_empty_list_says_what_will_come(client, db):
    assert "Ingen konkurranse er kunngjort ennå" in text_of(client.get("/tenders/"))


def test_open_ones_stand_first_with_the_soonest_deadline_on_top(client, ingrid, arne):
    announced(ingrid, arne, LONG_AGO, heading="Den stengte")
    announced(ingrid, arne, heading="Den som lukker sist")
    announced(ingrid, arne, NOON - timedelta(days=10), heading="Den som lukker først")
    page = text_of(client.get("/tenders/"))
    assert page.index("Den som lukker først") < page.index("Den som lukker sist") < page.index("Den stengte")
    assert "Åpen for skisser" in page and "Forseglet" in page


def test_money_and_deadline_stand_in_words(client, ingrid, arne):
    announced(ingrid, arne)
    page = text_of(client.get("/tenders/"))
    assert "50 000 kr til hver av tre finalister, 450 000 kr til én vinner" in page
    assert "torsdag 1. oktober" in page and "før kl. 12.00, om 30 dager" in page


def test_drafts_and_what_waits_for_approval_are_in_nobodys_list(client, ingrid, arne, ragnhild):
    describe(ingrid, heading="Et hemmelig utkast")
    proposed(ingrid, arne, heading="Et hemmelig forslag")
    announced(ingrid, arne, heading="Noe alle kan lese")
    for reader in (None, ingrid, arne, ragnhild):
        if reader:
            client.force_login(reader)
        for address in ("/tenders/", "/tenders/?q=hemmelig"):
            page = text_of(client.get(address))
            assert "Et hemmelig" not in page
        assert "Noe alle kan lese" in text_of(client.get("/tenders/"))


@pytest.mark.parametrize("words", ["MORGENEN", "dører", "2026-001", "Kaffe på jobben"])
def test_search_looks_in_need_heading_name_and_reference(client, ingrid, arne, words):
    announced(ingrid, arne, name="Kaffe på jobben", heading="Mange går mot stengte dører", need="Om morgenen er det verst.")
    announced(ingrid, arne, name="Noe annet", heading="Noe helt annet", need="Ikke noe av det.")
    page = text_of(client.get("/tenders/", {"q": words}))
    assert "Mange går mot stengte dører" in page and "Noe helt annet" not in page and "1 treff" in page.replace("Ett treff", "1 treff")


@pytest.mark.parametrize("words", ["%", "_", "'; --", "\x00", "<script>", "a" * 5000])
def test_odd_words_find_nothing_and_break_nothing(client, ingrid, arne, words):
    announced(ingrid, arne)
    response = client.get("/tenders/", {"q": words})
    assert response.status_code == 200 and "<script>" not in response.content.decode().split("</head>")[1]


def test_twenty_stand_on_a_page_and_any_page_number_gives_one(client, ingrid, arne):
    for no in range(21):
        announced(ingrid, arne, heading=f"Behov nummer {no:02d} fra Nav")
    first, second = (text_of(client.get("/tenders/", {"page": page})) for page in (1, 2))
    assert first.count("nv-offer-title") == 20 and second.count("nv-offer-title") == 1
    assert text_of(client.get("/tenders/?page=99")).count("nv-offer-title") == 1
    assert text_of(client.get("/tenders/?page=x")).count("nv-offer-title") == 20


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_the_same_however_many(client, ingrid, arne, number, django_assert_num_queries):
    for _ in range(number):
        announced(ingrid, arne)
    with django_assert_num_queries(7):
        client.get("/tenders/")
