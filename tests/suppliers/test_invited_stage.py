"""A stage by invitation as suppliers meet it: those who are invited, those who are not, and when it is cancelled."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from evaluation.queries.settlement import going_on
from letters.models import Letter
from suppliers.commands.end_invitation import end_invitation
from suppliers.queries.submissions import facts_for, waiting_for
from tenders.queries.public import State, Wanted, found_tenders, open_tenders
from tests.conftest import make_person
from tests.settled_made import (
    cancelled,
    cast_of,
    developed,
    first_stage_settled,
    opened_stage,
    representative_of,
    stage_no,
    written,
)
from tests.suppliers_made import registered
from tests.tenders_made import announced


@pytest.fixture
def cast(ingrid, arne, with_role):
    return cast_of(ingrid, arne, with_role)


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


@pytest.fixture
def second(tender, cast, clock_at):
    """The developed sketch is open to three of four."""
    first_stage_settled(tender, cast, count=4)
    User.objects.update(language="en")
    stage = stage_no(tender, 2)
    clock_at(stage.opens_at + timedelta(days=1))
    return stage


@pytest.fixture
def finalists(tender, second):
    return going_on(stage_no(tender, 1))


def address(tender, name="submission"):
    return reverse(f"suppliers:{name}", args=[tender.reference, 2])


def page(client, user, url, status=200):
    client.force_login(user)
    answered = client.get(url)
    assert answered.status_code == status
    return answered.content.decode()


def not_selected(tender):
    in_place = [row.pk for row in going_on(stage_no(tender, 1))]
    left_out = stage_no(tender, 1).submissions.exclude(organisation__in=in_place).get()
    return representative_of(left_out.organisation)


def test_my_work_leads_the_invited_to_the_sketch(tender, second, finalists, client):
    user, at = representative_of(finalists[0]), second.opens_at + timedelta(days=1)
    [row] = [row for row in waiting_for(user, at=at) if "Utviklet skisse" in str(row.title)]
    assert (row.url, row.due_at) == (address(tender), second.closes_at)
    shown = page(client, user, row.url)
    assert "Write utviklet skisse" in shown and "This stage is for those who are invited, and the panel knows who you are" in shown
    assert "Begin on the sketch" in page(client, user, reverse("insight:tender", args=[tender.reference]))
    begun = client.post(address(tender, "start_submission"), {"organisation": finalists[0].number})
    assert begun.status_code == 302
    assert "In this stage the panel knows who you are" in page(client, user, address(tender))
    assert not [row for row in waiting_for(user, at=at) if "Write the sketch you are invited to" in str(row.title)]


def test_the_others_are_not_led_there_and_are_refused(tender, second, client):
    user, at = not_selected(tender), second.opens_at + timedelta(days=1)
    assert not [row for row in waiting_for(user, at=at) if row.url == address(tender)]
    assert f"submission-{second.no}" not in [link.key for link in facts_for(tender, user, at=at).links]
    cover = page(client, user, reverse("insight:tender", args=[tender.reference]))
    assert address(tender) not in cover
    assert "Only those who are invited can take part in this stage" in page(client, user, address(tender))
    number = user.memberships.get().organisation.number
    assert client.post(address(tender, "start_submission"), {"organisation": number}).status_code == 409
    client.logout()
    assert address(tender) not in client.get(reverse("insight:tender", args=[tender.reference])).content.decode()


def test_somebody_who_acts_for_several_writes_for_the_invited_one(tender, second, finalists, client):
    user = representative_of(finalists[0])
    registered(user, "Annet firma AS", at=second.opens_at)
    shown = page(client, user, address(tender))
    assert f'value="{finalists[0].number}"' in shown
    assert f"You write for {finalists[0].name}" in shown


def test_an_invitation_that_has_ended_is_none(tender, second, finalists, cast):
    user, at = representative_of(finalists[0]), second.opens_at + timedelta(days=1)
    end_invitation(stage_id=second.pk, organisation=finalists[0], reason="Trakk seg.", by=cast.ingrid, at=at)
    assert not [row for row in waiting_for(user, at=at) if row.url == address(tender)]


def test_each_stage_has_its_own_links(tender, second, finalists):
    developed(second, finalists[:1])
    user = representative_of(finalists[0])
    links = {link.key: str(link.label) for link in facts_for(tender, user, at=second.closes_at).links}
    assert links["submission-1"] == "Your sketch" and links["submission-2"] == "Your sketch: Utviklet skisse"
    assert links["receipt-2"] == "Receipt: Utviklet skisse"


def test_the_front_page_and_the_list_do_not_call_it_open_to_all(tender, second, client):
    listed = client.get(reverse("tenders:list"), headers={"accept-language": "en"}).content.decode()
    assert "Open for those invited" in listed and "Deadline for those invited" in listed
    at = second.opens_at + timedelta(days=1)
    assert not open_tenders(at=at).exists() and not found_tenders(Wanted(state=State.CLOSED), at=at).exists()
    assert list(found_tenders(Wanted(state=State.INVITED), at=at)) == [tender]
    assert list(found_tenders(Wanted(state=State.CLOSED), at=second.closes_at)) == [tender]


def test_what_was_handed_in_to_a_cancelled_stage_says_so(tender, second, finalists, cast, client):
    developed(second, finalists[:1])
    written(second, finalists[1])
    cancelled(tender, cast.ingrid, cast.arne, second.opens_at + timedelta(days=5))
    sent, draft = representative_of(finalists[0]), representative_of(finalists[1])
    assert "it is never opened. The key is destroyed" in page(client, sent, address(tender))
    receipt = page(client, sent, address(tender, "receipt"))
    assert "What you handed in is never opened, and the key is destroyed" in receipt and "Never opened" in receipt
    assert "The draft is still here, and only you can see it" in page(client, draft, address(tender))
    assert "The tender has been cancelled" in page(client, representative_of(finalists[2]), address(tender))


def test_an_answered_sketch_no_longer_waits_for_its_answer(tender, second, finalists, cast):
    user = representative_of(finalists[0])
    assert [row.url for row in waiting_for(user, at=second.opens_at + timedelta(days=1))] == [address(tender)]
    developed(second, finalists[:1])
    opened_stage(tender, 2, cast.ingrid, cast.arne)
    [row] = waiting_for(user, at=second.closes_at + timedelta(days=1))
    assert row.only_to_know and "You get the answer by" in row.why


@pytest.mark.parametrize("count", [1, 3])
def test_invitations_are_asked_for_in_the_same_statements(cast, ingrid, arne, count):
    stages = []
    for no in range(count):
        tender = announced(ingrid, arne, name=f"Sak {no}")
        first_stage_settled(tender, cast, count=1)
        stages.append(stage_no(tender, 2))
    user = User.objects.get(name="Sara Nilsen")
    with CaptureQueriesContext(connection) as asked:
        rows = waiting_for(user, at=stages[0].opens_at + timedelta(days=1))
    assert (len(rows), len(asked)) == (count, 2)


def test_a_stranger_may_not_know_more(tender, second, client):
    stranger = make_person("Frode Fremmed", language="en")
    assert "Register your organisation" in page(client, stranger, address(tender))


def test_the_receipt_and_its_mail_say_what_handing_in_earns_by_the_agreement(client, tender, second, finalists, clock_at):
    developed(second, finalists[:1])
    clock_at(second.opens_at + timedelta(days=4))
    user = representative_of(finalists[0])
    said = "When the stage is opened, you can ask for the NOK 50,000 excl. VAT that your agreement gives for what you have handed in."
    shown = page(client, user, address(tender, "receipt")).replace("\N{NO-BREAK SPACE}", " ")
    assert said in shown and "If you are chosen, you get NOK 450,000 excl. VAT" in shown and "If you go on" not in shown
    letter = Letter.objects.get(batch__kind="receipt", user=user, body__contains=said[:30])
    assert said in letter.body.replace("\N{NO-BREAK SPACE}", " ")


def test_the_first_receipt_says_what_going_on_gives_and_earns_nothing(client, tender, second, finalists):
    user = representative_of(finalists[0])
    shown = page(client, user, reverse("suppliers:receipt", args=[tender.reference, 1]))
    assert "you can ask for" not in shown and "If you go on, you get" in shown
