"""The pages of the selection, the letters and the answer, as each person finds them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AccessEvent, User
from evaluation.commands.approve_selection import approve_selection
from evaluation.commands.write_grounds import write_grounds
from evaluation.documents.decision import seen_hash
from evaluation.models import Conflict, ImpartialityDeclaration
from evaluation.queries import selection as queries
from evaluation.queries.ranking import full_ranking
from insight.queries import facts_for, waiting_for
from letters.models import Letter
from letters.phases import LetterPhase, MailState
from suppliers.models import HoursSpent
from tenders.phases import StagePhase
from tests.conftest import make_person
from tests.forms_on_pages import form_to
from tests.selection_cast import opened_case, scored_case
from tests.selections_made import GROUNDS, MERIT, approved, proposed_selection, released, selected


@pytest.fixture
def case(tender, ingrid, arne, with_role, clock_at):
    made = scored_case(tender, ingrid, arne, with_role)
    clock_at(made.at)
    User.objects.update(language="en")
    return made


def page(client, user, url, status=200):
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_the_page_is_there_when_the_scoring_is_closed_and_for_those_who_work_on_it(case, client, ragnhild):
    User.objects.filter(pk=ragnhild.pk).update(language="en")
    for user in (case.cecilie, case.emre, case.ingrid, case.arne, ragnhild):
        assert "The panel is done. Who is selected?" in page(client, user, case.url("selection"))
    page(client, case.sketches[0].organisation.memberships.first().user, case.url("selection"), 404)
    client.logout()
    assert client.get(case.url("selection")).status_code == 302


def test_before_the_scoring_is_closed_there_is_no_page(tender, ingrid, arne, with_role, client, clock_at):
    made = opened_case(tender, ingrid, arne, with_role, 2)
    clock_at(made.at)
    page(client, made.cecilie, made.url("selection"), 404)


def test_whoever_has_not_declared_finds_no_page(case, client):
    ImpartialityDeclaration.objects.filter(user=case.emre).delete()
    page(client, case.emre, case.url("selection"), 404)


def token_in(shown):
    return re.search(r'name="form_token" value="([^"]+)"', shown)[1]


def form_of(case, *ranks, ground=MERIT, reason=""):
    data = {"reason": reason}
    for row in full_ranking(case.stage):
        if row.rank in ranks:
            data |= {f"pick_{row.number}": "on", f"ground_{row.number}": ground}
    return data


def test_the_chair_proposes_on_the_page(case, client):
    shown = page(client, case.cecilie, case.url("selection"))
    assert shown.count('type="checkbox"') == 5 and shown.count(" checked") == 3
    assert page(client, case.arne, case.url("selection")).count('type="checkbox"') == 0
    client.force_login(case.cecilie)
    answer = client.post(f"{case.url('selection')}propose/", form_of(case, 1, 2, 3) | {"form_token": token_in(shown)})
    assert answer.status_code == 302 and case.stage.phase == StagePhase.PROPOSED
    assert "Three are proposed" in client.get(case.url("selection")).content.decode()


def test_what_was_typed_stays_when_the_proposal_is_refused(case, client):
    client.force_login(case.cecilie)
    answer = client.post(f"{case.url('selection')}propose/", form_of(case, 1, 2, 4, ground="Jobbkartet er den unges eget."))
    shown = answer.content.decode()
    assert "You do not follow the ranking. Write why." in shown and shown.count("Jobbkartet er den unges eget.") == 3
    answer = client.post(f"{case.url('selection')}propose/", form_of(case, 1, 2, 3, ground=""))
    assert answer.content.decode().count("Write what is best about") >= 3
    assert case.stage.phase == StagePhase.SCORED
    client.force_login(case.ingrid)
    assert client.post(f"{case.url('selection')}propose/", form_of(case, 1, 2, 3)).status_code == 409


def test_a_reason_that_is_needed_is_asked_for_at_its_field_and_grounds_are_not_called_optional(case, client):
    assert "(optional)" not in page(client, case.cecilie, case.url("selection"))
    for ranks, said in (((1, 2, 4), "You do not follow the ranking. Write why."), ((1, 2), "A place stays empty. Write why.")):
        shown = client.post(f"{case.url('selection')}propose/", form_of(case, *ranks)).content.decode()
        assert 'href="#id_reason"' in shown and said in shown
    assert case.stage.phase == StagePhase.SCORED


def test_grounds_that_are_gathered_from_the_sheets_wait_for_the_officer_and_stop_nobody(case, client):
    selection = proposed_selection(case.stage, case.cecilie)
    first, second = queries.tender_letters(case.tender).filter(facts__outcome="not_selected")
    assert first.facts["gathered"] and second.facts["gathered"]
    [row] = [row for row in waiting_for(case.ingrid, at=case.at) if "letters" in row.url]
    assert row.title == "Go through the grounds in 2 letters"
    assert page(client, case.ingrid, case.url("letters")).count("Gathered from the sheets") == 2
    assert "In 2 of them the grounds are as the panel wrote them" in page(client, case.arne, case.url("selection"))
    shown = page(client, case.ingrid, f"{case.url('letters')}{first.pk}/")
    assert "This is gathered from the score sheets." in shown
    url = f"{case.url('letters')}{first.pk}/"
    assert client.post(url, {"grounds": first.facts["grounds"], "form_token": token_in(shown)}).status_code == 302
    assert page(client, case.ingrid, case.url("letters")).count("Gathered from the sheets") == 1
    write_grounds(letter_id=second.pk, grounds=GROUNDS, by=case.ingrid, at=case.at)
    assert [row.only_to_know for row in waiting_for(case.ingrid, at=case.at) if "letters" in row.url] == [True]
    assert approved(selection, case.arne).approved_at


def test_from_one_letter_to_the_next(case, client):
    proposed_selection(case.stage, case.cecilie)
    letters = list(queries.tender_letters(case.tender))
    for place, letter in enumerate(letters):
        shown = page(client, case.ingrid, f"{case.url('letters')}{letter.pk}/")
        beside = {other for other in letters if f"{case.url('letters')}{other.pk}/" in shown}
        assert beside - {letter} == {letters[no] for no in (place - 1, place + 1) if 0 <= no < len(letters)}


def test_the_page_says_that_the_time_for_complaints_is_over(case, client, clock_at):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    released(selection.batch, case.at + timedelta(hours=3))
    assert "Nothing can be signed before" in page(client, case.arne, case.url("selection"))
    clock_at(case.at + timedelta(days=30))
    shown = page(client, case.arne, case.url("selection"))
    assert "the time for complaints is over" in shown and "Nothing can be signed before" not in shown


def test_code_names_until_it_is_approved_then_names(case, client):
    selection = proposed_selection(case.stage, case.cecilie)
    names = [item.submission.organisation.name for item in queries.items_of(selection)]
    for user in (case.cecilie, case.emre, case.arne, case.ingrid):
        shown = page(client, user, case.url("selection"))
        assert all(item.submission.code_name in shown for item in queries.items_of(selection))
        assert not any(name in shown for name in names)
    approved(selection, case.arne)
    shown = page(client, case.emre, case.url("selection"))
    assert all(name in shown for name in names) and "Three are selected" in shown


def test_the_basis_stands_on_the_page_and_the_proposer_reads_why_they_can_not_approve(case, client):
    proposed_selection(case.stage, case.cecilie)
    shown = page(client, case.cecilie, case.url("selection"))
    assert "Someone else must approve your proposal." in shown and 'aria-disabled="true"' in shown
    for said in ("5 declarations of impartiality", "15 locked score sheets", "5 letters are ready", "Nothing is rejected", "3 × "):
        assert said in shown, said
    assert "Take the proposal back" in shown and "Arne Lie" in shown


def test_the_approver_approves_what_the_page_showed(case, client):
    proposed_selection(case.stage, case.cecilie)
    shown = page(client, case.arne, case.url("selection"))
    fields = dict(re.findall(r'name="(selection|seen)" value="([^"]+)"', shown))
    stale = fields | {"seen": "0" * 64}
    answer = client.post(f"{case.url('selection')}approve/", stale)
    assert "The selection is not the one you have read." in answer.content.decode()
    assert client.post(f"{case.url('selection')}approve/", fields).status_code == 302
    assert case.stage.phase == StagePhase.APPROVED


def test_the_approver_sends_it_back_with_a_reason(case, client):
    selection = proposed_selection(case.stage, case.cecilie)
    client.force_login(case.arne)
    fields = {"selection": str(selection.pk), "reason": ""}
    assert "id_reason" in client.post(f"{case.url('selection')}return/", fields).content.decode()
    assert client.post(f"{case.url('selection')}return/", fields | {"reason": "Skriv mer om nummer to."}).status_code == 302
    shown = page(client, case.cecilie, case.url("selection"))
    assert "Arne Lie sent the proposal back" in shown and "Skriv mer om nummer to." in shown
    assert client.post(f"{case.url('selection')}return/", {"selection": "x", "reason": "y"}).status_code == 404


def test_whoever_has_a_tie_sees_the_same_whoever_is_proposed(case, client):
    """A tie to the best or to the worst: the page is the same bytes but for tokens."""

    def shown_to_emre(submission):
        Conflict.objects.all().delete()
        declaration = ImpartialityDeclaration.objects.get(stage=case.stage, user=case.emre)
        Conflict.objects.create(declaration=declaration, submission_id=submission, ground="Søsken", declared_at=case.at)
        return re.sub(r'value="[^"]{30,}"|nonce="[^"]+"', "", page(client, case.emre, case.url("selection")))

    proposed_selection(case.stage, case.cecilie)
    rows = full_ranking(case.stage)
    best, worst = shown_to_emre(rows[0].submission_id), shown_to_emre(rows[-1].submission_id)
    assert best == worst and "A proposal waits for approval" in best and not any(row.code_name in best for row in rows)


def test_letters_are_seen_by_officer_approver_and_auditor_only(case, client, ragnhild):
    proposed_selection(case.stage, case.cecilie)
    letter = queries.tender_letters(case.tender).first()
    members = [make_person("Nora Eng"), *(row.organisation.memberships.first().user for row in case.sketches)]
    for url in (case.url("letters"), f"{case.url('letters')}{letter.pk}/"):
        for user in (case.ingrid, case.arne, ragnhild):
            assert letter.organisation.name in page(client, user, url)
        for user in (case.cecilie, case.emre, *members):
            page(client, user, url, 404)
    assert AccessEvent.objects.filter(what="evaluation.letter_read", about=f"letters.Letter:{letter.pk}").count() == 3


def test_there_is_no_page_of_letters_before_there_are_letters(case, client):
    page(client, case.ingrid, case.url("letters"), 404)
    assert "letters" not in [link.key for facts in facts_for(case.tender, case.ingrid, at=case.at) for link in facts.links]


def test_whoever_has_a_tie_finds_no_letters(case, client):
    proposed_selection(case.stage, case.cecilie)
    declaration = ImpartialityDeclaration.objects.get(stage=case.stage, user=case.ingrid)
    Conflict.objects.create(declaration=declaration, submission=case.sketches[0], ground="Søsken", declared_at=case.at)
    page(client, case.ingrid, case.url("letters"), 404)


def test_the_officer_writes_the_grounds_on_the_page_of_the_letter(case, client):
    selection = proposed_selection(case.stage, case.cecilie)
    letter = queries.letters_of(selection).filter(facts__outcome="not_selected").first()
    letter.facts["grounds"] = ""
    letter.save()
    url = f"{case.url('letters')}{letter.pk}/"
    assert "One letter lacks its grounds" in page(client, case.ingrid, case.url("letters"))
    assert "One letter lacks its grounds" in page(client, case.arne, case.url("selection"))
    assert "Keep the grounds" not in page(client, case.arne, url)
    shown = page(client, case.ingrid, url)
    assert "Keep the grounds" in shown and "The grounds are not written yet." in shown
    assert "id_grounds" in client.post(url, {"grounds": ""}).content.decode()
    assert client.post(url, {"grounds": GROUNDS, "form_token": token_in(shown)}).status_code == 302
    assert GROUNDS in page(client, case.ingrid, url) and GROUNDS in Letter.objects.get(pk=letter.pk).body
    approved(selection, case.arne)
    assert client.post(url, {"grounds": "Noe annet"}).status_code == 409


@pytest.mark.parametrize("count", [2, 5])
def test_the_lists_cost_the_same_however_many_letters_there_are(
    count, tender, ingrid, arne, with_role, client, clock_at, django_assert_max_num_queries
):
    made = scored_case(tender, ingrid, arne, with_role, count)
    clock_at(made.at)
    proposed_selection(made.stage, made.cecilie, count=1)
    client.force_login(made.arne)
    with django_assert_max_num_queries(60) as letters:
        client.get(made.url("letters"))
    with django_assert_max_num_queries(110) as selection:
        client.get(made.url("selection"))
    COST.setdefault("letters", len(letters)), COST.setdefault("selection", len(selection))
    assert (COST["letters"], COST["selection"]) == (len(letters), len(selection))


COST = {}


def test_progress_and_trouble_stand_on_the_page_and_the_officer_mends(case, client):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    assert "0 of 5 letters are made" in page(client, case.ingrid, case.url("letters"))
    letter = queries.letters_of(selection).first()
    Letter.objects.filter(pk=letter.pk).update(phase=LetterPhase.STUCK, tries=3)
    assert "One letter needs you." in page(client, case.ingrid, case.url("letters"))
    assert "See to one letter" in [row.title for row in waiting_for(case.ingrid, at=case.at)]
    url = f"{case.url('letters')}{letter.pk}/"
    assert "Try to make it again" in page(client, case.ingrid, url) and "Try to make it again" not in page(client, case.arne, url)
    assert client.post(f"{url}mend/", {"what": "retry"}).status_code == 409  # Arne
    client.force_login(case.ingrid)
    assert client.post(f"{url}mend/", {"what": "delete"}).status_code == 404
    assert client.post(f"{url}mend/", {"what": "retry"}).status_code == 302
    assert Letter.objects.get(pk=letter.pk).phase == LetterPhase.WAITING
    released(selection.batch, case.at + timedelta(hours=4))
    Letter.objects.filter(pk=letter.pk).update(mail=MailState.UNCLEAR)
    assert "Send it once more" in page(client, case.ingrid, url)
    assert client.post(f"{url}mend/", {"what": "mail_again"}).status_code == 302
    assert Letter.objects.get(pk=letter.pk).mail == MailState.NONE


def test_my_work_asks_each_in_turn(case):
    def titles(user):
        return [row.title for row in waiting_for(user, at=case.at)]

    assert "Propose who is selected" in titles(case.cecilie)
    selection = proposed_selection(case.stage, case.cecilie)
    assert "Propose who is selected" not in titles(case.cecilie) and "Approve the selection" in titles(case.arne)
    letter = queries.letters_of(selection).filter(facts__outcome="not_selected").first()
    Letter.objects.filter(pk=letter.pk).update(facts=letter.facts | {"grounds": ""})
    assert "Write the grounds in one letter" in titles(case.ingrid) and "Approve the selection" not in titles(case.arne)


def test_the_officer_finds_the_letters_while_somebody_else_decides_but_not_with_a_tie(case):
    def found():
        return [(row.url, row.only_to_know) for row in waiting_for(case.ingrid, at=case.at) if row.title.startswith("Read through")]

    assert found() == []
    for letter in queries.letters_of(proposed_selection(case.stage, case.cecilie)).filter(facts__gathered=True):
        write_grounds(letter_id=letter.pk, grounds=GROUNDS, by=case.ingrid, at=case.at)
    assert found() == [(f"{case.url('letters')}?stage=1", True)]
    declaration = ImpartialityDeclaration.objects.get(stage=case.stage, user=case.ingrid)
    Conflict.objects.create(declaration=declaration, submission=case.sketches[0], ground="Søsken", declared_at=case.at)
    assert found() == []


def answered(case):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    released(selection.batch, case.at + timedelta(hours=3))
    return selection


def member_of(letter):
    return letter.organisation.memberships.first().user


def test_only_members_see_an_answer_and_only_when_it_is_released(case, client, ragnhild):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    letters = list(queries.letters_of(selection))
    for letter in letters:
        page(client, member_of(letter), case.url("decision"), 404)
        assert "You have an answer" not in [row.title for row in waiting_for(member_of(letter), at=case.at)]
    released(selection.batch, case.at)
    for user in (case.ingrid, case.arne, case.cecilie, case.emre, ragnhild, make_person("Nora Eng")):
        page(client, user, case.url("decision"), 404)
        page(client, user, reverse("letters:letter", args=[letters[0].pk]), 404)
        page(client, user, reverse("letters:pdf", args=[letters[0].pk]), 404)
    client.logout()
    assert client.get(case.url("decision")).status_code == 302
    for letter in letters:
        shown = page(client, member_of(letter), case.url("decision"))
        assert letter.organisation.name in shown
        assert "You have an answer" in [row.title for row in waiting_for(member_of(letter), at=case.at)]


def test_the_answer_asks_how_many_hours_it_took_and_one_comes_back_to_it(case, client):
    selection = answered(case)
    letter = queries.letters_of(selection).filter(facts__outcome="not_selected", facts__rank=4).get()
    own, number = member_of(letter), letter.organisation.number
    address = f"/tenders/{case.stage.tender.reference}/stages/1/hours/?organisation={number}"
    form = form_to(page(client, own, case.url("decision")), address)
    assert client.post(address, form.data | {"hours": "20"}).url == f"{case.url('decision')}?stage=1&to={number}#hours"
    assert "You have answered <b>20–39 hours</b>" in page(client, own, case.url("decision"))
    assert HoursSpent.objects.get().submission.organisation == letter.organisation
    for stranger in (case.ingrid, case.cecilie):
        client.force_login(stranger)
        assert client.post(address, {"hours": "5"}).status_code == 404


def test_an_answer_says_what_was_decided_why_and_what_would_have_given_more(case, client):
    selection = answered(case)
    letter = queries.letters_of(selection).filter(facts__outcome="not_selected", facts__rank=4).get()
    shown = page(client, member_of(letter), case.url("decision"))
    assert "Your sketch did not go on" in shown and "6.00 of 10" in shown and "The selected got 7.00 to 9.00" in shown
    assert "Yours came in place 4" in shown and shown.count("nv-crit-card") == case.stage.criteria.count()
    for item in queries.items_of(selection):
        assert item.submission.organisation.name in shown and item.ground in shown
    others = queries.letters_of(selection).filter(facts__outcome="not_selected").exclude(pk=letter.pk)
    assert all(other.organisation.name not in shown for other in others)
    standstill = queries.standstill_of(case.stage)
    assert f'datetime="{standstill.last_day.isoformat()}"' in shown
    assert "ingrid@nyvei.example" in shown and "NOK\xa08,000" in shown
    assert "Give the place up" not in shown


def test_a_selected_one_gives_the_place_up_on_its_own_page(case, client):
    selection = answered(case)
    letter = queries.letters_of(selection).filter(facts__outcome="selected").first()
    user = member_of(letter)
    assert "Your sketch goes on" in page(client, user, case.url("decision"))
    assert "Do you give the place up?" in page(client, user, f"{case.url('decision')}withdraw/")
    assert "id_reason" in client.post(f"{case.url('decision')}withdraw/", {"reason": ""}).content.decode()
    assert client.post(f"{case.url('decision')}withdraw/", {"reason": "Vi har ikke folk nok."}).status_code == 302
    assert len(queries.selected(case.stage)) == 2 and case.stage.phase == StagePhase.SCORED
    page(client, user, f"{case.url('decision')}withdraw/", 404)
    assert "A place is free" in page(client, case.cecilie, case.url("selection"))


def test_the_officer_gives_a_place_up_on_the_suppliers_word(case, client):
    answered(case)
    shown = page(client, case.ingrid, case.url("selection"))
    urls = re.findall(r'href="([^"]+/selection/places/[^"]+)"', shown)
    assert len(urls) == 3
    assert "They give the place up" not in page(client, case.arne, case.url("selection"))
    page(client, case.cecilie, urls[0], 404)
    client.force_login(case.ingrid)
    assert client.post(urls[0], {"reason": "De ringte og sa det."}).status_code == 302
    assert len(queries.selected(case.stage)) == 2


def test_the_approver_annuls_on_the_page_and_the_answer_says_so(case, client):
    selection = answered(case)
    letter = queries.letters_of(selection).first()
    assert "Annul the selection" not in page(client, case.cecilie, case.url("selection"))
    assert "Annul the selection" in page(client, case.arne, case.url("selection"))
    fields = {"selection": str(selection.pk), "reason": ""}
    assert "id_reason" in client.post(f"{case.url('selection')}annul/", fields).content.decode()
    assert client.post(f"{case.url('selection')}annul/", fields | {"reason": "Et ark manglet."}).status_code == 302
    shown = page(client, member_of(letter), case.url("decision"))
    assert "no longer counts" in shown and "Et ark manglet." in shown


def test_a_stale_form_of_somebody_who_may_not_is_a_page_that_says_why(case, client):
    selection = proposed_selection(case.stage, case.cecilie)
    client.force_login(case.emre)
    fields = {"selection": str(selection.pk), "seen": seen_hash(selection)}
    answer = client.post(f"{case.url('selection')}approve/", fields)
    assert "Only the approver of this tender can approve the selection." in answer.content.decode()
    approve_selection(selection_id=selection.pk, seen=seen_hash(selection), by=case.arne, at=case.at)
    assert client.post(f"{case.url('selection')}return/", fields | {"reason": "Nei"}).status_code == 409
