"""The section of the criteria: name, question, weight and levels of each, and whether price counts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tenders.forms.fields import LineField, WeightField
from tenders.forms.framework_fields import keep_weights_only
from tenders.forms.group import Group
from tenders.forms.price import NO, price_fields
from tenders.forms.rows import RowsForm
from tenders.models import Criterion, Stage, Tender
from tenders.price_formula import PriceFormula


@dataclass(frozen=True)
class CriterionGroup(Group):
    """One criterion on the page; `key` is «1_2» for the second of stage 1."""

    key: str = ""

    @property
    def is_open(self) -> bool:
        """What is not described yet is not folded away."""
        return self.has_errors or not all(one.value() for one in self.more)


@dataclass(frozen=True)
class StageWeights:
    """The criteria of one stage, and what their weights add up to as they stand in the form."""

    no: int
    name: str
    total: Decimal
    criteria: list[CriterionGroup]
    price: list[forms.BoundField]


class CriteriaForm(RowsForm):
    """Name, question, weight and described levels of every criterion of every stage."""

    heading = "h-criterion"

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        for stage in self.stages:
            for criterion in _by_levels(stage):
                self._add(f"{stage.no}_{criterion.no}", criterion)
            if tender.procedure != Tender.Procedure.FRAMEWORK:
                self.fields.update(price_fields(stage))
        if tender.procedure == Tender.Procedure.CALL_OFF:
            keep_weights_only(self)
        self.needed = [name for name in self.fields if name.startswith(("question_", "level_"))]

    def _add(self, key: str, criterion: Criterion) -> None:
        self.fields[f"name_{key}"] = LineField(label=_("Name"), max_length=80, initial=criterion.name)
        self.fields[f"weight_{key}"] = WeightField(label=_("Weight in per cent"), initial=criterion.weight)
        self.fields[f"weight_{key}"].widget.attrs["data-sum"] = f"weights-{key.split('_')[0]}"
        self.fields[f"question_{key}"] = LineField(
            label=_("What we ask ourselves"), max_length=240, initial=criterion.question, widget=_two_lines()
        )
        for level in criterion.levels.all():
            label = f"{level.lowest}–{level.highest} {level.name}"
            self.fields[f"level_{key}_{level.lowest}"] = LineField(label=label, max_length=300, initial=level.text, widget=_two_lines())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for stage in self.stages:
            counts, weight = found.get(f"price_{stage.no}"), f"price_weight_{stage.no}"
            if counts in PriceFormula.values and weight not in self.errors and not found.get(weight):
                self.add_error(weight, self.fields[weight].error_messages["required"])
            if counts == NO and found.get(weight):
                self.add_error(weight, _("You have answered that price does not count. Choose how it counts, or empty this field."))
        return found

    def rows(self) -> dict[str, list[str]]:
        """None in a call-off: its criteria were stated with the framework agreement."""
        found = [(f"{stage.no}_{one.no}", one) for stage in self.stages for one in _by_levels(stage)]
        return {} if self.tender.framework_id else {key: self._names(key, one) for key, one in found}

    @cached_property
    def groups(self) -> list[StageWeights]:
        return [self._group(stage) for stage in self.stages]

    def _group(self, stage: Stage) -> StageWeights:
        criteria = [self._criterion(f"{stage.no}_{one.no}", one) for one in _by_levels(stage)]
        weights = [self[f"weight_{stage.no}_{one.no}"].value() for one in _by_levels(stage)]
        price = [self[name] for name in (f"price_{stage.no}", f"price_weight_{stage.no}") if name in self.fields]
        if price and price[0].value() != NO:
            weights.append(price[1].value())
        return StageWeights(stage.no, stage.name, sum(map(_number, weights), Decimal(0)), criteria, price)

    def _criterion(self, key: str, criterion: Criterion) -> CriterionGroup:
        names = [name for name in self._names(key, criterion) if name in self.fields]
        more = [self[name] for name in names if name.startswith("level_")]
        return CriterionGroup(criterion.name, [self[name] for name in names if not name.startswith("level_")], more, key=key)

    @staticmethod
    def _names(key: str, criterion: Criterion) -> list[str]:
        levels = [f"level_{key}_{level.lowest}" for level in criterion.levels.all()]
        return [*(f"{name}_{key}" for name in ("name", "weight", "question")), *levels]


def _by_levels(stage: Stage) -> list[Criterion]:
    return [criterion for criterion in stage.criteria.all() if criterion.kind == Criterion.Kind.LEVELS]


def _two_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


def _number(typed: Any) -> Decimal:
    """What was typed as a weight; 0 for what is no weight, which the field itself says."""
    try:
        return WeightField(required=False).clean(typed) or Decimal(0)
    except forms.ValidationError:
        return Decimal(0)
