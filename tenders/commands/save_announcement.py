"""An officer writes the announcement, section by section."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.command import command
from accounts.models import County, User
from accounts.refused import Refused
from tenders import documents
from tenders.commands.add_draft_row import add_draft_row
from tenders.commands.remove_draft_row import remove_draft_row
from tenders.cpv import cpv_codes
from tenders.law import proposed_legal_basis, ruling_of
from tenders.models import Budget, CpvChoice, Criterion, Requirement, Stage, TargetGroup, TeamMember, Tender, TenderGroup
from tenders.policies.announcement import ChangedMeanwhile, EditAnnouncementPolicy
from tenders.price_formula import PriceFormula
from tenders.queries.market import has_been_in_dialogue
from tenders.readiness import Missing, NotReady, missing_in_dates, missing_in_framework
from tenders.requirements import given_requirements, missing_in_requirements
from tenders.value_gaps import half_written_in_value

Values = dict[str, Any]

NEED = [
    *("name", "heading", "summary", "need", "known", "target_group", "who_counts", "wanted_effect", "not_prescribed"),
    *("adopter", "adoption_budget", "places", "places_unknown", "adoption_from", "tried_at", "case_number"),
]
TERMS = [
    "rights_regime", "rights_text", "contract_text", "clauses", "sanctions_text", "climate", "climate_text", "legal_basis",
    "reservation", "reservation_ground", "prequalification_required", "prequalification_ground",
]  # fmt: skip
VALUE = [
    *("service_kind", "options_amount", "options_text", "later_amount", "later_text"),
    *("research", "sole_benefit", "full_payment", "research_ground", "splitting_reason"),
]
PERSON = ["name", "email", "phone"]
# Announcements are in bokmål, as all that the templates hold
PRICE_NAME, PRICE_QUESTION = "Pris", "Hva koster det dere tilbyr?"
money_text = lazy(wording.money, str)


@command(journal=False)
def save_announcement(*, tender_id: UUID, section: str, values: Values, draft_no: int | None = None, by: User, at: datetime) -> None:
    """Keep what one section of a draft says. Names that `values` leaves out stay as they are.

    `draft_no` is `Tender.draft_no` as the page was opened with; None when nobody looked at a page. The sections:
    need: fields of the tender; `counties` and `groups`, lists of codes. subject: `cpv`, a list of codes, the main one first.
    terms: fields of the tender, and `climate_criteria`, a list of criteria as `1_2`: stage 1, criterion 2.
    team: for each task `need_owner_name`, `need_owner_email`, `need_owner_phone`. A task without a name has nobody.
    money: `amount`, `vat_basis`; for stage 1, 2 …: `selects_1`, `pays_each_1`. What the stages may pay follows.
    For a framework agreement also `months` and `months_ground`, and no `pays_each_1`: its call-offs pay.
    value: fields of the tender, amounts on its VAT basis; `use_proposed`: write the sentence that follows as `legal_basis`.
    dates: `opens_at` (None: at announcement), `closes_at`, `questions_close_at`; `answer_by_1`, `answer_by_2` (days), `weeks_2`.
    criteria: for stage 1, criterion 2: `name_1_2`, `question_1_2`, `weight_1_2`, and `level_1_2_9` for the text of the level from 9.
    `price_1`: the formula by which price counts in stage 1, «no» when it does not; `price_weight_1`: its weight.
    asked: for stage 1, question 2: `stage_name_1`, `delivers_1`, `label_1_2`, `hint_1_2`, `max_words_1_2`, `required_1_2`.
    In both, `add` is the number of a stage that gets one more at the end, and `remove` which one goes: «1_2».
    requirements: for requirement 1, 2 …: `kind_1`, `amount_1`, `whom_1`, `text_1`, `why_1`, `proof_1`; all empty takes it out.
    effort: figures of the tender with their source; None and «» for the usual ones.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    EditAnnouncementPolicy(tender, at).check(by)
    if draft_no is not None and draft_no != tender.draft_no:
        raise ChangedMeanwhile
    given = dict(values)
    add, remove = given.pop("add", None), given.pop("remove", None)
    SECTIONS[section](tender, given, at)
    tender.draft_no += 1
    tender.save()
    if add:
        add_draft_row(tender_id=tender.pk, section=section, stage_no=add, by=by, at=at)
    if remove:
        remove_draft_row(tender_id=tender.pk, section=section, row=remove, by=by, at=at)


