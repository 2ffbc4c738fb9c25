"""Prequalification on the page: the applicant's side and the reviewer's, from the outside."""

import uuid
from datetime import timedelta

import pytest

from accounts.models import AccessEvent, User
from suppliers.commands.answer_reviewer import answer_reviewer
from suppliers.models import Prequalification, PrequalificationDecision, ReviewQuestion
from suppliers.phases import PrequalificationPhase as Phase
from tests.conftest import NOON, make_person
from tests.suppliers_made import DECLARED, applied, asked, decided, declared, joined, registered, started

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("accounts.clock.now", lambda: NOON)


@pytest.fixture
def sara(db):
    return make_person("Sara Nilsen", language="en")


@pytest.fixture
def per(per):
    User.objects.filter(pk=per.pk).update(language="en")
    return per


@pytest.fixture
def organisation(sara):
    return registered(sara)


@pytest.fixture
def applicant(client, sara):
    client.force_login(sara)
    return client


@pytest.fixture
def reviewer(client, per):
    client.force_login(per)
    return client


def token():
    return {"form_token": str(uuid.uuid4())}


def typed(**changes):
    answers = {True: "yes", False: "no"}
    return {name: answers.get(value, value) for name, value in DECLARED.items()} | token() | changes


def text_of(answer):
    return answer.content.decode()


# The applicant


def test_an_application_goes_from_start_to_sent_on_the_pages(applicant, organisation):
    home = f"/suppliers/{organisation.number}/prequalification/"
    assert "Start the application" in text_of(applicant.get(home))
    assert applicant.post(home + "start/", token()).url == home + "declaration/"
    saved = applicant.post(home + "declaration/", typed(new_way="") | {"save": "1"}, follow=True)
    assert "This is missing" in text_of(saved) and DECLARED["social_purpose"] in text_of(saved)
    refused = applicant.post(home + "declaration/", typed(new_way="") | {"send": "1"})
    assert "Fill in what is missing before you send the application." in text_of(refused)
    assert '<a class="aksel-link" href="#id_new_way">What do you do in a new way: Write an answer here.</a>' in text_of(refused)
    assert Prequalification.objects.get().phase == Phase.DRAFT
    sent = applicant.post(home + "declaration/", typed() | {"send": "1"}, follow=True)
    assert sent.redirect_chain == [(home, 302)]
    assert "You get an answer by Tuesday 15 September 2026 at the latest." in text_of(sent)
    assert Prequalification.objects.get().phase == Phase.SUBMITTED


def test_each_statement_that_has_no_answer_is_named_in_few_words_with_the_way_to_it(applicant, organisation, sara):
    started(organisation, sara)
    answer = applicant.post(f"/suppliers/{organisation.number}/prequalification/declaration/", typed(taxes_paid="") | {"send": "1"})
    assert "Taxes and value added tax: Answer yes or no." in text_of(answer)
    assert text_of(answer).count("Answer yes or no.") == 2  # above the form and at the field


def test_what_is_written_is_kept_when_sending_is_refused(applicant, organisation, sara):
    row = started(organisation, sara)
    applicant.post(f"/suppliers/{organisation.number}/prequalification/declaration/", typed(taxes_paid="") | {"send": "1"})
    row.declaration.refresh_from_db()
    assert (row.declaration.social_purpose, row.declaration.taxes_paid) == (DECLARED["social_purpose"], None)


def test_it_is_saved_while_one_writes(applicant, organisation, sara):
    row = started(organisation, sara)
    save = f"/suppliers/{organisation.number}/prequalification/declaration/save/"
    assert applicant.post(save, {"social_purpose": "Halvveis i set"}).json() == {"saved_at": "12:00"}
    row.declaration.refresh_from_db()
    assert row.declaration.social_purpose == "Halvveis i set"
    assert applicant.post(save, {"social_purpose": "ord " * 201}).status_code == 422
    assert applicant.post(save, {"surplus": "everything"}).status_code == 422
    row.declaration.refresh_from_db()
    assert row.declaration.social_purpose == "Halvveis i set"
    assert applicant.get(save).status_code == 405


def test_a_text_that_is_too_long_is_shown_again_uncut(applicant, organisation, sara):
    started(organisation, sara)
    answer = applicant.post(f"/suppliers/{organisation.number}/prequalification/declaration/", typed(new_way="nytt " * 203) | {"save": "1"})
    assert "Cut 3 words." in text_of(answer) and ("nytt " * 203).strip() in text_of(answer)


