"""The preview is what a visitor sees after the announcement, and nothing on it works."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenders.models import Tender
from tenders.phases import TenderPhase
from tests.tenders_made import announced, describe, proposed

MAIN = re.compile(r"<main.*?</main>", re.DOTALL)


def browser_of(user=None):
    browser = Client(headers={"accept-language": "nb"})
    if user:
        browser.force_login(user)
    return browser


def main_of(response):
    return MAIN.search(response.content.decode())[0]


def words_of(page):
    """What stands in it, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_words_are_those_of_the_page_after_the_announcement(ingrid, arne):
    tender = proposed(ingrid, arne, counties=["NO081"], reservation="non_profit", reservation_ground="Fordi det trengs.")
    seen = words_of(main_of(browser_of(ingrid).get(f"/tenders/{tender.reference}/preview/")))
    later = announced(ingrid, arne, counties=["NO081"], reservation="non_profit", reservation_ground="Fordi det trengs.")
    after = words_of(main_of(browser_of().get(f"/tenders/{later.reference}/")))
    # The two are twins with different numbers, and only the preview says that it is one
    for gone in (tender.reference, later.reference):
        seen, after = seen.replace(gone, "#"), after.replace(gone, "#")
    for told in ("Slik ser kunngjøringen ut for andre", "Virker når konkurransen er kunngjort."):
        assert told in seen and told not in after
    for words in (
        tender.heading,
        "Åpen for skisser",
        "Skriv idéskisse",
        "Følg konkurransen",
        "Still et spørsmål",
        "Karriererådgivertjenester",
    ):
        assert words in seen and words in after
    preview, public = (set(re.split(r"(?<=[.:?!]) ", text)) for text in (seen, after))
    assert len(preview & public) > 0.9 * len(public)


def test_nothing_that_does_a_thing_is_live(ingrid):
    tender = describe(ingrid)
    page = main_of(browser_of(ingrid).get(f"/tenders/{tender.reference}/preview/"))
    assert "<form" not in page and 'type="submit"' not in page
    for place in ("submission", "follow", "questions", "calendar", "amend", "cancel", "people", "journal"):
        assert not re.search(rf'href="[^"]*/{place}', page), place
    assert page.count('aria-disabled="true"') == 3
    tender.refresh_from_db()
    assert (tender.phase, tender.announced_at) == (TenderPhase.DRAFT, None)
    assert set(Tender.objects.get(pk=tender.pk).stages.values_list("phase", "opens_at")) == {("planned", None)}


def test_it_says_what_it_is_and_leads_back(ingrid):
    tender = describe(ingrid)
    page = main_of(browser_of(ingrid).get(f"/tenders/{tender.reference}/preview/"))
    assert "Den er ikke kunngjort ennå." in page and f'href="/tenders/{tender.reference}/announcement/"' in page
    assert f'href="/tenders/{tender.reference}/preview/"' in main_of(browser_of(ingrid).get(f"/tenders/{tender.reference}/announcement/"))


def test_an_unfinished_draft_can_be_looked_at(ingrid):
    tender = describe(ingrid, heading="", need="", cpv=[])
    page = main_of(browser_of(ingrid).get(f"/tenders/{tender.reference}/preview/"))
    assert tender.name in page and "Ikke skrevet ennå" in page


def test_those_who_may_not_see_the_draft_may_not_see_this(ingrid, sara, arne, ragnhild):
    tender = describe(ingrid)
    for stranger in (sara, arne):
        assert browser_of(stranger).get(f"/tenders/{tender.reference}/preview/").status_code == 404
    assert browser_of(ragnhild).get(f"/tenders/{tender.reference}/preview/").status_code == 200
    assert browser_of().get(f"/tenders/{tender.reference}/preview/").headers["Location"].startswith("/accounts/login/")


def test_after_the_announcement_it_is_the_page_itself(ingrid, arne, sara):
    tender = announced(ingrid, arne)
    for reader in (ingrid, sara):
        assert browser_of(reader).get(f"/tenders/{tender.reference}/preview/").headers["Location"] == f"/tenders/{tender.reference}/"


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_costs_the_same_however_much_stands_in_it(ingrid, more):
    tender = describe(ingrid, counties=["NO081", "NO020", "NO0A1"][:more], cpv=["79634000", "79611000", "85312510"][:more])
    browser = browser_of(ingrid)
    browser.get(f"/tenders/{tender.reference}/preview/")
    with CaptureQueriesContext(connection) as queries:
        browser.get(f"/tenders/{tender.reference}/preview/")
    assert len(queries) == 29
