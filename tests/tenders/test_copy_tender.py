"""A tender is started as a copy of an earlier one: what it says comes along, what happened in it does not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import JournalEntry, Unit, User
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.ask_question import ask_question
from tenders.commands.assign_person import assign_person
from tenders.commands.copy_tender import copy_tender
from tenders.documents import announcement_content
from tenders.models import Tender
from tests.conftest import NOON
from tests.priced_made import offered, priced
from tests.tenders_made import announced, describe

LATER = NOON + timedelta(days=200)
ENGLISH = {"accept-language": "en"}
# What a copy does not take over
# People and files stay with the origin
OWN = {"reference", "name", "case_number", "questions_close_at", "contact", "files"}
OWN_IN_STAGES = {"opens_at", "closes_at", "answer_by"}


@pytest.fixture
def origin(ingrid, arne):
    return priced(ingrid, arne, counties=["11"])


def copied(origin, by, at=LATER, **changes):
    return copy_tender(**{"origin_id": origin.pk, "name": "Veiviser til skole", "unit": origin.unit, "by": by, "at": at} | changes)


def reads_english(user):
    User.objects.filter(pk=user.pk).update(language="en")
    return user


def said(tender):
    content = announcement_content(Tender.objects.get(pk=tender.pk))
    stages = [{key: value for key, value in stage.items() if key not in OWN_IN_STAGES} for stage in content["stages"]]
    return {key: value for key, value in content.items() if key not in OWN} | {"stages": stages}


@pytest.mark.engine
def test_texts_stages_criteria_and_money_come_along(origin, ingrid):
    made = copied(origin, ingrid)
    assert said(made) == said(origin)
    assert made.budget.amount == Decimal("700000.00") == made.budget.planned
    assert (made.name, made.phase, made.case_number, made.draft_no, made.copied_from) == ("Veiviser til skole", "draft", "", 0, origin)
    assert made.announced_at is None and made.pk != origin.pk and made.reference != origin.reference
    [stage], [old] = made.stages.all(), origin.stages.all()
    assert stage.pk != old.pk and (stage.phase, stage.opens_at, stage.opened_at) == ("planned", None, None)
    assert not {one.pk for one in stage.criteria.all()} & {one.pk for one in old.criteria.all()}
    assert stage.price_criterion.formula == "linear"


def test_dates_are_suggested_anew_and_the_origin_stands(origin, ingrid):
    before = said(origin), origin.stages.get().closes_at
    made = copied(origin, ingrid)
    assert made.stages.get().closes_at > LATER and made.questions_close_at > LATER
    assert made.stages.get().answer_by > made.stages.get().closes_at.date()
    assert (said(origin), origin.stages.get().closes_at) == before


def test_people_questions_and_what_was_handed_in_stay(origin, ingrid, arne, sara, with_role):
    oda = with_role("Oda Vik", Role.OFFICER)
    assign_person(tender_id=origin.pk, user=oda, role=Role.OFFICER, reason="Ferie.", by=ingrid, at=NOON)
    ask_question(tender_id=origin.pk, text="Kan vi være to?", by=sara, at=NOON)
    offered(origin)
    made = copied(origin, ingrid)
    assert [(row.user, row.role) for row in made.assignments.all()] == [(ingrid, Role.OFFICER)]
    stage = made.stages.get()
    assert not made.questions.exists() and not made.approvals.exists() and not made.amendments.exists()
    assert not stage.submissions.exists() and not hasattr(stage, "key")


def test_two_stages_are_copied_too(ingrid):
    origin = describe(ingrid)
    made = copied(origin, ingrid)
    assert said(made) == said(origin)
    first, second = made.stages.all()
    assert first.closes_at and second.closes_at is None and second.answer_by > first.answer_by and second.weeks == 8


def test_it_is_journalled_with_its_origin(origin, ingrid):
    made = copied(origin, ingrid)
    entry = JournalEntry.objects.get(event="tenders.tender_copied")
    assert (entry.actor_role, entry.at) == ("officer", LATER)
    assert entry.facts == {"reference": made.reference, "procedure": "small_tender", "origin": origin.reference}


def test_only_an_officer_who_works_on_it_copies(origin, ingrid, arne, with_role):
    stranger = with_role("Oda Vik", Role.OFFICER)
    with pytest.raises(Refused, match="You can copy the tenders that you work on"):
        copied(origin, stranger)
    with pytest.raises(Refused, match="Only a procurement officer of the unit can start a tender"):
        copied(origin, arne)
    in_agder = with_role("Olga Dahl", Role.OFFICER, Unit.objects.get(name="Nav Agder"))
    with pytest.raises(Refused, match="Only a procurement officer of the unit"):
        copied(origin, in_agder)
    assert Tender.objects.count() == 1


def test_from_the_page(origin, ingrid, client, clock_at):
    clock_at(LATER)
    client.force_login(reads_english(ingrid))
    page = client.get(reverse("tenders:new"), headers=ENGLISH).content.decode()
    assert "A copy of an earlier tender" in page and str(origin) in page and "not Nav" in page
    wanted = {"procedure": "copy", "origin": origin.reference, "name": "Veiviser til skole", "unit": str(origin.unit_id)}
    answer = client.post(reverse("tenders:new"), wanted, headers=ENGLISH)
    made = Tender.objects.get(copied_from=origin)
    assert answer["Location"] == reverse("tenders:announcement_section", args=[made.reference, "need"])
    shown = client.get(reverse("tenders:announcement", args=[made.reference]), headers=ENGLISH).content.decode()
    assert "Copied from <a" in shown and str(origin) in shown


@pytest.mark.parametrize(
    ("origin_typed", "said_back"),
    [("", "Choose which tender shall be copied"), ("2026-999", "Choose one of the tenders"), ("other", "Choose one of the tenders")],
)
def test_a_copy_of_nothing_or_of_somebody_elses_is_refused(origin, ingrid, with_role, client, clock_at, origin_typed, said_back):
    clock_at(LATER)
    oda = with_role("Oda Vik", Role.OFFICER)
    hers = describe(oda, name="Odas egen")
    client.force_login(reads_english(ingrid))
    typed = hers.reference if origin_typed == "other" else origin_typed
    wanted = {"procedure": "copy", "origin": typed, "name": "Veiviser", "unit": str(origin.unit_id)}
    answer = client.post(reverse("tenders:new"), wanted, headers=ENGLISH)
    page = answer.content.decode()
    assert said_back in page and "Odas egen" not in page and 'value="Veiviser"' in page
    assert Tender.objects.count() == 2


def test_a_template_and_something_to_copy_are_not_both_chosen(origin, ingrid, client, clock_at):
    clock_at(LATER)
    client.force_login(reads_english(ingrid))
    wanted = {"procedure": "small_tender", "origin": origin.reference, "name": "Veiviser", "unit": str(origin.unit_id)}
    page = client.post(reverse("tenders:new"), wanted, headers=ENGLISH).content.decode()
    assert "You have chosen a template above" in page and Tender.objects.count() == 1


def test_one_without_earlier_tenders_is_not_offered_a_copy(ingrid, client, clock_at):
    client.force_login(reads_english(ingrid))
    page = client.get(reverse("tenders:new"), headers=ENGLISH).content.decode()
    assert "A copy of an earlier tender" not in page and "Small tender" in page


def test_the_public_is_not_told_where_it_was_copied_from(ingrid, arne, client, clock_at):
    origin = describe(ingrid, name="Aldri kunngjort")
    made = announced(ingrid, arne)
    Tender.objects.filter(pk=made.pk).update(copied_from=origin)
    clock_at(NOON + timedelta(days=1))
    page = client.get(reverse("tenders:announcement", args=[made.reference]), headers=ENGLISH).content.decode()
    assert "Copied from" not in page and "Aldri kunngjort" not in page
