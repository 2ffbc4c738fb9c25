"""An officer starts a tender from the template."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.local_time import OSLO
from accounts.models import JournalEntry, Unit
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.describe_need import describe_need
from tenders.models import Tender
from tenders.phases import StagePhase, TenderPhase
from tenders.procedures import template_of
from tests.conftest import NOON


def start(by, unit, at=NOON, name="Unge på vei til jobb", procedure="idea_competition"):
    return describe_need(procedure=procedure, name=name, unit=unit, by=by, at=at)


@pytest.mark.engine
def test_the_template_fills_in_everything_but_the_need(ingrid, directorate):
    tender = start(ingrid, directorate)
    first, second = tender.stages.all()
    assert (first.name, first.selects, first.pays_each, first.blind, first.entry) == ("Idéskisse", 3, Decimal("50000.00"), True, "open")
    assert (second.name, second.selects, second.pays_each, second.entry) == ("Utviklet skisse", 1, Decimal("450000.00"), "invited")
    assert [(field.key, field.max_words) for field in first.fields.all()] == [
        ("idea", 300), ("people", 250), ("trial", 300), ("reason", 250), ("needs", 100)
    ]  # fmt: skip
    assert [(one.name, one.weight) for one in first.criteria.all()] == [
        ("Effekt", 35), ("Nytenkning", 25), ("Medvirkning", 20), ("Gjennomføring", 20)
    ]  # fmt: skip
    assert [(one.lowest, one.highest) for one in first.criteria.first().levels.all()] == [(9, 10), (7, 8), (4, 6), (1, 3)]
    assert (tender.budget.amount, tender.budget.planned) == (Decimal("600000.00"), Decimal("600000.00"))
    assert tender.rights_regime and tender.climate_text and tender.legal_basis and tender.not_prescribed and tender.contract_text
    assert ([one.code for one in tender.cpv_choices.all()], tender.team.count()) == (["79634000"], 0)
    assert (tender.heading, tender.need, tender.phase, first.phase) == ("", "", TenderPhase.DRAFT, StagePhase.PLANNED)


def test_the_officer_is_assigned_and_the_start_is_journalled(ingrid, directorate):
    tender = start(ingrid, directorate)
    assert [(row.user, row.role) for row in tender.assignments.all()] == [(ingrid, Role.OFFICER)]
    entry = JournalEntry.objects.get(event="tenders.need_described")
    assert (entry.stream, entry.actor_id, entry.facts["reference"]) == (f"tender:{tender.pk}", ingrid.pk, "2026-001")


def test_references_run_from_one_in_every_year_by_the_clock_in_norway(ingrid, directorate):
    new_year_in_norway = datetime(2027, 1, 1, 0, 30, tzinfo=OSLO)
    made = [start(ingrid, directorate, at) for at in (NOON, NOON, new_year_in_norway - timedelta(hours=1), new_year_in_norway)]
    assert [tender.reference for tender in made] == ["2026-001", "2026-002", "2026-003", "2027-001"]


def test_suggested_dates_are_working_days_at_noon_in_norway(ingrid, directorate):
    at = datetime(2027, 2, 11, 9, 0, tzinfo=OSLO)  # six weeks later is Maundy Thursday
    tender = start(ingrid, directorate, at)
    first, second = tender.stages.all()
    assert first.closes_at == datetime(2027, 3, 30, 12, 0, tzinfo=OSLO)
    assert tender.questions_close_at == datetime(2027, 3, 16, 12, 0, tzinfo=OSLO)
    assert (first.opens_at, second.closes_at) == (None, None)
    assert (first.answer_by, second.answer_by) == (date(2027, 5, 4), date(2027, 8, 3))


@pytest.mark.parametrize("procedure", Tender.Procedure.values)
def test_what_is_moved_past_christmas_keeps_the_weeks_for_answers_before_the_deadline(procedure):
    template = template_of(procedure)
    for no in range(31):
        dates = template.suggested_dates(datetime(2026, 12, 1, 9, 0, tzinfo=OSLO) + timedelta(days=no))
        assert dates.closes_at - dates.questions_close_at >= timedelta(weeks=template.weeks["questions_before"])
    if procedure == Tender.Procedure.SMALL_TENDER:
        dates = template.suggested_dates(datetime(2026, 12, 3, 9, 0, tzinfo=OSLO))
        assert (dates.questions_close_at.day, dates.closes_at.day) == (4, 11)


def test_only_an_officer_of_the_unit_starts_a_tender(ingrid, arne, sara, with_role, directorate):
    agder = Unit.objects.get(name="Nav Agder")
    in_agder = with_role("Oda Dahl", Role.OFFICER, agder)
    assert start(in_agder, agder).unit == agder
    assert start(ingrid, agder).unit == agder
    for stranger in (arne, sara, in_agder):
        with pytest.raises(Refused, match="Only a procurement officer of the unit can start a tender"):
            start(stranger, directorate)
    assert Tender.objects.filter(unit=directorate).count() == 0


@pytest.mark.parametrize("procedure", Tender.Procedure.values)
def test_every_procedure_has_a_template_whose_sums_are_right(procedure):
    template = template_of(procedure)
    assert sum(stage["selects"] * Decimal(stage["pays_each"]) for stage in template.stages) <= template.budget
    for stage in template.stages:
        # A call-off takes its criteria from its framework agreement
        assert sum(Decimal(one["weight"]) for one in stage["criteria"]) == (0 if procedure == "call_off" else 100)
        assert all(len(one["levels"]) == len(template.levels) for one in stage["criteria"])
        # How many questions and words there are, is counted in the table of what is stored
        assert stage["delivers"] and " ord" not in stage["delivers"] and not any(sign.isdigit() for sign in stage["delivers"])


def test_a_small_tender_has_one_stage_open_to_all_and_one_winner(ingrid, directorate):
    tender = start(ingrid, directorate, procedure=Tender.Procedure.SMALL_TENDER)
    [stage] = tender.stages.all()
    assert (stage.entry, stage.selects, stage.blind) == ("open", 1, True)
    assert stage.pays_in_all == tender.budget.amount < 1_300_000
    assert [criterion.kind for criterion in stage.criteria.all()] == ["levels", "levels"]
