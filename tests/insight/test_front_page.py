"""The front page shows what there is, and invents no figure."""

from datetime import timedelta

import pytest

from accounts import clock
from tests.conftest import NOON
from tests.tenders_made import announced, describe


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


def test_with_no_tender_it_says_what_will_come_and_names_no_amount(client, db):
    page = text_of(client.get("/"))
    assert "Nav beskriver behovet." in page and "Ingen konkurranse er åpen akkurat nå" in page
    assert " kr" not in page.split("<main")[1].replace("kroner", "")
    assert page.count('data-variant="primary"') == 1


def test_an_open_tender_stands_with_need_money_and_deadline(client, ingrid, arne):
    announced(ingrid, arne, heading="Mange unge venter for lenge")
    page = text_of(client.get("/"))
    for words in (
        "Mange unge venter for lenge",
        "50 000 kr + 450 000 kr",
        "torsdag 1. oktober",
        "Bli en av tre finalister",
        "Slik er «Unge på vei",
    ):
        assert words in page
    assert page.count('data-variant="primary"') == 1


def test_drafts_and_passed_deadlines_are_not_among_the_open_ones(client, ingrid, arne):
    describe(ingrid, heading="Et hemmelig utkast")
    announced(ingrid, arne, NOON - timedelta(days=60), heading="Den stengte")
    for reader in (None, ingrid):
        if reader:
            client.force_login(reader)
        page = text_of(client.get("/"))
        assert "Et hemmelig utkast" not in page and "Den stengte" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_database_the_same_however_many(client, ingrid, arne, number, django_assert_num_queries):
    for _ in range(number):
        announced(ingrid, arne)
    with django_assert_num_queries(10):
        client.get("/")