def test_nothing_is_written_after_it_is_sent(applicant, organisation, sara):
    row = applied(organisation, sara)
    page = f"/suppliers/{organisation.number}/prequalification/declaration/"
    late = [applicant.post(address, typed(social_purpose="Noe annet") | {"save": "1"}) for address in (page, page + "save/")]
    assert [answer.status_code for answer in late] == [409, 409]
    assert all("The application has been sent and can&#x27;t be changed." in text_of(answer) for answer in late)
    row.declaration.refresh_from_db()
    assert row.declaration.social_purpose == DECLARED["social_purpose"]


def test_a_double_click_starts_and_sends_once(applicant, organisation):
    home = f"/suppliers/{organisation.number}/prequalification/"
    same = token()
    assert [applicant.post(home + "start/", same).status_code for _ in range(2)] == [302, 302]
    assert Prequalification.objects.count() == 1
    sent = typed() | {"send": "1"}
    assert [applicant.post(home + "declaration/", sent, follow=True).status_code for _ in range(2)] == [200, 200]
    assert Prequalification.objects.get().phase == Phase.SUBMITTED


def test_a_question_is_shown_and_answered(applicant, organisation, sara, per):
    row = applied(organisation, sara)
    asked(row, per, text="Hvem eier dere?")
    home = f"/suppliers/{organisation.number}/prequalification/"
    assert "Hvem eier dere?" in text_of(applicant.get(home))
    assert "Write the answer." in text_of(applicant.post(home, {"answer": " "} | token()))
    applicant.post(home, {"answer": "Vi som jobber her."} | token())
    assert ReviewQuestion.objects.get().answer == "Vi som jobber her."
    assert Prequalification.objects.get().phase == Phase.SUBMITTED


def test_the_answer_is_shown_with_its_grounds_and_the_way_on(applicant, organisation, sara, per):
    decided(applied(organisation, sara), per, qualified=False, grounds="Vi ser ikke hva som er nytt.")
    text = text_of(applicant.get(f"/suppliers/{organisation.number}/prequalification/"))
    assert "You are not prequalified" in text and "Vi ser ikke hva som er nytt." in text and "Apply again" in text
    assert per.name not in text, "who decided stands in the letter"


def test_one_who_is_qualified_sees_to_when_and_cannot_start_again(applicant, organisation, sara, per):
    decided(applied(organisation, sara), per)
    home = f"/suppliers/{organisation.number}/prequalification/"
    text = text_of(applicant.get(home))
    assert "It holds up to and including 1 September 2028, in every tender." in text and "Apply again" not in text
    refused = applicant.post(home + "start/", token())
    assert refused.status_code == 409 and "You can renew in the last 60 days." in text_of(refused)


def test_a_contributor_writes_but_reads_why_they_cannot_send(client, organisation, sara, sindre):
    joined(sindre, organisation)
    User.objects.filter(pk=sindre.pk).update(language="en")
    declared(organisation, sara)
    client.force_login(sindre)
    page = f"/suppliers/{organisation.number}/prequalification/declaration/"
    assert "Only a representative of the organisation can do this." in text_of(client.get(page))
    client.post(page, typed(social_purpose="Skrevet av Sindre") | {"save": "1"})
    refused = client.post(page, typed(social_purpose="Skrevet av Sindre") | {"send": "1"})
    assert "Only a representative of the organisation can do this." in text_of(refused)
    assert Prequalification.objects.get().declaration.social_purpose == "Skrevet av Sindre"
    assert Prequalification.objects.get().phase == Phase.DRAFT


@pytest.mark.parametrize("page", ["", "start/", "declaration/", "declaration/save/"])
def test_strangers_reviewers_and_the_signed_out_find_nothing(client, organisation, sara, sindre, per, page):
    applied(organisation, sara)
    address = f"/suppliers/{organisation.number}/prequalification/{page}"
    assert client.post(address, typed()).url.startswith("/accounts/login/")
    for person in (sindre, per):
        client.force_login(person)
        assert client.post(address, typed()).status_code == 404
        assert client.get(address).status_code in {404, 405}


def test_what_was_typed_after_the_log_in_ran_out_is_there_again(client, organisation, sara):
    started(organisation, sara)
    page = f"/suppliers/{organisation.number}/prequalification/declaration/"
    assert client.post(page, typed(social_purpose="Skrevet for sent") | {"save": "1"}).status_code == 302
    client.force_login(sara)
    assert "Skrevet for sent" in text_of(client.get(page))


# The reviewer


def test_the_oldest_stands_first_with_its_day_and_drafts_are_not_there(reviewer, sara, per):
    for no, days in enumerate((3, 9, 5)):
        applied(registered(sara, name=f"Firma {no}"), sara, at=NOON - timedelta(days=days))
    declared(registered(sara, name="Utkast AS"), sara)
    text = text_of(reviewer.get("/suppliers/prequalifications/"))
    places = [text.index(f"Firma {no}") for no in (1, 2, 0)]
    assert places == sorted(places)
    assert "3 applications are under way" in text and "Utkast AS" not in text


