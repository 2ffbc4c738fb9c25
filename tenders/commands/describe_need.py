"""An officer starts a tender from a template."""

from datetime import datetime
from typing import Any

from accounts import journal
from accounts.command import command
from accounts.local_time import oslo_day
from accounts.models import Unit, User
from accounts.roles import Role
from tenders.call_offs import CallOff
from tenders.models import Assignment, Budget, Criterion, CriterionLevel, Stage, StageField, Tender
from tenders.policies.announcement import DescribeNeedPolicy
from tenders.procedures import Template, template_of


@command
def describe_need(*, procedure: str, name: str, unit: Unit, call_off: CallOff | None = None, by: User, at: datetime) -> Tender:
    """Start a tender that carries everything the procedure's template holds; `by` becomes its officer.

    References run from 001 in every year. `procedure` is one of `Tender.Procedure`; `name` has at most 80 signs.
    `call_off` says what a call-off takes from its framework agreement; `contracts.start_call_off` decides whether it may.
    """
    DescribeNeedPolicy(unit, at).check(by)
    template = template_of(Tender.Procedure(procedure).value)
    dates = template.suggested_dates(at)
    tender = Tender.objects.create(
        reference=_next_reference(at),
        unit=unit,
        procedure=procedure,
        name=name,
        questions_close_at=dates.questions_close_at,
        created_at=at,
        created_by=by,
        **template.tender | (call_off.terms if call_off else {}),
    )
    Assignment.objects.create(tender=tender, user=by, role=Role.OFFICER, assigned_at=at, assigned_by=by)
    stages = [_stage(tender, template, no, given, at) for no, given in enumerate(template.stages, start=1)]
    if call_off is not None:
        _take_over(call_off, stages[0])
    amount = call_off.amount if call_off else template.budget
    Budget.objects.create(tender=tender, amount=amount, planned=sum(stage.pays_in_all for stage in stages))
    facts = {"reference": tender.reference, "procedure": procedure}
    journal.record("tenders.need_described", by=by, at=at, stream=tender, about=[tender, unit], role=Role.OFFICER, facts=facts)
    return tender


def _take_over(call_off: CallOff, stage: Stage) -> None:
    """What the call-off pays, and the criteria it is judged by."""
    stage.pays_each = call_off.amount
    stage.save(update_fields=["pays_each"])
    criteria, levels = call_off.criteria_for(stage)
    Criterion.objects.bulk_create(criteria)
    CriterionLevel.objects.bulk_create(levels)


def _next_reference(at: datetime) -> str:
    """One at a time: whoever numbers holds the directorate's row. Tenders are never deleted, so counting is enough."""
    Unit.objects.select_for_update(no_key=True).get(kind=Unit.Kind.DIRECTORATE)
    year = oslo_day(at).year
    return f"{year}-{Tender.objects.filter(reference__startswith=f'{year}-').count() + 1:03d}"


def _stage(tender: Tender, template: Template, no: int, given: dict[str, Any], at: datetime) -> Stage:
    dates = template.suggested_dates(at)
    own = {key: value for key, value in given.items() if key not in {"fields", "criteria"}}
    closes_at = dates.closes_at if no == 1 else None
    stage = Stage(tender=tender, no=no, closes_at=closes_at, answer_by=dates.answers_by[no - 1], **own)
    stage.save()
    stage.refresh_from_db(fields=["pays_each"])
    StageField.objects.bulk_create(StageField(stage=stage, no=i, **field) for i, field in enumerate(given["fields"], start=1))
    for i, criterion in enumerate(given["criteria"], start=1):
        _criterion(stage, i, criterion, template.levels)
    return stage


def _criterion(stage: Stage, no: int, given: dict[str, Any], levels: list[dict[str, Any]]) -> None:
    own = {key: value for key, value in given.items() if key != "levels"}
    criterion = Criterion.objects.create(stage=stage, no=no, **own)
    described = zip(levels, given["levels"], strict=True)
    CriterionLevel.objects.bulk_create(CriterionLevel(criterion=criterion, **level, text=text) for level, text in described)
