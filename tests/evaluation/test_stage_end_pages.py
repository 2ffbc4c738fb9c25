"""The pages of how a stage ends, as officer, approver, auditor and others find them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from evaluation.commands.propose_closing import propose_closing
from evaluation.queries import stage_end_work
from evaluation.queries.settlement import going_on
from tenders.models import Approval
from tests.forms_on_pages import forms_of
from tests.settled_made import (
    cast_of,
    dates_for,
    first_stage_answered,
    first_stage_opened,
    first_stage_settled,
    judged,
    opened_stage,
    proposed_settlement,
    settling_moment,
    stage_no,
)
from tests.tenders_made import announced

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def cast(ingrid, arne, with_role):
    made = cast_of(ingrid, arne, with_role)
    User.objects.update(language="en")
    return made


@pytest.fixture
def answer(tender, cast, clock_at):
    stage = first_stage_answered(tender, cast, count=3)
    User.objects.update(language="en")
    clock_at(settling_moment(stage))
    return stage


def address(name, tender, no=1):
    return f"{reverse(f'evaluation:{name}', args=[tender.reference])}?stage={no}"


def shown(client, user, url, status=200):
    client.force_login(user)
    answered = client.get(url)
    assert answered.status_code == status
    return answered.content.decode()


def form_to(page, url):
    return next(form for form in forms_of(page) if form.action == url)


def test_from_the_dates_to_the_next_stage(tender, cast, answer, client):
    url = address("settlement", tender)
    page = shown(client, cast.ingrid, url)
    assert "Set the dates of «Utviklet skisse»" in page
    assert all(one.name in page for one in going_on(answer))
    assert "At least 8 weeks were announced" in page
    sent = form_to(page, url).data
    early = client.post(url, {**sent, "closes_at_date": (settling_moment(answer) + timedelta(days=49)).date().isoformat()})
    assert "At least 8 weeks were announced for «Utviklet skisse»" in early.content.decode()
    assert not Approval.objects.filter(what="settlement").exists()
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 302
    approval = Approval.objects.get(what="settlement")
    assert approval.content["opens_at"] is None
    assert f"The end of the stage waits for {cast.arne.name}" in shown(client, cast.ingrid, url)
    page = shown(client, cast.arne, url)
    assert "Read it, and say whether the stage can end" in page
    form = form_to(page, address("settle", tender))
    assert client.post(form.action, form.data).status_code == 302
    assert stage_no(tender, 2).phase == "announced"
    assert "«Idéskisse» has ended, and «Utviklet skisse» has begun" in shown(client, cast.arne, url)


def test_sent_back_with_a_reason_that_the_officer_reads(tender, cast, answer, client):
    proposed_settlement(answer, cast.ingrid)
    page = shown(client, cast.arne, address("settlement", tender))
    form = form_to(page, address("return_settlement", tender))
    empty = client.post(form.action, form.data).content.decode()
    assert "Write an answer here" in empty
    assert client.post(form.action, {**form.data, "reason": "Fristen er i høstferien."}).status_code == 302
    page = shown(client, cast.ingrid, address("settlement", tender))
    assert "Arne Lie sent it back" in page and "Fristen er i høstferien." in page
    assert client.get(address("return_settlement", tender)).status_code == 302


def test_the_one_who_proposed_has_no_button_to_approve_and_is_refused(tender, cast, answer, client):
    approval = proposed_settlement(answer, cast.ingrid)
    page = shown(client, cast.ingrid, address("settlement", tender))
    assert address("settle", tender) not in page
    assert "Take the proposal back" in page
    refused = client.post(address("settle", tender), {"proposal": approval.pk})
    assert refused.status_code == 409 and "Someone else must approve your proposal" in refused.content.decode()
    assert client.post(address("settle", tender), {"proposal": "no key"}).status_code == 404
    assert client.get(address("settle", tender)).status_code == 405


def test_the_standstill_says_from_when(tender, cast, answer, client, clock_at):
    clock_at(settling_moment(answer) - timedelta(days=3))
    page = shown(client, cast.ingrid, address("settlement", tender))
    assert "The stage can&#x27;t end yet" in page and "The standstill is not over" in page
    [row] = [row for row in stage_end_work.waiting_for(cast.ingrid, at=settling_moment(answer) - timedelta(days=3)) if "End «" in row.title]
    assert row.open_from is not None and row.open_from <= settling_moment(answer)
    refused = client.post(address("settlement", tender), {**flat(dates_for(answer, settling_moment(answer)))})
    assert refused.status_code == 409


def flat(dates):
    closes = dates["closes_at"]
    return {
        "opens_at_date": "",
        "opens_at_time": "",
        "closes_at_date": closes.date().isoformat(),
        "closes_at_time": "12:00",
        "answer_by": dates["answer_by"].isoformat(),
    }


def test_an_approver_who_waited_too_long_reads_why(tender, cast, answer, client, clock_at):
    proposed_settlement(answer, cast.ingrid)
    clock_at(settling_moment(answer) + timedelta(days=10))
    page = shown(client, cast.arne, address("settlement", tender))
    form = form_to(page, address("settle", tender))
    told = client.post(form.action, form.data)
    assert told.status_code == 200 and "At least 8 weeks were announced" in told.content.decode()


def test_who_finds_the_pages(tender, cast, answer, client, ragnhild):
    User.objects.filter(pk=ragnhild.pk).update(language="en")
    for name in ("settlement", "closing"):
        shown(client, ragnhild, address(name, tender))
        shown(client, cast.cecilie, address(name, tender), 404)
        shown(client, User.objects.get(name="Sara Nilsen"), address(name, tender), 404)
        client.logout()
        assert client.get(address(name, tender)).status_code == 302
    assert '<form class="nv-form"' not in shown(client, ragnhild, address("settlement", tender))
    assert shown(client, cast.ingrid, address("settlement", tender, no=2), 404)


def test_closing_from_reason_to_letters(tender, cast, client, clock_at):
    stage = judged(first_stage_opened(tender, cast, count=2), cast)
    User.objects.update(language="en")
    clock_at(stage.opened_at + timedelta(days=5))
    url = address("closing", tender)
    page = shown(client, cast.ingrid, url)
    assert "Is nobody good enough?" in page
    form = form_to(page, url)
    assert "Write an answer here" in client.post(url, form.data).content.decode()
    assert client.post(url, {**form.data, "reason": "Ingen viser hvordan de unge er med."}).status_code == 302
    page = shown(client, cast.arne, url)
    assert "Ingen viser hvordan de unge er med." in page and "two letters are sent" in page
    form = form_to(page, address("close", tender))
    assert client.post(form.action, form.data).status_code == 302
    assert "The stage is closed without selection" in shown(client, cast.arne, url)
    assert stage_no(tender, 1).phase == "unselected"


def test_closing_is_refused_with_its_reason_and_can_be_sent_back(tender, cast, client, clock_at):
    stage = first_stage_opened(tender, cast, count=1)
    User.objects.update(language="en")
    clock_at(stage.opened_at + timedelta(days=1))
    url = address("closing", tender)
    assert "Check every one of them first" in shown(client, cast.ingrid, url)
    refused = client.post(url, {"reason": "Ingen er gode nok."})
    assert refused.status_code == 409
    scored = judged(stage, cast)
    propose_closing(stage_id=scored.pk, reason="Ingen er gode nok.", by=cast.ingrid, at=stage.opened_at + timedelta(days=1))
    form = form_to(shown(client, cast.ingrid, url), address("return_closing", tender))
    assert client.post(form.action, {**form.data, "reason": "En skisse til kom fram."}).status_code == 302
    assert "Ingrid Aas took it back" in shown(client, cast.ingrid, url)
    assert client.get(address("return_closing", tender)).status_code == 302


def test_the_opening_of_every_stage_has_its_page(tender, cast, client, clock_at):
    first_stage_settled(tender, cast, count=3)
    User.objects.update(language="en")
    second = stage_no(tender, 2)
    clock_at(second.opens_at)
    url = reverse("evaluation:opening", args=[tender.reference])
    assert "The sketches are sealed" in shown(client, cast.ingrid, url)
    assert f"{url}?stage=1" in shown(client, cast.ingrid, url)
    assert "Three sketches have been opened" in shown(client, cast.ingrid, f"{url}?stage=1")
    client.logout()
    assert "Three sketches have been opened" in client.get(url, headers=ENGLISH).content.decode()
    assert client.get(f"{url}?stage=2").status_code == 404
    opened_stage(tender, 2, cast.ingrid, cast.arne)
    clock_at(second.closes_at + timedelta(hours=1))
    assert "No sketches came in" in client.get(url, headers=ENGLISH).content.decode()
    assert "Three sketches have been opened" in client.get(f"{url}?stage=1", headers=ENGLISH).content.decode()


@pytest.mark.parametrize("tenders", [1, 3])
def test_what_waits_is_asked_for_with_the_same_statements(cast, ingrid, arne, tenders, clock_at):
    at = None
    for no in range(tenders):
        stage = first_stage_answered(announced(ingrid, arne, name=f"Sak {no}"), cast, count=1)
        at = settling_moment(stage)
    clock_at(at)
    with CaptureQueriesContext(connection) as asked:
        rows = stage_end_work.waiting_for(ingrid, at=at)
    assert len([row for row in rows if row.title.startswith("End «")]) == tenders
    assert len(asked) == 5