def test_the_reviewer_reads_asks_and_decides(reviewer, organisation, sara, per):
    row = applied(organisation, sara)
    page = f"/suppliers/prequalifications/{row.pk}/"
    assert DECLARED["social_purpose"] in text_of(reviewer.get(page))
    assert AccessEvent.objects.filter(actor_id=per.pk, about=f"suppliers.Prequalification:{row.pk}").count() == 1
    assert reviewer.post(page + "question/", {"text": "Hvem eier dere?"} | token()).url == page
    waiting = text_of(reviewer.get(page))
    assert "Wait for the applicant&#x27;s answer before you decide." in waiting
    question = ReviewQuestion.objects.get()
    answer_reviewer(question_id=question.pk, answer="Vi som jobber her.", by=sara, at=NOON)
    assert "Vi som jobber her." in text_of(reviewer.get(page))
    answer = reviewer.post(page, {"qualified": "yes", "grounds": "Formålet er tydelig."} | token())
    assert answer.url == "/suppliers/prequalifications/"
    assert PrequalificationDecision.objects.get().grounds == "Formålet er tydelig."
    told = text_of(reviewer.get("/suppliers/prequalifications/"))
    assert "No application waits for you" in told and "The letter is on its way." in told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"grounds": ""}, "Write the grounds."),
        ({"grounds": " \n "}, "Write the grounds."),
        ({"grounds": "ord " * 401}, "Cut 1 word."),
        ({"qualified": ""}, "Choose yes or no."),
        ({"qualified": "maybe"}, "Select a valid choice"),
    ],
)
def test_a_decision_that_is_not_whole_is_shown_again(reviewer, organisation, sara, changes, said):
    row = applied(organisation, sara)
    answer = reviewer.post(f"/suppliers/prequalifications/{row.pk}/", {"qualified": "no", "grounds": "Fordi."} | token() | changes)
    assert answer.status_code == 200 and said in text_of(answer)
    assert not PrequalificationDecision.objects.exists()


def test_two_reviewers_at_once_the_second_reads_that_it_is_decided(reviewer, organisation, sara, per):
    row = applied(organisation, sara)
    decided(row, per)
    answer = reviewer.post(f"/suppliers/prequalifications/{row.pk}/", {"qualified": "no", "grounds": "Nei."} | token())
    assert "This application does not wait for a decision." in text_of(answer)
    assert PrequalificationDecision.objects.get().qualified


def test_a_member_of_the_applicant_reads_why_they_cannot_decide(reviewer, organisation, sara, per):
    joined(per, organisation)
    row = applied(organisation, sara)
    page = f"/suppliers/prequalifications/{row.pk}/"
    assert "You can&#x27;t decide for an organisation you belong to." in text_of(reviewer.get(page))
    answer = reviewer.post(page, {"qualified": "yes", "grounds": "Oss selv."} | token())
    assert "You can&#x27;t decide for an organisation you belong to." in text_of(answer)
    assert not PrequalificationDecision.objects.exists()


def test_a_statement_that_does_not_hold_is_pointed_out(reviewer, organisation, sara):
    row = applied(organisation, sara, taxes_paid=False, explanation="Vi betaler ned etter avtale.")
    text = text_of(reviewer.get(f"/suppliers/prequalifications/{row.pk}/"))
    assert "The applicant has said no to a statement" in text and "Vi betaler ned etter avtale." in text


def test_others_see_neither_list_nor_application(client, organisation, sara, sindre, ingrid, ragnhild, admin):
    row = applied(organisation, sara)
    for person in (sara, sindre, ingrid, ragnhild, admin):
        client.force_login(person)
        assert client.get("/suppliers/prequalifications/").status_code == 403
        for page in (f"/suppliers/prequalifications/{row.pk}/", f"/suppliers/prequalifications/{row.pk}/question/"):
            assert [client.get(page).status_code, client.post(page, token()).status_code] == [404, 404]
    client.logout()
    assert client.get("/suppliers/prequalifications/").url.startswith("/accounts/login/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(reviewer, sara, per, number, django_assert_num_queries):
    for no in range(number):
        applied(registered(sara, name=f"Venter {no}"), sara)
        decided(applied(registered(sara, name=f"Avgjort {no}"), sara), per)
    with django_assert_num_queries(8):
        text = text_of(reviewer.get("/suppliers/prequalifications/"))
    assert all(f"Venter {no}" in text and f"Avgjort {no}" in text for no in range(number))