def _save_need(tender: Tender, values: Values, at: datetime) -> None:
    counties, groups = values.pop("counties", None), values.pop("groups", None)
    if values.get("name", tender.name) != tender.name and has_been_in_dialogue(tender):
        raise NotReady(
            [Missing("need", "name", _("Everybody who read about the need knows it by this name, so it can't be changed any more."))]
        )
    _set(tender, values, NEED)
    if groups is not None:
        tender.groups.exclude(group__in=groups).delete()
        TenderGroup.objects.bulk_create([TenderGroup(tender=tender, group=TargetGroup(group)) for group in groups], ignore_conflicts=True)
    if counties is not None:
        tender.counties.set(County.objects.filter(code__in=counties))


def _save_subject(tender: Tender, values: Values, at: datetime) -> None:
    codes = values.pop("cpv", None)
    _set(tender, values, [])
    if codes is None:
        return
    if not cpv_codes().keys() >= set(codes):
        raise Refused(_("There is no such code in the list. Choose one that the search finds."))
    tender.cpv_choices.all().delete()
    CpvChoice.objects.bulk_create(CpvChoice(tender=tender, no=no, code=code) for no, code in enumerate(codes))


def _save_terms(tender: Tender, values: Values, at: datetime) -> None:
    chosen = values.pop("climate_criteria", None)
    _set(tender, values, TERMS)
    if chosen is None:
        return
    criteria = list(Criterion.objects.filter(stage__tender=tender).select_related("stage"))
    for criterion in criteria:
        criterion.climate = f"{criterion.stage.no}_{criterion.no}" in chosen
    Criterion.objects.bulk_update(criteria, ["climate"])


def _save_team(tender: Tender, values: Values, at: datetime) -> None:
    known = {member.task: member for member in tender.team.all()}
    for task in TeamMember.Task.values:
        member = known.get(task) or TeamMember(tender=tender, task=task)
        for name in PERSON:
            setattr(member, name, values.pop(f"{task}_{name}", getattr(member, name)))
        if not member.name and not member.email:
            tender.team.filter(task=task).delete()
        elif not member.name or not member.email:
            missing = "name" if not member.name else "email"
            raise NotReady([Missing("team", f"{task}_{missing}", _("Write both name and e-mail address, or neither."))])
        else:
            member.save()
    _set(tender, values, [])


def _save_money(tender: Tender, values: Values, at: datetime) -> None:
    stages = list(tender.stages.select_for_update().order_by("no"))
    budget = Budget.objects.select_for_update(of=("self",)).get(tender=tender)
    budget.amount = values.pop("amount", budget.amount)
    for stage in stages:
        _pay(tender, stage, budget, values)
    _set(tender, values, [] if tender.framework_id else ["vat_basis", "months", "months_ground"])
    if missing := list(missing_in_framework(tender)):
        raise NotReady(missing)
    budget.planned = sum((stage.pays_in_all for stage in stages), Decimal(0))
    if budget.planned > budget.amount:
        raise NotReady([Missing("money", "amount", _too_much(budget))])
    Stage.objects.bulk_update(stages, ["selects", "pays_each"])
    budget.save(update_fields=["amount", "planned"])


def _pay(tender: Tender, stage: Stage, budget: Budget, values: Values) -> None:
    """Nobody is paid for being in a framework agreement: its call-offs pay, each all of its amount to one."""
    if tender.procedure == Tender.Procedure.CALL_OFF:
        stage.pays_each = budget.amount
        return
    stage.selects = values.pop(f"selects_{stage.no}", stage.selects)
    if tender.procedure != Tender.Procedure.FRAMEWORK:
        stage.pays_each = values.pop(f"pays_each_{stage.no}", stage.pays_each)


def _too_much(budget: Budget) -> Any:
    """The same as the constraint says, with the figures."""
    text = _("The stages would pay {planned}, and the budget is {amount}. Lower what they pay, or raise the budget.")
    return format_lazy(text, planned=money_text(budget.planned), amount=money_text(budget.amount))


def _save_value(tender: Tender, values: Values, at: datetime) -> None:
    """Nothing of a call-off's own: its framework agreement decided."""
    use_proposed = values.pop("use_proposed", False)
    _set(tender, values, [] if tender.framework_id else VALUE)
    if half := [Missing("value", field, text) for field, text in half_written_in_value(tender)]:
        raise NotReady(half)
    if not use_proposed:
        return
    proposed = proposed_legal_basis(tender, ruling_of(tender, at=at), at=at)
    if not proposed:
        raise NotReady([Missing("value", "service_kind", _("Choose which kind of service it is first."))])
    tender.legal_basis = proposed


