"""An officer starts a tender as a copy of an earlier one."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from accounts import journal
from accounts.command import command
from accounts.models import Unit, User
from accounts.roles import Role
from tenders.copying import anew
from tenders.models import Assignment, Budget, Criterion, Stage, Tender
from tenders.phases import StagePhase, TenderPhase
from tenders.policies.announcement import CopyTenderPolicy
from tenders.procedures import SuggestedDates, template_of
from tenders.queries.hours import learned_effort
from tenders.references import next_reference

_Row = TypeVar("_Row", bound=Model)


@command
def copy_tender(*, origin_id: UUID, name: str, unit: Unit, by: User, at: datetime) -> Tender:
    """Start a draft with all that the origin says: texts, places, stages, questions, criteria, requirements and amounts.

    Dates are suggested anew. People, case number, files, questions, amendments and what was handed in stay with the origin.
    """
    origin = Tender.objects.select_related("unit", "budget").get(pk=origin_id)
    CopyTenderPolicy(origin, unit, at).check(by)
    dates = template_of(origin.procedure).suggested_dates(at)
    tender = _saved(
        origin,
        reference=next_reference(at),
        unit=unit,
        phase=TenderPhase.DRAFT,
        draft_no=0,
        name=name,
        case_number="",
        questions_close_at=dates.questions_close_at,
        copied_from=origin,
        created_at=at,
        created_by=by,
        announced_at=None,
        announced_by=None,
        splitting_reason="",
        **learned_effort(origin.procedure),
        ruling=None,
        shelved_at=None,
        shelved_by=None,
        shelved_reason="",
    )
    tender.counties.set(origin.counties.all())
    for chosen in (*origin.groups.all(), *origin.cpv_choices.all(), *origin.requirements.all()):
        _saved(chosen, tender=tender)
    Assignment.objects.create(tender=tender, user=by, role=Role.OFFICER, assigned_at=at, assigned_by=by)
    stages = [_copied_stage(stage, tender, dates) for stage in origin.stages.order_by("no")]
    Budget.objects.create(tender=tender, amount=origin.budget.amount, planned=sum(stage.pays_in_all for stage in stages))
    facts = {"reference": tender.reference, "procedure": tender.procedure, "origin": origin.reference}
    journal.record("tenders.tender_copied", by=by, at=at, stream=tender, about=[tender, unit], role=Role.OFFICER, facts=facts)
    return tender


def _copied_stage(stage: Stage, tender: Tender, dates: SuggestedDates) -> Stage:
    made = _saved(
        stage,
        tender=tender,
        phase=StagePhase.PLANNED,
        opens_at=None,
        closes_at=dates.closes_at if stage.no == 1 else None,
        answer_by=dates.answers_by[stage.no - 1],
        opened_at=None,
        deadline_told_at=None,
    )
    for field in stage.fields.all():
        _saved(field, stage=made)
    for criterion in stage.criteria.all():
        _copied_criterion(criterion, made)
    return made


def _copied_criterion(criterion: Criterion, stage: Stage) -> None:
    made = _saved(criterion, stage=stage)
    for level in criterion.levels.all():
        _saved(level, criterion=made)


def _saved(row: _Row, **changes: Any) -> _Row:
    made = anew(row, **changes)
    made.save(force_insert=True)
    return made
