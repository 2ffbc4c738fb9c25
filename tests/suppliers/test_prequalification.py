"""An application from the first word to the letter, with every refusal on the way."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.utils import translation

from accounts.journal import broken_lines
from accounts.models import JournalEntry, Membership, Unit
from accounts.refused import Refused
from accounts.roles import Role
from letters.models import Letter
from suppliers.commands.answer_reviewer import answer_reviewer
from suppliers.commands.apply_for_prequalification import apply_for_prequalification
from suppliers.commands.ask_applicant import ask_applicant
from suppliers.commands.decide_prequalification import decide_prequalification
from suppliers.commands.save_declaration import FIELDS, save_declaration
from suppliers.models import Prequalification, PrequalificationDecision, ReviewQuestion
from suppliers.phases import PREQUALIFICATION_STEPS
from suppliers.phases import PrequalificationPhase as Phase
from suppliers.queries.prequalification import applications_for, is_qualified, missing_in, qualified_directory
from suppliers.queries.work import waiting_for
from suppliers.review_periods import due_day, renewable_from, valid_until
from tests.conftest import NOON, make_person
from tests.suppliers_made import DECLARED, applied, asked, decided, declared, joined, registered, started

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def organisation(sara):
    return registered(sara)


# The way through


@pytest.mark.engine
def test_an_application_is_started_written_sent_and_answered(sara, per, organisation):
    row = started(organisation, sara)
    assert (row.phase, row.started_by, missing_in(row.declaration)[0]) == (Phase.DRAFT, sara, "social_purpose")
    save_declaration(prequalification_id=row.pk, values=DECLARED, by=sara, at=NOON)
    apply_for_prequalification(prequalification_id=row.pk, by=sara, at=NOON)
    row.refresh_from_db()
    assert (row.phase, row.submitted_at, row.submitted_by) == (Phase.SUBMITTED, NOON, sara)
    decision = decide_prequalification(prequalification_id=row.pk, qualified=True, grounds=" Alt er på plass. ", by=per, at=NOON)
    row.refresh_from_db()
    assert (row.phase, decision.grounds, decision.decided_by) == (Phase.QUALIFIED, "Alt er på plass.", per)
    assert decision.valid_until == date(2028, 9, 1)
    assert is_qualified(organisation, at=NOON)
    assert [supplier.organisation for supplier in qualified_directory(at=NOON)] == [organisation]


def test_every_step_is_in_the_journal_of_the_organisation_and_holds_no_text(sara, per, organisation):
    row = applied(organisation, sara)
    asked(row, per, text="Hva er selve formålet?")
    answer_reviewer(question_id=ReviewQuestion.objects.get().pk, answer="Å gi unge en morgen.", by=sara, at=NOON)
    decided(row, per, grounds="Vi ser et tydelig formål.")
    lines = JournalEntry.objects.filter(stream=f"organisation:{organisation.pk}").order_by("seq")
    assert [line.event for line in lines if line.event.startswith("suppliers.")] == [
        "suppliers.supplier_registered",
        "suppliers.prequalification_started",
        "suppliers.prequalification_applied_for",
        "suppliers.applicant_asked",
        "suppliers.reviewer_answered",
        "suppliers.prequalification_decided",
    ]
    roles = {line.event: line.actor_role for line in lines}
    assert roles["suppliers.applicant_asked"] == "reviewer" and roles["suppliers.reviewer_answered"] == "supplier"
    written = str([[line.facts, line.about, line.reason] for line in lines])
    assert not any(text in written for text in ("formål", "morgen", organisation.name, organisation.number))
    assert list(broken_lines()) == []


def test_the_declaration_is_saved_half_done_and_by_every_member_and_not_in_the_journal(sara, sindre, organisation):
    joined(sindre, organisation)
    row = started(organisation, sara)
    lines = JournalEntry.objects.count()
    half = {name: None if value in {True, False} else "" for name, value in DECLARED.items()} | {"social_purpose": "Halvferdig"}
    saved = save_declaration(prequalification_id=row.pk, values=half, by=sindre, at=NOON)
    assert (saved.social_purpose, saved.taxes_paid) == ("Halvferdig", None)
    assert JournalEntry.objects.count() == lines


def test_a_question_waits_for_its_answer_and_both_sides_get_word(sara, per, organisation):
    row = applied(organisation, sara)
    question = asked(row, per, text="Hvem eier dere?")
    row.refresh_from_db()
    assert row.phase == Phase.QUESTION
    [notice] = Letter.objects.filter(batch__kind="prequalification_question")
    assert (notice.organisation, notice.released_at) == (organisation, NOON)
    assert "Hvem eier dere" not in notice.title + notice.body
    answer_reviewer(question_id=question.pk, answer="Vi som jobber her.", by=sara, at=NOON)
    row.refresh_from_db()
    question.refresh_from_db()
    assert (row.phase, question.answer, question.answered_by) == (Phase.SUBMITTED, "Vi som jobber her.", sara)
    assert row.submitted_at == NOON - timedelta(days=1), "an answer doesn't move the day we have promised"
    assert Letter.objects.get(batch__kind="prequalification_answer").user == per


# The letter


@pytest.mark.parametrize(
    ("language", "qualified", "title", "complaint"),
    [
        ("nb", True, "Dere er prekvalifisert", "Slik klager dere"),
        ("nn", False, "De er ikkje prekvalifiserte", "Slik klagar de"),
        ("en", False, "You are not prequalified", "How to complain"),
    ],
)
def test_the_letter_has_the_grounds_and_how_to_complain_in_the_language_of_the_organisation(
    sara, per, language, qualified, title, complaint
):
    organisation = registered(sara, language=language)
    decided(applied(organisation, sara), per, qualified=qualified, grounds="Første <grunn>.\n\nAndre grunn.")
    letter = Letter.objects.get(batch__kind="prequalification_decision")
    assert (letter.organisation, letter.language, letter.title, letter.wants_pdf) == (organisation, language, title, True)
    assert letter.phase == "waiting" and letter.batch.approved_by == per
    assert complaint in letter.body and f'lang="{language}"' in letter.body
    assert "<p>Første &lt;grunn&gt;.</p>" in letter.body and "<p>Andre grunn.</p>" in letter.body
    assert organisation.name in letter.body and per.email in letter.body
    assert ("1. september 2028" in letter.body) == qualified


# Again


def test_after_a_no_one_applies_again_with_what_one_wrote_but_states_anew(sara, per, organisation):
    decided(applied(organisation, sara), per, qualified=False)
    assert not is_qualified(organisation, at=NOON)
    again = started(organisation, sara, at=NOON + timedelta(days=1))
    assert again.declaration.social_purpose == DECLARED["social_purpose"]
    assert missing_in(again.declaration) == ["no_convictions", "taxes_paid", "not_insolvent", "no_serious_faults"]
    assert PrequalificationDecision.objects.count() == 1


def test_a_yes_holds_for_24_months_and_can_be_renewed_in_the_last_60_days(sara, per, organisation):
    decided(applied(organisation, sara), per)
    last_day = datetime(2028, 9, 1, 21, 59, tzinfo=UTC)
    assert is_qualified(organisation, at=last_day)
    assert not is_qualified(organisation, at=last_day + timedelta(minutes=1))
    assert not qualified_directory(at=last_day + timedelta(minutes=1)).exists()
    with pytest.raises(Refused, match="You are qualified already. You can renew in the last 60 days."):
        started(organisation, sara, at=datetime(2028, 7, 2, 12, 0, tzinfo=UTC))
    renewal = applied(organisation, sara, at=datetime(2028, 7, 3, 12, 0, tzinfo=UTC))
    decided(renewal, per, at=datetime(2028, 7, 10, 12, 0, tzinfo=UTC))
    assert is_qualified(organisation, at=last_day + timedelta(days=300))
    assert qualified_directory(at=datetime(2028, 7, 11, tzinfo=UTC)).count() == 1, "two that hold make one row"


def test_an_expired_yes_can_be_applied_for_again(sara, per, organisation):
    decided(applied(organisation, sara), per)
    again = started(organisation, sara, at=datetime(2028, 9, 2, 12, 0, tzinfo=UTC))
    assert again.phase == Phase.DRAFT


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (datetime(2026, 9, 1, 10, tzinfo=UTC), date(2026, 9, 15)),
        (datetime(2026, 9, 1, 22, 30, tzinfo=UTC), date(2026, 9, 16)),
        (datetime(2027, 3, 19, 10, tzinfo=UTC), date(2027, 4, 7)),
    ],
    ids=["weekends", "already tomorrow in Oslo", "easter"],
)
def test_an_answer_is_due_on_the_tenth_working_day(sent, due):
    assert due_day(sent) == due


def test_a_yes_from_a_leap_day_ends_on_28_february():
    assert valid_until(datetime(2028, 2, 29, 12, tzinfo=UTC)) == date(2030, 2, 28)
    assert renewable_from(date(2028, 9, 1)) == date(2028, 7, 3)


# What is missing


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"social_purpose": "  "}, ["social_purpose"]),
        ({"surplus": ""}, ["surplus"]),
        ({"surplus": "reinvested", "surplus_text": ""}, ["surplus_text"]),
        ({"surplus": "register", "surplus_text": ""}, []),
        ({"surplus": "articles", "surplus_text": ""}, []),
        ({"taxes_paid": None}, ["taxes_paid"]),
        ({"taxes_paid": False}, ["explanation"]),
        ({"taxes_paid": False, "explanation": "Vi betaler ned etter avtale."}, []),
    ],
)
def test_what_is_missing_is_named_and_no_register_is_a_must(sara, organisation, changes, missing):
    row = declared(organisation, sara, **changes)
    assert missing_in(row.declaration) == missing
    if missing:
        with pytest.raises(Refused, match="Fill in what is missing before you send the application."):
            apply_for_prequalification(prequalification_id=row.pk, by=sara, at=NOON)
        assert Prequalification.objects.get().phase == Phase.DRAFT
    else:
        assert apply_for_prequalification(prequalification_id=row.pk, by=sara, at=NOON).phase == Phase.SUBMITTED


# Refusals


def test_only_a_representative_starts_and_sends(sara, sindre, organisation):
    joined(sindre, organisation)
    with pytest.raises(Refused, match="Only a representative of the organisation can do this."):
        started(organisation, sindre)
    row = declared(organisation, sara)
    with pytest.raises(Refused, match="Only a representative of the organisation can do this."):
        apply_for_prequalification(prequalification_id=row.pk, by=sindre, at=NOON)


def test_one_application_at_a_time(sara, organisation):
    started(organisation, sara)
    with pytest.raises(Refused, match="An application is already under way."):
        started(organisation, sara)


def test_strangers_do_not_write_and_nobody_writes_after_it_is_sent(sara, sindre, organisation):
    row = declared(organisation, sara)
    with pytest.raises(Refused, match="Only those who act for the organisation can write here."):
        save_declaration(prequalification_id=row.pk, values=DECLARED, by=sindre, at=NOON)
    apply_for_prequalification(prequalification_id=row.pk, by=sara, at=NOON)
    with pytest.raises(Refused, match="The application has been sent and can't be changed."):
        save_declaration(prequalification_id=row.pk, values=DECLARED | {"social_purpose": "Et annet"}, by=sara, at=NOON)
    row.declaration.refresh_from_db()
    assert row.declaration.social_purpose == DECLARED["social_purpose"]
    with pytest.raises(Refused, match="The application has been sent already."):
        apply_for_prequalification(prequalification_id=row.pk, by=sara, at=NOON)


def test_a_reviewer_outside_the_directorate_neither_asks_nor_decides(sara, with_role, organisation):
    far = with_role("Pia Ness", Role.REVIEWER, unit=Unit.objects.get(name="Nav Oslo"))
    row = applied(organisation, sara)
    assert not applications_for(far, at=NOON).exists()
    with pytest.raises(Refused, match="Only a prequalification reviewer in the directorate can ask."):
        asked(row, far)
    with pytest.raises(Refused, match="Only a prequalification reviewer in the directorate can decide."):
        decided(row, far)


def test_a_reviewer_does_not_decide_for_their_own(sara, per, organisation):
    joined(per, organisation)
    row = applied(organisation, sara)
    with pytest.raises(Refused, match="You can't decide for an organisation you belong to."):
        decided(row, per)
    with pytest.raises(Refused, match="You can't ask an organisation you belong to."):
        asked(row, per)
    assert [waiting.title for waiting in waiting_for(per, at=NOON)] == []
    assert Prequalification.objects.get().phase == Phase.SUBMITTED


def test_one_question_at_a_time_and_no_decision_before_the_answer(sara, per, organisation):
    row = applied(organisation, sara)
    question = asked(row, per)
    with pytest.raises(Refused, match="Wait for the answer to the last question."):
        asked(row, per)
    with pytest.raises(Refused, match="Wait for the applicant's answer before you decide."):
        decided(row, per)
    answer_reviewer(question_id=question.pk, answer="Slik er det.", by=sara, at=NOON)
    with pytest.raises(Refused, match="This question has been answered already."):
        answer_reviewer(question_id=question.pk, answer="Nei, slik.", by=sara, at=NOON)
    question.refresh_from_db()
    assert question.answer == "Slik er det."


def test_only_a_representative_answers(sara, sindre, per, organisation):
    question = asked(applied(organisation, sara), per)
    with pytest.raises(Refused, match="Only a representative of the organisation can do this."):
        answer_reviewer(question_id=question.pk, answer="Jeg gjetter.", by=sindre, at=NOON)


def test_a_draft_is_neither_asked_about_nor_decided_nor_seen_by_the_reviewer(sara, per, organisation):
    row = declared(organisation, sara)
    assert not applications_for(per, at=NOON).exists()
    with pytest.raises(Refused, match="Only an application that waits for an answer can be asked about."):
        asked(row, per)
    with pytest.raises(Refused, match="This application does not wait for a decision."):
        decided(row, per)


def test_a_decision_is_taken_once(sara, per, organisation):
    row = applied(organisation, sara)
    decided(row, per)
    with pytest.raises(Refused, match="This application does not wait for a decision."):
        decided(row, per, qualified=False)
    assert PrequalificationDecision.objects.get().qualified


@pytest.mark.engine
def test_the_database_keeps_no_decision_without_grounds(sara, per, organisation):
    row = applied(organisation, sara)
    with pytest.raises(Refused, match="Write the grounds"):
        decided(row, per, grounds="   ")
    assert not PrequalificationDecision.objects.exists()
    assert not Letter.objects.filter(batch__kind="prequalification_decision").exists()


# Every step from every phase by everybody


def in_phase(phase, organisation, sara, per):
    """An application in that phase, reached by the real commands."""
    if phase == Phase.DRAFT:
        return declared(organisation, sara)
    row = applied(organisation, sara)
    if phase == Phase.QUESTION:
        asked(row, per)
    if phase in {Phase.QUALIFIED, Phase.REFUSED}:
        decided(row, per, qualified=phase == Phase.QUALIFIED)
    row.refresh_from_db()
    return row


def step(to, row, by):
    """The command that leads to the phase `to`, from where the row is."""
    if to == Phase.SUBMITTED and row.phase == Phase.QUESTION:
        answer_reviewer(question_id=row.review_questions.get().pk, answer="Ja.", by=by, at=NOON)
    elif to == Phase.SUBMITTED:
        apply_for_prequalification(prequalification_id=row.pk, by=by, at=NOON)
    elif to == Phase.QUESTION:
        ask_applicant(prequalification_id=row.pk, text="Hvorfor?", by=by, at=NOON)
    elif to in {Phase.QUALIFIED, Phase.REFUSED}:
        decide_prequalification(prequalification_id=row.pk, qualified=to == Phase.QUALIFIED, grounds="Fordi.", by=by, at=NOON)
    else:
        raise Refused("No command leads back to a draft.")


@pytest.mark.parametrize(("old", "to"), list(product(Phase, Phase)))
def test_only_the_steps_of_the_table_are_taken_and_only_by_their_role(old, to, sara, per, ragnhild, ingrid, admin, organisation):
    """Every role tries; the one of the table, if there is one, goes last and is let through."""
    row = in_phase(old, organisation, sara, per)
    owner, _command = PREQUALIFICATION_STEPS.get((old, to), (None, ""))
    stranger = make_person("Solveig Fremmed")
    people = {None: stranger, Role.AUDITOR: ragnhild, Role.OFFICER: ingrid, Role.ADMINISTRATOR: admin}
    people |= {Role.SUPPLIER: sara, Role.REVIEWER: per}
    for role, person in people.items():
        if role != owner or role is None:
            with pytest.raises(Refused):
                step(to, row, person)
            assert Prequalification.objects.get(pk=row.pk).phase == old
    if owner is not None:
        step(to, row, people[owner])
        assert Prequalification.objects.get(pk=row.pk).phase == to


# My work


def test_my_work_leads_from_registering_to_the_answer(sara, per):
    [first] = waiting_for(sara, at=NOON)
    assert (first.title, first.url) == ("Register your organisation", "/suppliers/register/")
    organisation = registered(sara)
    assert waiting_for(sara, at=NOON) == []
    row = started(organisation, sara)
    assert [waiting.title for waiting in waiting_for(sara, at=NOON)] == ["Finish the self-declaration"]
    save_declaration(prequalification_id=row.pk, values=DECLARED, by=sara, at=NOON)
    apply_for_prequalification(prequalification_id=row.pk, by=sara, at=NOON)
    assert waiting_for(sara, at=NOON) == []
    [to_decide] = waiting_for(per, at=NOON)
    assert (to_decide.case, to_decide.due_at) == (organisation.name, datetime(2026, 9, 15, 21, 59, tzinfo=UTC))
    asked(row, per)
    assert waiting_for(per, at=NOON) == []
    assert [waiting.title for waiting in waiting_for(sara, at=NOON)] == ["Answer Nav's question"]


def test_a_yes_that_soon_runs_out_waits_for_its_renewal(sara, per, organisation):
    decided(applied(organisation, sara), per)
    assert waiting_for(sara, at=datetime(2028, 7, 2, 12, tzinfo=UTC)) == []
    soon = datetime(2028, 7, 3, 12, tzinfo=UTC)
    [renew] = waiting_for(sara, at=soon)
    assert (renew.title, renew.due_at) == ("Renew the prequalification", datetime(2028, 9, 1, 21, 59, tzinfo=UTC))
    applied(organisation, sara, at=soon)
    assert waiting_for(sara, at=soon) == []


def test_who_works_at_nav_is_not_asked_to_register(per, ragnhild):
    assert waiting_for(ragnhild, at=NOON) == []
    assert not Membership.objects.exists()


def test_every_field_of_the_declaration_is_saved():
    assert set(FIELDS) == set(DECLARED)
