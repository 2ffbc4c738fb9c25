"""Questions are asked by one and answered to all; who asked is shown to nobody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts import clock, journal
from accounts.commands.end_role import end_role
from accounts.models import JournalEntry, RoleGrant
from accounts.refused import Refused
from accounts.roles import Role
from letters.models import Letter
from tenders.commands.answer_question import answer_question
from tenders.commands.ask_question import ask_question
from tenders.commands.follow_tender import follow_tender
from tenders.commands.propose_announcement import propose_announcement
from tenders.models import Question
from tenders.queries import dialogue
from tests.conftest import NOON
from tests.market_made import in_dialogue
from tests.pages import masked
from tests.suppliers_made import registered
from tests.tenders_made import announced, describe

TEXT = "Kan to virksomheter sende en skisse sammen?"


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


def page(tender):
    return reverse("tenders:questions", args=[tender.reference])


@pytest.mark.engine
def test_a_question_stands_on_the_askers_own_chain_and_not_on_the_tenders(tender, sara):
    before = JournalEntry.objects.filter(stream=journal.stream_of(tender)).count()
    question = ask_question(tender_id=tender.pk, text=f"  {TEXT}\r\n", by=sara, at=NOON)
    assert (question.text, question.asked_by, question.answered_at) == (TEXT, sara, None)
    assert JournalEntry.objects.get(event="tenders.question_asked").stream == journal.stream_of(sara)
    assert JournalEntry.objects.filter(stream=journal.stream_of(tender)).count() == before


def test_a_question_from_the_cut_off_to_the_deadline_is_kept_and_marked_and_at_the_deadline_refused(tender, sara):
    ends, closes = tender.questions_close_at, tender.stages.get(no=1).closes_at
    just_before = timedelta(microseconds=1)
    asked = [ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=at).late for at in (ends - just_before, ends, closes - just_before)]
    assert asked == [False, True, True]
    with pytest.raises(Refused, match=r"You could ask until Thursday 17 September 2026 at\s12:00"):
        ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=closes)
    assert Question.objects.count() == 3


def test_a_late_question_is_nobodys_work_and_may_be_answered_to_all(tender, sara, ingrid, client, monkeypatch):
    at = tender.questions_close_at + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: at)
    client.force_login(sara)
    sent = client.post(page(tender), {"text": TEXT}, follow=True).content.decode()
    assert "så vi kan ikke love svar" in sent
    question = Question.objects.get()
    assert question.late and dialogue.waiting_for(ingrid, at=at) == []
    client.force_login(ingrid)
    shown = client.get(page(tender)).content.decode()
    assert "Kom etter fristen for spørsmål" in shown and "1 spørsmål er uten svar." in shown
    answer_question(question_id=question.pk, answer="Ja.", by=ingrid, at=at)
    client.logout()
    assert "Stilt etter fristen for spørsmål." in client.get(page(tender)).content.decode()


def test_in_market_dialogue_one_asks_before_anything_is_announced(ingrid, arne, sara):
    need = in_dialogue(ingrid)
    assert not ask_question(tender_id=need.pk, text=TEXT, by=sara, at=NOON).late
    assert ask_question(tender_id=need.pk, text=TEXT, by=sara, at=NOON + timedelta(days=14)).late
    with pytest.raises(Refused, match="You work with this tender, so you can't ask in it."):
        ask_question(tender_id=need.pk, text=TEXT, by=ingrid, at=NOON)
    propose_announcement(tender_id=need.pk, approver=arne, by=ingrid, at=NOON)
    with pytest.raises(Refused, match="You can ask when the tender is announced."):
        ask_question(tender_id=need.pk, text=TEXT, by=sara, at=NOON)


def test_a_draft_takes_no_questions(ingrid, sara):
    draft = describe(ingrid)
    with pytest.raises(Refused, match="You can ask when the tender is announced."):
        ask_question(tender_id=draft.pk, text=TEXT, by=sara, at=NOON)


def test_a_tender_without_a_cut_off_takes_no_questions(tender, sara):
    type(tender).objects.filter(pk=tender.pk).update(questions_close_at=None)
    with pytest.raises(Refused, match="No questions are taken in this tender."):
        ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)


def test_those_who_work_with_the_tender_do_not_ask_in_it(tender, ingrid, arne, per):
    for colleague in (ingrid, arne):
        with pytest.raises(Refused, match="You work with this tender, so you can't ask in it."):
            ask_question(tender_id=tender.pk, text=TEXT, by=colleague, at=NOON)
    assert ask_question(tender_id=tender.pk, text=TEXT, by=per, at=NOON).asked_by == per


def test_an_empty_question_and_an_empty_answer_are_refused(tender, sara, ingrid):
    with pytest.raises(Refused, match="Write what you want to know."):
        ask_question(tender_id=tender.pk, text=" \r\n ", by=sara, at=NOON)
    question = ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)
    with pytest.raises(Refused, match="Write an answer."):
        answer_question(question_id=question.pk, answer="\u0000 ", by=ingrid, at=NOON)


def test_only_the_tenders_officer_answers_and_only_once(tender, sara, ingrid, arne, with_role, admin):
    question = ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)
    other_officer = with_role("Oda Rud", Role.OFFICER)
    for person in (sara, arne, other_officer):
        with pytest.raises(Refused, match="Only the tender's procurement officer can answer."):
            answer_question(question_id=question.pk, answer="Ja.", by=person, at=NOON)
    answer_question(question_id=question.pk, answer="Ja.", by=ingrid, at=NOON)
    with pytest.raises(Refused, match="This question has been answered already."):
        answer_question(question_id=question.pk, answer="Nei.", by=ingrid, at=NOON)
    assert Question.objects.get().answer == "Ja."


def test_an_officer_whose_role_has_ended_no_longer_answers(tender, sara, ingrid, admin):
    question = ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)
    end_role(grant_id=RoleGrant.objects.get(user=ingrid).pk, by=admin, at=NOON)
    with pytest.raises(Refused, match="Only the tender's procurement officer can answer."):
        answer_question(question_id=question.pk, answer="Ja.", by=ingrid, at=NOON)


@pytest.mark.engine
def test_asker_and_followers_are_told_in_the_same_words(tender, sara, sindre, ingrid):
    firm = registered(sindre)
    follow_tender(tender_id=tender.pk, organisation=firm, by=sindre, at=NOON)
    follow_tender(tender_id=tender.pk, organisation=None, by=sara, at=NOON)
    question = ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)
    answer_question(question_id=question.pk, answer="Ja, én av dere sender den inn.", by=ingrid, at=NOON)
    letters = Letter.objects.filter(batch__kind="question_answered")
    assert {(letter.organisation, letter.user) for letter in letters} == {(firm, None), (None, sara)}
    assert len({(letter.title, letter.body) for letter in letters}) == 1
    body = letters[0].body
    assert TEXT in body and "Ja, én av dere sender den inn." in body and "http" not in body
    assert {letter.address for letter in letters} == {page(tender)}
    assert sara.name not in body and "Svaret" in body


def test_a_notice_comes_in_the_recipients_own_language(tender, sara, ingrid):
    type(sara).objects.filter(pk=sara.pk).update(language="nn")
    question = ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)
    answer_question(question_id=question.pk, answer="Ja.", by=ingrid, at=NOON)
    assert Letter.objects.get(user=sara).title == "Nytt svar i «Unge på vei til jobb»"
    assert "Spørsmålet" in Letter.objects.get(user=sara).body


@pytest.mark.usefixtures("at_noon")
def test_the_pages_are_the_same_bytes_whoever_asked(tender, sara, sindre, ingrid, arne, ragnhild):
    def seen():
        found = []
        for reader in (None, ingrid, arne, ragnhild):
            client = Client()
            if reader:
                client.force_login(reader)
            found += [masked(client.get(address)) for address in (page(tender), reverse("insight:tender", args=[tender.reference]), "/my/")]
        return found

    question = ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)
    waiting = seen()
    Question.objects.filter(pk=question.pk).update(asked_by=sindre)
    assert seen() == waiting
    answer_question(question_id=question.pk, answer="Ja.", by=ingrid, at=NOON)
    answered = seen()
    Question.objects.filter(pk=question.pk).update(asked_by=sara)
    assert seen() == answered
    assert TEXT in answered[0] and sara.name not in "".join(answered)


@pytest.mark.usefixtures("at_noon")
def test_what_is_not_answered_is_seen_by_the_officer_and_the_asker_only(tender, sara, sindre, ingrid, arne, client):
    ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)
    sees = {}
    for reader in (sara, sindre, ingrid, arne):
        client.force_login(reader)
        sees[reader] = TEXT in client.get(page(tender)).content.decode()
    client.logout()
    assert TEXT not in client.get(page(tender)).content.decode()
    assert sees == {sara: True, sindre: False, ingrid: True, arne: False}


@pytest.mark.usefixtures("at_noon")
def test_a_visitors_question_is_kept_while_they_log_in(tender, sara, client):
    sent = client.post(page(tender), {"text": TEXT})
    assert sent.status_code == 302 and sent.headers["Location"] == f"/accounts/login/?next={page(tender)}"
    assert not Question.objects.exists()
    client.force_login(sara)
    assert TEXT in client.get(page(tender)).content.decode()


@pytest.mark.usefixtures("at_noon")
def test_asking_on_the_page_twice_with_the_same_form_asks_once(tender, sara, client):
    client.force_login(sara)
    form = {"text": TEXT, "form_token": "7a1f0a9e-3f51-4f4e-9a2b-0f5f6c2f9f10"}
    assert [client.post(page(tender), form).headers["Location"] for _ in range(2)] == [page(tender)] * 2
    assert Question.objects.count() == 1


@pytest.mark.usefixtures("at_noon")
def test_too_long_a_question_is_not_stored_and_what_was_typed_is_still_there(tender, sara, client):
    client.force_login(sara)
    answer = client.post(page(tender), {"text": "a" * 2001})
    assert answer.status_code == 200 and "a" * 2001 in answer.content.decode() and "aksel-error-summary" in answer.content.decode()
    assert not Question.objects.exists()


def test_a_question_sent_after_the_deadline_says_so_on_the_page(tender, sara, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: tender.stages.get(no=1).closes_at)
    client.force_login(sara)
    answer = client.post(page(tender), {"text": TEXT})
    assert TEXT in answer.content.decode()
    assert "Du kunne spørre til torsdag 17. september 2026" in answer.content.decode().replace("\u00a0", " ")
    assert not Question.objects.exists()


@pytest.mark.usefixtures("at_noon")
def test_the_officer_answers_on_a_page_that_nobody_else_finds(tender, sara, ingrid, arne, client):
    question = ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)
    address = reverse("tenders:answer", args=[tender.reference, question.pk])
    for stranger in (sara, arne):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
    client.force_login(ingrid)
    assert TEXT in client.get(address).content.decode()
    assert client.post(address, {"answer": "Ja."}).headers["Location"] == page(tender)
    again = client.post(address, {"answer": "Nei."})
    assert "allerede" in again.content.decode()
    client.logout()
    assert "Ja." in client.get(page(tender)).content.decode()


def test_the_officer_has_two_days_to_answer(tender, sara, ingrid, arne):
    for hours in (0, 5):
        ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON + timedelta(hours=hours))
    (row,) = dialogue.waiting_for(ingrid, at=NOON + timedelta(days=1))
    assert row.due_at == NOON + timedelta(days=2)
    assert row.url == page(tender)
    assert dialogue.waiting_for(arne, at=NOON) == dialogue.waiting_for(sara, at=NOON) == []


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_questions_asks_the_database_the_same_however_many(number, tender, sara, ingrid, client, django_assert_num_queries):
    for _ in range(number):
        question = ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)
        answer_question(question_id=question.pk, answer="Ja.", by=ingrid, at=NOON)
        ask_question(tender_id=tender.pk, text=TEXT, by=sara, at=NOON)
    client.force_login(ingrid)
    client.get(page(tender))
    with django_assert_num_queries(QUERIES):
        client.get(page(tender))


QUERIES = 39
