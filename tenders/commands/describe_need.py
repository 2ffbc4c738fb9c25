"""An officer starts a tender from a template."""

from datetime import datetime
from typing import Any

from accounts import journal
from accounts.command import command
from accounts.models import Unit, User
from accounts.roles import Role
from tenders.call_offs import CallOff
from tenders.copying import anew
from tenders.models import Assignment, Budget, CpvChoice, Criterion, CriterionLevel, Stage, StageField, Tender
from tenders.policies.announcement import DescribeNeedPolicy
from tenders.procedures import Template, template_of
from tenders.queries.hours import learned_effort
from tenders.references import next_reference


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
        reference=next_reference(at),
        unit=unit,
        procedure=procedure,
        name=name,
        questions_close_at=dates.questions_close_at,
        created_at=at,
        created_by=by,
        **template.tender | (call_off.terms if call_off else {}) | learned_effort(procedure),
    )
    Assignment.objects.create(tender=tender, user=by, role=Role.OFFICER, assigned_at=at, assigned_by=by)
    CpvChoice.objects.bulk_create(CpvChoice(tender=tender, no=no, code=code) for no, code in enumerate(template.cpv))
    stages = [_stage(tender, template, no, given, at) for no, given in enumerate(template.stages, start=1)]
    if call_off is not None:
        _take_over(call_off, tender, stages[0])
    amount = call_off.amount if call_off else template.budget
    Budget.objects.create(tender=tender, amount=amount, planned=sum(stage.pays_in_all for stage in stages))
    facts = {"reference": tender.reference, "procedure": procedure}
    journal.record("tenders.need_described", by=by, at=at, stream=tender, about=[tender, unit], role=Role.OFFICER, facts=facts)
    return tender


def _take_over(call_off: CallOff, tender: Tender, stage: Stage) -> None:
    """Whom it is for, where, what is bought and who stands behind it; what the call-off pays, and the criteria it is judged by."""
    framework = call_off.framework
    tender.counties.set(framework.counties.all())
    for row in (*framework.groups.all(), *framework.cpv_choices.all(), *framework.team.all()):
        anew(row, tender=tender).save(force_insert=True)
    stage.pays_each = call_off.amount
    stage.save(update_fields=["pays_each"])
    criteria, levels = call_off.criteria_for(stage)
    Criterion.objects.bulk_create(criteria)
    CriterionLevel.objects.bulk_create(levels)


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
    """With its described levels; a price has none."""
    own = {key: value for key, value in given.items() if key != "levels"}
    criterion = Criterion.objects.create(stage=stage, no=no, **own)
    described = zip(levels, given["levels"], strict=True) if "levels" in given else ()
    CriterionLevel.objects.bulk_create(CriterionLevel(criterion=criterion, **level, text=text) for level, text in described)