def _save_dates(tender: Tender, values: Values, at: datetime) -> None:
    stages = list(tender.stages.select_for_update().order_by("no"))
    stages[0].opens_at = values.pop("opens_at", stages[0].opens_at)
    stages[0].closes_at = values.pop("closes_at", stages[0].closes_at)
    for stage in stages:
        stage.answer_by = values.pop(f"answer_by_{stage.no}", stage.answer_by)
        stage.weeks = values.pop(f"weeks_{stage.no}", stage.weeks)
        stage.standstill_days = values.pop(f"standstill_days_{stage.no}", stage.standstill_days)
    _set(tender, values, ["questions_close_at"])
    if missing := list(missing_in_dates(tender, stages, at=at)):
        raise NotReady(missing)
    Stage.objects.bulk_update(stages, ["opens_at", "closes_at", "answer_by", "weeks", "standstill_days"])


def _save_asked(tender: Tender, values: Values, at: datetime) -> None:
    for stage in tender.stages.select_for_update().order_by("no"):
        stage.name = values.pop(f"stage_name_{stage.no}", stage.name)
        stage.delivers = values.pop(f"delivers_{stage.no}", stage.delivers)
        stage.save(update_fields=["name", "delivers"])
        for field in stage.fields.all():
            for name in ("label", "hint", "max_words", "required"):
                setattr(field, name, values.pop(f"{name}_{stage.no}_{field.no}", getattr(field, name)))
            field.save(update_fields=["label", "hint", "max_words", "required"])
    _set(tender, values, [])


def _save_criteria(tender: Tender, values: Values, at: datetime) -> None:
    for stage in tender.stages.select_for_update().order_by("no"):
        _save_price(stage, values)
        for criterion in stage.criteria.filter(kind=Criterion.Kind.LEVELS).prefetch_related("levels"):
            key = f"{stage.no}_{criterion.no}"
            # The criteria of a call-off were stated with its framework agreement: only what they weigh is its own
            for name in ("weight",) if tender.framework_id else ("name", "question", "weight"):
                setattr(criterion, name, values.pop(f"{name}_{key}", getattr(criterion, name)))
            criterion.save(update_fields=["name", "question", "weight"])
            for level in [] if tender.framework_id else criterion.levels.all():
                level.text = values.pop(f"level_{key}_{level.lowest}", level.text)
                level.save(update_fields=["text"])
    _set(tender, values, [])


def _save_price(stage: Stage, values: Values) -> None:
    """Price comes after the other criteria; a stage whose price no longer counts has no such criterion."""
    formula, weight = values.pop(f"price_{stage.no}", None), values.pop(f"price_weight_{stage.no}", None)
    standing = stage.criteria.filter(kind=Criterion.Kind.PRICE)
    if formula is None:
        return
    if formula not in PriceFormula.values:
        standing.delete()
    elif not standing.update(formula=formula, weight=weight):
        last = stage.criteria.order_by("no").last()
        own = {"kind": Criterion.Kind.PRICE, "name": PRICE_NAME, "question": PRICE_QUESTION, "formula": formula, "weight": weight}
        Criterion.objects.create(stage=stage, no=last.no + 1 if last else 1, **own)


def _save_effort(tender: Tender, values: Values, at: datetime) -> None:
    _set(tender, values, list(documents.EFFORT))


def _save_requirements(tender: Tender, values: Values, at: datetime) -> None:
    given = given_requirements(list(tender.requirements.all()), values)
    _set(tender, values, [])
    if missing := list(missing_in_requirements(given)):
        raise NotReady(missing)
    tender.requirements.all().delete()
    for no, one in enumerate(given.values(), start=1):
        Requirement.objects.create(tender=tender, no=no, **one)


def _set(tender: Tender, values: Values, names: list[str]) -> None:
    """Set the fields; a name that the section does not have is a fault in the caller."""
    if strange := set(values) - set(names):
        raise ValueError(f"Not in this section: {', '.join(sorted(strange))}")
    for name, value in values.items():
        setattr(tender, name, value)


SECTIONS: dict[str, Callable[[Tender, Values, datetime], None]] = {
    "need": _save_need,
    "subject": _save_subject,
    "money": _save_money,
    "value": _save_value,
    "dates": _save_dates,
    "asked": _save_asked,
    "criteria": _save_criteria,
    "requirements": _save_requirements,
    "effort": _save_effort,
    "terms": _save_terms,
    "team": _save_team,
}
