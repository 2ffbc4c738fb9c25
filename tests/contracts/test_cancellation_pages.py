"""The page of cancelling: reason, two persons, and what it means."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from contracts.commands.propose_cancellation import propose_cancellation
from contracts.queries import cancellation_work
from tenders.models import Approval
from tests.conftest import NOON
from tests.forms_on_pages import form_to
from tests.settled_made import CANCELLED_WHY, cancelled
from tests.stages_made import handed_in
from tests.tenders_made import announced, describe


@pytest.fixture
def tender(ingrid, arne, clock_at):
    made = announced(ingrid, arne)
    User.objects.update(language="en")
    clock_at(NOON + timedelta(days=1))
    return made


def address(tender, name="cancellation"):
    return reverse(f"contracts:{name}", args=[tender.reference])


def shown(client, user, url, status=200):
    client.force_login(user)
    answered = client.get(url)
    assert answered.status_code == status
    return answered.content.decode()


def test_from_the_reason_to_the_public_page(tender, ingrid, arne, client):
    page = shown(client, ingrid, address(tender))
    assert "Somebody else must approve it, and it can&#x27;t be undone." in page
    form = form_to(page, address(tender))
    told = client.post(form.action, {**form.data, "again": "on"}).content.decode()
    assert "Write an answer here" in told and "checked" in told
    assert client.post(form.action, {**form.data, "reason": CANCELLED_WHY, "again": "on"}).status_code == 302
    assert Approval.objects.get(what="cancellation").content == {"reason": CANCELLED_WHY, "again": True}
    assert "Cancelling waits for Arne Lie" in shown(client, ingrid, address(tender))
    page = shown(client, arne, address(tender))
    assert CANCELLED_WHY in page and "The need is to be announced again" in page
    form = form_to(page, address(tender, "cancel"))
    done = client.post(form.action, form.data)
    assert done.url == reverse("insight:tender", args=[tender.reference])
    assert client.post(form.action, form.data).status_code == 302
    tender.refresh_from_db()
    assert tender.phase == "cancelled"
    page = shown(client, ingrid, address(tender))
    assert "The tender is cancelled" in page and "Two people decided" in page and "<textarea" not in page


def test_sent_back_and_proposed_again(tender, ingrid, arne, client):
    propose_cancellation(tender_id=tender.pk, reason=CANCELLED_WHY, again=False, by=ingrid, at=NOON)
    form = form_to(shown(client, arne, address(tender)), address(tender, "return_cancellation"))
    assert "Write an answer here" in client.post(form.action, form.data).content.decode()
    assert client.post(form.action, {**form.data, "reason": "Pengene er her likevel."}).status_code == 302
    page = shown(client, ingrid, address(tender))
    assert "Arne Lie sent it back" in page and "Pengene er her likevel." in page
    assert form_to(page, address(tender))
    assert client.get(address(tender, "return_cancellation")).status_code == 302


def test_refusals_are_told(tender, ingrid, arne, client):
    approval = propose_cancellation(tender_id=tender.pk, reason=CANCELLED_WHY, again=False, by=ingrid, at=NOON)
    page = shown(client, ingrid, address(tender))
    assert address(tender, "cancel") not in page and "Take the proposal back" in page
    refused = client.post(address(tender, "cancel"), {"proposal": approval.pk})
    assert refused.status_code == 409 and "Someone else must approve your proposal" in refused.content.decode()
    again = client.post(address(tender), {"reason": "En gang til."})
    assert again.status_code == 409 and "This is already waiting for approval" in again.content.decode()
    assert client.post(address(tender, "cancel"), {"proposal": "x"}).status_code == 404


def test_who_finds_the_page(tender, ingrid, ragnhild, sara, client):
    User.objects.filter(pk=ragnhild.pk).update(language="en")
    assert "Only the officer of this tender proposes to cancel it" in shown(client, ragnhild, address(tender))
    shown(client, sara, address(tender), 404)
    draft = describe(ingrid)
    shown(client, ingrid, address(draft), 404)
    client.logout()
    assert client.get(address(tender)).status_code == 302


def test_the_page_is_the_same_whoever_has_handed_in(ingrid, arne, client, clock_at):
    """Nobody at Nav learns from the pages of a cancelled tender whether somebody followed it or handed in."""
    pages = []
    for count in (0, 2):
        tender = announced(ingrid, arne)
        handed_in(tender, count)
        at = NOON + timedelta(days=6)
        cancelled(tender, ingrid, arne, at)
        clock_at(at + timedelta(hours=2))
        client.force_login(ingrid)
        paths = [address(tender), *(reverse(name, args=[tender.reference]) for name in ("insight:tender", "insight:case_journal"))]
        seen = [client.get(path).content.decode() for path in paths]
        pages.append([bare(page, tender) for page in seen])
    assert pages[0] == pages[1]


def bare(page, tender):
    """Without what differs from page to page and from tender to tender."""
    lines = [line for line in page.splitlines() if "token" not in line and "nonce" not in line]
    return "\n".join(lines).replace(tender.reference, "REF")


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_is_asked_for_with_the_same_statements(ingrid, arne, count):
    for no in range(count):
        tender = announced(ingrid, arne, name=f"Sak {no}")
        propose_cancellation(tender_id=tender.pk, reason=CANCELLED_WHY, again=False, by=ingrid, at=NOON)
    with CaptureQueriesContext(connection) as asked:
        rows = cancellation_work.waiting_for(arne, at=NOON)
    assert (len(rows), len(asked)) == (count, 2)
