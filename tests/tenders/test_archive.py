"""The archive of our own tenders: those that have ended and drafts laid aside, found by words, state and year."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from tenders.commands.shelve_tender import shelve_tender
from tenders.models import Tender
from tests.conftest import NOON
from tests.settled_made import cancelled
from tests.tenders_made import announced, describe

pytestmark = pytest.mark.django_db
WHY = "Kontoret løste det selv."


def as_(user):
    User.objects.update(language="en")
    browser = Client(headers={"accept-language": "en"})
    if user:
        browser.force_login(user)
    return browser


def shelved(ingrid, at=NOON, **changes):
    tender = describe(ingrid, at, **changes)
    shelve_tender(tender_id=tender.pk, reason=WHY, by=ingrid, at=at)
    return tender


def page(user, query=""):
    return as_(user).get(f"/tenders/archive/{query}").content.decode()


def test_it_holds_what_has_ended_and_what_lies_aside_and_nothing_else(ingrid, arne):
    describe(ingrid, name="Et utkast")
    announced(ingrid, arne, name="En åpen")
    cancelled(announced(ingrid, arne, name="En avlyst"), ingrid, arne, NOON)
    shelved(ingrid, name="En bortlagt")
    found = page(ingrid)
    assert "En avlyst" in found and "Cancelled" in found
    assert "En bortlagt" in found and "Laid aside" in found and WHY in found
    assert "Et utkast" not in found and "En åpen" not in found


def test_it_is_found_by_words_state_and_year(ingrid, arne):
    old = shelved(ingrid, name="Den gamle")
    Tender.objects.filter(pk=old.pk).update(created_at=NOON - timedelta(days=400))
    old.refresh_from_db()
    new = shelved(ingrid, name="Den nye")
    ended = announced(ingrid, arne, name="Den avlyste")
    cancelled(ended, ingrid, arne, NOON)
    names = {"Den gamle", "Den nye", "Den avlyste"}
    for query, wanted in {
        "?q=GAMLE": {"Den gamle"},
        f"?q={new.reference}": {"Den nye"},
        "?kind=shelved": {"Den gamle", "Den nye"},
        "?kind=ended": {"Den avlyste"},
        f"?year={old.created_at.year}": {"Den gamle"},
        "?kind=shelved&year=2026": {"Den nye"},
        "?year=1999&kind=nonsense&page=x": names,
        "?q=%00": names,
    }.items():
        found = page(ingrid, query)
        assert {name for name in names if name in found} == wanted, query
    assert "Nothing in the archive fits all of this" in page(ingrid, "?q=finnes-ikke")


def test_everybody_finds_their_own_only(ingrid, arne, ragnhild, sara, with_role):
    shelved(ingrid, name="Hemmelig bortlagt")
    other = with_role("Ivar Ås", Role.OFFICER)
    for user in (ingrid, ragnhild):
        assert "Hemmelig bortlagt" in page(user, "?q=hemmelig")
    for user in (arne, other):
        for query in ("", "?q=hemmelig", "?kind=shelved"):
            found = page(user, query)
            assert "Hemmelig bortlagt" not in found
    assert "The archive is empty" in page(other)
    answer = as_(sara).get("/tenders/archive/")
    assert answer.status_code == 403 and b"Only those who have a role at Nav have an archive" in answer.content
    assert as_(None).get("/tenders/archive/").headers["Location"].startswith("/accounts/login/")


def test_from_the_draft_to_the_archive_and_back(ingrid):
    tender = describe(ingrid)
    browser = as_(ingrid)
    draft = f"/tenders/{tender.reference}/announcement/"
    assert f"{draft}shelve/" in browser.get(draft).content.decode()
    assert "Nothing is deleted" in browser.get(f"{draft}shelve/").content.decode()
    refused = browser.post(f"{draft}shelve/", {"reason": "  "})
    assert refused.status_code == 200 and refused.context["form"].errors
    done = browser.post(f"{draft}shelve/", {"reason": WHY}, follow=True).content.decode()
    assert "This draft is laid aside" in done and WHY in done and "Take it up again" in done
    assert "Send for approval" not in done
    assert WHY in browser.get(f"/tenders/{tender.reference}/").content.decode()
    assert "Only a draft can be laid aside" in browser.get(f"{draft}shelve/").content.decode()
    back = browser.post(f"{draft}take-up/", follow=True).content.decode()
    assert "The tender is a draft again" in back and "Send for approval" in back
    assert browser.post(f"{draft}take-up/").status_code == 409


def test_it_asks_the_database_the_same_with_one_and_with_three(ingrid):
    counts = set()
    for number in (1, 2):
        for no in range(number):
            shelved(ingrid, name=f"Bortlagt {number}{no}")
        browser = as_(ingrid)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/tenders/archive/")
        counts.add(len(asked))
    assert len(counts) == 1
