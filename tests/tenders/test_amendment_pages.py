"""The pages of amending: what everybody reads, the officer's form, and the approver's decision."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from insight.others import waiting_for_others
from tenders import amendment_words as words
from tenders.models import Amendment, Approval, Tender
from tenders.queries import amendments as queries
from tests.amendments_made import CLEARER, WHY, amended, asked_to_amend
from tests.conftest import NOON
from tests.forms_on_pages import form_to
from tests.pages import masked
from tests.stages_made import handed_in, stage_of
from tests.tenders_made import announced, describe

LATER = NOON + timedelta(days=2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid, arne, clock_at):
    made = announced(ingrid, arne)
    User.objects.update(language="en")
    clock_at(LATER)
    return made


def address(tender, name="amend"):
    return reverse(f"tenders:{name}", args=[tender.reference])


def shown(client, user, url, status=200):
    client.force_login(user) if user else client.logout()
    answered = client.get(url, headers={"accept-language": "en"})
    assert answered.status_code == status
    return answered.content.decode()


def moment(name, at):
    local = at.astimezone()
    return {f"{name}_date": f"{local:%Y-%m-%d}", f"{name}_time": f"{local:%H:%M}"}


def test_from_the_form_to_the_public_page(tender, ingrid, arne, client):
    stage = stage_of(tender)
    page = shown(client, ingrid, address(tender))
    assert "Criteria, weights, amounts, procedure and who may take part are fixed" in page
    assert reverse("contracts:cancellation", args=[tender.reference]) in page
    form = form_to(page, address(tender))
    told = client.post(form.action, {**form.data, "need": CLEARER}).content.decode()
    assert "Write an answer here" in told and "Choose yes or no" in told and "en tryggere måte" in told
    new = stage.closes_at + timedelta(days=7)
    sent = client.post(form.action, {**form.data, "need": CLEARER, "reason": WHY, "material": "yes", **moment("closes_at", new)})
    assert sent.url == address(tender)
    content = Approval.objects.get(what="amendment").content
    assert [one["field"] for one in content["changes"]] == ["need", "closes_at"]
    assert "The amendment waits for Arne Lie" in shown(client, ingrid, address(tender))
    assert WHY not in shown(client, None, address(tender, "amendments"))
    page = shown(client, arne, address(tender))
    assert WHY in page and "bedre" in page and "[put in:" in page
    form = form_to(page, address(tender, "announce_amendment"))
    done = client.post(form.action, form.data)
    assert done.url == address(tender, "amendments")
    assert client.post(form.action, form.data).status_code == 302
    page = shown(client, None, address(tender, "amendments"))
    assert '<del><span class="aksel-sr-only">[taken out: </span>bedre<span class="aksel-sr-only">]</span></del>' in page
    assert '<ins><span class="aksel-sr-only">[put in: </span>tryggere<span class="aksel-sr-only">]</span></ins>' in page
    assert re.search(r"out: </span>Thursday 1 October 2026 before\s12:00<.*in: </span>Thursday 8 October 2026 before\s12:00<", page)
    assert WHY in page and "Amendment 1" in page and "Ingrid" not in page
    cover = shown(client, None, reverse("insight:tender", args=[tender.reference]))
    assert "Amendment 1, 3 September 2026." in cover and address(tender, "amendments") in cover


def test_the_form_tells_what_is_wrong_at_its_field(tender, ingrid, client):
    stage = stage_of(tender)
    form = form_to(shown(client, ingrid, address(tender)), address(tender))
    wrong = {"kind": "failure", "reason": WHY, "material": "no", **moment("closes_at", stage.closes_at - timedelta(days=1))}
    page = client.post(form.action, {**form.data, **wrong}).content.decode()
    assert "It can only be moved forward." in page and "Say from when it failed." in page and 'href="#id_closes_at' in page
    page = client.post(form.action, {**form.data, "reason": WHY, "material": "no"}).content.decode()
    assert "Nothing is changed yet" in page
    page = client.post(form.action, {**form.data, "reason": WHY, "material": "no", "need": ""}).content.decode()
    assert "Write an answer here" in page
    assert not Approval.objects.filter(what="amendment").exists()


def test_a_longer_deadline_is_filled_in_when_it_comes_late(tender, ingrid, client, clock_at):
    stage = stage_of(tender)
    clock_at(stage.closes_at - timedelta(days=7))
    form = form_to(shown(client, ingrid, address(tender)), address(tender))
    assert form.data["closes_at_date"] == "2026-10-01"
    page = client.post(form.action, {**form.data, "reason": WHY, "material": "yes", "needs_time": "on", "summary": "Nytt"}).content.decode()
    assert "You say that more time is needed, so a later day is filled in now" in page
    assert form_to(page, address(tender)).data["closes_at_date"] == "2026-10-02"
    clock_at(stage.closes_at - timedelta(days=2))
    page = shown(client, ingrid, address(tender))
    form = form_to(page, address(tender))
    assert (form.data["closes_at_date"], form.data["closes_at_time"]) == ("2026-10-07", "12:00")
    assert "Fewer than seven days are left, so a later day is filled in" in page
    assert client.post(form.action, {**form.data, "reason": WHY, "material": "yes"}).status_code == 302
    assert [one["field"] for one in Approval.objects.get(what="amendment").content["changes"]] == ["closes_at"]


def test_the_approver_of_a_late_one_writes_why_the_deadline_stands(tender, ingrid, arne, client, clock_at):
    at = stage_of(tender).closes_at - timedelta(days=2)
    asked_to_amend(tender, ingrid, at)
    clock_at(at)
    form = form_to(shown(client, arne, address(tender)), address(tender, "announce_amendment"))
    assert "deadline_reason" in form.fields
    page = client.post(form.action, form.data).content.decode()
    assert "Fewer than seven days are left. Write why the deadline is not moved" in page and 'href="#id_deadline_reason"' in page
    assert client.post(form.action, {**form.data, "deadline_reason": "Bare ett ord er byttet."}).status_code == 302
    assert "The deadline is not moved: Bare ett ord er byttet." in shown(client, None, address(tender, "amendments"))


def test_sent_back_with_words_and_written_on(tender, ingrid, arne, client, clock_at):
    approval = asked_to_amend(tender, ingrid, LATER, kind="failure", material=False, values=longer(tender), failed=failed())
    form = form_to(shown(client, arne, address(tender)), address(tender, "return_amendment"))
    assert "Write an answer here" in client.post(form.action, form.data).content.decode()
    assert client.post(form.action, {**form.data, "reason": "Skriv hva som feilet."}).status_code == 302
    [row] = queries.waiting_for(ingrid, at=LATER)
    assert row.only_to_know and "Arne Lie sent it back: Skriv hva som feilet." in row.why
    page = shown(client, ingrid, address(tender))
    assert "Arne Lie sent it back" in page and "Skriv hva som feilet." in page
    form = form_to(page, address(tender))
    clock_at(LATER + timedelta(minutes=5))
    assert client.post(form.action, form.data).status_code == 302
    again = Approval.objects.filter(what="amendment").latest("proposed_at")
    assert again.pk != approval.pk and again.content == approval.content
    assert queries.waiting_for(ingrid, at=LATER) == []


def failed():
    return (LATER - timedelta(hours=4), LATER - timedelta(hours=2))


def longer(tender):
    return {"closes_at": stage_of(tender).closes_at + timedelta(days=7)}


def test_refusals_are_told(tender, ingrid, arne, ragnhild, client, clock_at):
    User.objects.update(language="en")
    approval = asked_to_amend(tender, ingrid, LATER)
    page = shown(client, ingrid, address(tender))
    assert address(tender, "announce_amendment") not in page and "Take the proposal back" in page
    refused = client.post(address(tender, "announce_amendment"), {"proposal": approval.pk, "content_hash": approval.content_hash})
    assert refused.status_code == 409 and "Someone else must approve your proposal" in refused.content.decode()
    again = client.post(address(tender), {"reason": "En gang til."})
    assert again.status_code == 409 and "This is already waiting for approval" in again.content.decode()
    assert client.post(address(tender, "announce_amendment"), {"proposal": "x"}).status_code == 404
    assert client.get(address(tender, "announce_amendment")).url == client.get(address(tender, "return_amendment")).url == address(tender)
    client.force_login(arne)
    wrong = client.post(address(tender, "announce_amendment"), {"proposal": approval.pk, "content_hash": "x"})
    assert "The amendment is not the one you have read" in wrong.content.decode()
    assert "<textarea" not in shown(client, ragnhild, address(tender))
    clock_at(stage_of(tender).closes_at)
    page = shown(client, arne, address(tender))
    assert "Nothing can be amended after it." in page and 'aria-disabled="true"' in page
    assert queries.waiting_for(arne, at=stage_of(tender).closes_at) == []


def test_who_finds_the_pages(tender, ingrid, sara, client):
    User.objects.update(language="en")
    shown(client, sara, address(tender), 404)
    assert "Nothing has been amended" in shown(client, sara, address(tender, "amendments"))
    assert "Nothing has been amended" in shown(client, None, address(tender, "amendments"))
    draft = describe(ingrid)
    shown(client, ingrid, address(draft), 404)
    shown(client, ingrid, address(draft, "amendments"), 404)
    client.logout()
    assert client.get(address(tender)).status_code == 302
    for page in (reverse("insight:tender", args=[tender.reference]), address(tender, "announcement"), address(tender, "amendments")):
        assert address(tender) in shown(client, ingrid, page)
        assert address(tender) not in shown(client, sara, page)


def test_what_waits_for_whom(tender, ingrid, arne):
    asked_to_amend(tender, ingrid, LATER)
    [row] = queries.waiting_for(arne, at=LATER)
    assert (row.title, row.url, row.due_at) == ("Approve an amendment", address(tender), stage_of(tender).closes_at)
    assert queries.waiting_for(ingrid, at=LATER) == []
    [other] = waiting_for_others(ingrid)
    assert (other.text, other.url) == ("Arne Lie is to approve an amendment", address(tender))


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_is_asked_for_with_the_same_statements(ingrid, arne, count):
    for no in range(count):
        asked_to_amend(announced(ingrid, arne, name=f"Sak {no}"), ingrid, LATER)
    with CaptureQueriesContext(connection) as asked:
        rows = queries.waiting_for(arne, at=LATER)
    assert (len(rows), len(asked)) == (count, 3)


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_page_asks_the_same_however_many_there_are(tender, ingrid, arne, client, count):
    for no in range(count):
        amended(tender, ingrid, arne, LATER, values={"summary": f"Nytt {no}"})
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address(tender, "amendments")).content.decode()
    assert page.count('id="amendment-') == count
    assert len(asked) == 14


def test_the_pages_are_the_same_whoever_has_handed_in(ingrid, arne, client, clock_at):
    pages = []
    for count in (0, 2):
        tender = announced(ingrid, arne)
        handed_in(tender, count)
        at = NOON + timedelta(days=6)
        amended(tender, ingrid, arne, at)
        asked_to_amend(tender, ingrid, at, values={"summary": "Nytt"})
        clock_at(at + timedelta(hours=2))
        seen = []
        for user in (ingrid, arne):
            client.force_login(user)
            paths = [address(tender), address(tender, "amendments")]
            paths += [reverse(name, args=[tender.reference]) for name in ("insight:tender", "insight:case_journal")]
            seen += [bare(client.get(path), tender) for path in paths]
        pages.append(seen)
    assert pages[0] == pages[1]


def bare(page, tender):
    """Without what differs from page to page and from tender to tender."""
    text = re.sub(r"[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27}", "key", masked(page))
    return text.replace(tender.reference, "REF")


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("a b c", "a x c", [("same", "a "), ("out", "b"), ("in", "x"), ("same", " c")]),
        ("a b c d", "a x y d", [("same", "a "), ("out", "b c"), ("in", "x y"), ("same", " d")]),
        ("a b", "a", [("same", "a"), ("out", " b")]),
        ("a", "a b", [("same", "a"), ("in", " b")]),
        ("", "a", [("in", "a")]),
        ("a b", "a\n\nb", [("same", "a"), ("same", "\n\n"), ("same", "b")]),
        ("<b>a</b>", "b", [("out", "<b>a</b>"), ("in", "b")]),
    ],
)
def test_word_by_word(before, after, pieces):
    assert [(piece.kind, piece.text) for piece in words.word_pieces(before, after)] == pieces
    assert "".join(text for kind, text in pieces if kind != "out").split() == after.split()


def test_dates_and_counties_are_shown_whole_and_texts_escaped(tender, ingrid, arne, client):
    stages = list(tender.stages.order_by("no"))
    values = {
        "counties": ["NO081"],
        "summary": "<script>alert(1)</script>",
        "answer_by_1": stages[0].answer_by + timedelta(days=7),
        "questions_close_at": tender.questions_close_at + timedelta(days=1),
    }
    amended(tender, ingrid, arne, LATER, values=values)
    changes = words.shown_changes(Amendment.objects.get().changes, stages)
    assert [one.label for one in changes][-1] == f"The answer in «{stages[0].name}» comes at the latest"
    assert [(one.before, one.after) for one in changes if one.label == "Where"] == [("The whole country", "Oslo")]
    page = shown(client, None, address(tender, "amendments"))
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    assert Tender.objects.get(pk=tender.pk).counties.count() == 1
