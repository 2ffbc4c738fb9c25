"""Steps that are not one's own, are taken twice, or come with fields that nobody asked for."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import Organisation
from suppliers.models import Submission, Supplier
from tenders.models import Question, Tender
from tests.bad_input.sending import GOOD, PLACES, check_page, nothing_stored, sentences, stored
from tests.suppliers_made import free_number

pytestmark = pytest.mark.django_db
# State, rights and time are never read from a form
SMUGGLED = {
    "phase": "announced",
    "state": "won",
    "winner": "1",
    "is_staff": "1",
    "is_superuser": "1",
    "is_active": "0",
    "received_at": "2020-01-01T00:00:00Z",
    "at": "2020-01-01",
    "by": "x",
    "asked_by": "x",
    "asked_at": "2020-01-01",
    "qualified": "yes",
    "number": "999999999",
    "procurement": "x",
    "reference": "2020-001",
}


def test_one_person_who_presses_twice_opens_nothing(desk):
    path = reverse("evaluation:press", args=[desk.world.tenders["closed"].reference])
    officer = desk.client("officer")
    assert officer.post(path, {"form_token": str(uuid.uuid4())}).status_code == 302
    with nothing_stored():
        html = check_page(officer.post(path, {"form_token": str(uuid.uuid4())}), status=409)
    assert sentences(html) == ["Du har allerede trykket. En annen person må også trykke."]
    assert desk.world.stage("closed").sealed


def test_withdrawing_again_gives_the_same_answer(desk):
    world, member = desk.world, desk.client("member")
    place = [world.tenders["open"].reference, 1]
    review = member.get(reverse("suppliers:review_submission", args=place))
    assert review.status_code == 200
    sent = member.post(reverse("suppliers:submit", args=place), {"draft_no": Submission.objects.get(pk=world.own["open"].pk).draft_no})
    assert "receipt" in sent["Location"]
    path, token = reverse("suppliers:withdraw", args=place), str(uuid.uuid4())
    first = member.post(path, {"form_token": token})
    assert first["Location"] == reverse("suppliers:receipt", args=place)
    for again in (token, str(uuid.uuid4())):
        with nothing_stored():
            answer = member.post(path, {"form_token": again})
        assert (answer.status_code, answer["Location"]) == (302, first["Location"])


@pytest.mark.parametrize(
    "name", ["question", "answer", "new", "need", "register", "describe", "ask_applicant", "review", "return", "roles"]
)
def test_the_same_form_twice_counts_once(desk, name):
    """A double click, and the form sent again later with something else in it: the first answer, and no new row."""
    action, form = desk.form(name)
    client = desk.client(PLACES[name].persona)
    data = {**form.data, **GOOD.get(name, {})} | ({"unit": str(desk.world.tenders["draft"].unit_id)} if name == "roles" else {})
    if name == "register":
        data["number"] = free_number()
    assert data.get("form_token"), "the form has a token"
    first = client.post(action, data)
    assert first.status_code == 302, first.content.decode()[-3000:]
    with nothing_stored():
        second = client.post(action, data)
        text = next(field for field in ("text", "answer", "name", "grounds", "reason", "heading", "email") if field in data)
        changed = {**data, text: "Noe helt annet"} if text != "email" else {**data, "role": "auditor"}
        # What another has decided meanwhile is told to a form that is new; the same form is the same form
        third = client.post(action, changed)
    for again in (second, third):
        assert (again.status_code, again["Location"]) == (302, first["Location"])


def test_a_form_of_somebody_else_is_not_answered(desk):
    token = str(uuid.uuid4())
    path = reverse("tenders:questions", args=[desk.world.tenders["open"].reference])
    assert desk.client("newcomer").post(path, {"text": "Kan vi være to?", "form_token": token}).status_code == 302
    with nothing_stored():
        html = check_page(desk.client("other").post(path, {"text": "Hvor mange sider?", "form_token": token}), status=200)
    assert "Hvor mange sider?" in html and "Dette skjemaet tilhører en annen." in html


def test_a_hidden_organisation_of_others_is_never_written_for(desk):
    """Sindre names Sara's organisation where his own should be."""
    world = desk.world
    path = reverse("suppliers:start_submission", args=[world.tenders["open"].reference, 1])
    with nothing_stored():
        answer = desk.client("other").post(path, {"organisation": world.organisation.number})
    assert answer.status_code == 409
    theirs = Organisation.objects.get(pk=world.application.organisation_id)
    with nothing_stored():
        for name in ("describe", "declaration", "start_prequalification"):
            place = reverse(f"suppliers:{name}", args=[world.organisation.number])
            assert desk.client("other").post(place, {"name": "Vårt", "organisation": theirs.number}).status_code == 404
    assert desk.send("describe", {"name": "Nytt navn", "number": theirs.number, "organisation": str(theirs.pk)}).status_code == 302
    theirs.refresh_from_db()
    assert theirs.name != "Nytt navn"
    assert Organisation.objects.get(number=world.organisation.number).name == "Nytt navn"


@pytest.mark.parametrize("name", ["question", "need", "describe", "sketch", "new"])
def test_fields_that_nobody_asked_for_change_nothing(desk, name):
    """The same form with and without them stores the same."""
    before = stored()
    extra = {key: value for key, value in SMUGGLED.items() if key not in GOOD.get(name, {})}
    assert desk.send(name, {**GOOD.get(name, {}), **extra}).status_code == 302
    world = desk.world
    after = stored()
    assert all(after[table] == before[table] for table in ("accounts_user", "accounts_rolegrant", "accounts_membership"))
    assert Tender.objects.get(pk=world.tenders["draft"].pk).phase == "draft"
    assert Submission.objects.get(pk=world.own["open"].pk).phase == "draft"
    assert Supplier.objects.get(pk=world.organisation.pk).organisation.number == world.organisation.number
    assert not Tender.objects.filter(reference="2020-001").exists()
    assert not Question.objects.filter(asked_at__year=2020).exists()
