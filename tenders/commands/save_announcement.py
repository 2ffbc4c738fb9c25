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
from tenders.models import Budget, Stage, Tender
from tenders.phases import TenderPhase
from tenders.policies.announcement import ChangedMeanwhile, EditAnnouncementPolicy
from tenders.readiness import Missing, NotReady, missing_in_dates

Values = dict[str, Any]

NEED = ["name", "heading", "summary", "need", "target_group", "wanted_effect", "not_prescribed", "adopter", "case_number"]
TERMS = ["rights_regime", "rights_text", "climate", "climate_text", "legal_basis", "prequalification_required", "prequalification_ground"]
money_text = lazy(wording.money, str)


@command(journal=False)
def save_announcement(*, tender_id: UUID, section: str, values: Values, draft_no: int | None = None, by: User, at: datetime) -> None:
    """Keep what one section of a draft says. Names that `values` leaves out stay as they are.

    `draft_no` is `Tender.draft_no` as the page was opened with; None when nobody looked at a page. The sections:
    need: fields of the tender, and `counties`, a list of codes. terms: fields of the tender.
    money: `amount`, `vat_basis`; for stage 1, 2 …: `selects_1`, `pays_each_1`. What the stages may pay follows.
    dates: `opens_at` (None: at announcement), `closes_at`, `questions_close_at`; `answer_by_1`, `answer_by_2` (days), `weeks_2`.
    criteria: for stage 1, criterion 2: `name_1_2`, `question_1_2`, `weight_1_2`, and `level_1_2_9` for the text of the level from 9.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    EditAnnouncementPolicy(tender, at).check(by)
    if draft_no is not None and draft_no != tender.draft_no:
        raise ChangedMeanwhile
    SECTIONS[section](tender, dict(values), at)
    tender.draft_no += 1
    tender.save()


def _save_need(tender: Tender, values: Values, at: datetime) -> None:
    counties = values.pop("counties", None)
    if tender.phase == TenderPhase.IN_DIALOGUE and values.get("name", tender.name) != tender.name:
        raise NotReady(
            [Missing("need", "name", _("Those who follow know it by this name. It can be changed when the dialogue has ended."))]
        )
    _set(tender, values, NEED)
    if counties is not None:
        tender.counties.set(County.objects.filter(code__in=counties))


def _save_terms(tender: Tender, values: Values, at: datetime) -> None:
    _set(tender, values, TERMS)


def _save_money(tender: Tender, values: Values, at: datetime) -> None:
    stages = list(tender.stages.select_for_update().order_by("no"))
    budget = Budget.objects.select_for_update(of=("self",)).get(tender=tender)
    budget.amount = values.pop("amount", budget.amount)
    for stage in stages:
        stage.selects = values.pop(f"selects_{stage.no}", stage.selects)
        stage.pays_each = values.pop(f"pays_each_{stage.no}", stage.pays_each)
    _set(tender, values, ["vat_basis"])
    budget.planned = sum((stage.pays_in_all for stage in stages), Decimal(0))
    if budget.planned > budget.amount:
        raise NotReady([Missing("money", "amount", _too_much(budget))])
    Stage.objects.bulk_update(stages, ["selects", "pays_each"])
    budget.save(update_fields=["amount", "planned"])


def _too_much(budget: Budget) -> Any:
    """The same as the constraint says, with the figures."""
    text = _("The stages would pay {planned}, and the budget is {amount}. Lower what they pay, or raise the budget.")
    return format_lazy(text, planned=money_text(budget.planned), amount=money_text(budget.amount))


def _save_dates(tender: Tender, values: Values, at: datetime) -> None:
    stages = list(tender.stages.select_for_update().order_by("no"))
    stages[0].opens_at = values.pop("opens_at", stages[0].opens_at)
    stages[0].closes_at = values.pop("closes_at", stages[0].closes_at)
    for stage in stages:
        stage.answer_by = values.pop(f"answer_by_{stage.no}", stage.answer_by)
        stage.weeks = values.pop(f"weeks_{stage.no}", stage.weeks)
    _set(tender, values, ["questions_close_at"])
    if missing := list(missing_in_dates(tender, stages, at=at)):
        raise NotReady(missing)
    Stage.objects.bulk_update(stages, ["opens_at", "closes_at", "answer_by", "weeks"])


def _save_criteria(tender: Tender, values: Values, at: datetime) -> None:
    for stage in tender.stages.select_for_update().order_by("no"):
        for criterion in stage.criteria.prefetch_related("levels"):
            key = f"{stage.no}_{criterion.no}"
            for name in ("name", "question", "weight"):
                setattr(criterion, name, values.pop(f"{name}_{key}", getattr(criterion, name)))
            criterion.save(update_fields=["name", "question", "weight"])
            for level in criterion.levels.all():
                level.text = values.pop(f"level_{key}_{level.lowest}", level.text)
                level.save(update_fields=["text"])
    _set(tender, values, [])


def _set(tender: Tender, values: Values, names: list[str]) -> None:
    """Set the fields; a name that the section does not have is a fault in the caller."""
    if strange := set(values) - set(names):
        raise ValueError(f"Not in this section: {', '.join(sorted(strange))}")
    for name, value in values.items():
        setattr(tender, name, value)


SECTIONS: dict[str, Callable[[Tender, Values, datetime], None]] = {
    "need": _save_need,
    "money": _save_money,
    "dates": _save_dates,
    "criteria": _save_criteria,
    "terms": _save_terms,
}
