"""The sections of an announcement. The forms check text and never save; what dates and amounts mean together is the command's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.fields import DayField, LocalMomentField, MoneyField, field_of, show_instead
from accounts.models import County
from accounts.words_field import WordsField
from tenders.forms.fields import LineField, WeightField
from tenders.forms.framework_fields import ask_about_call_off, ask_about_framework, ask_about_standstill, keep_weights_only
from tenders.models import Criterion, Stage, Tender


class SectionForm(forms.Form):
    """One section of the announcement, filled with what is stored. `draft_no` tells whether somebody else saved meanwhile."""

    draft_no = forms.IntegerField(widget=forms.HiddenInput)
    # What somebody else has stored meanwhile: label and text
    meanwhile: Sequence[tuple[str, str]] = ()
    # May be saved empty, but not announced empty: the page does not call it optional
    needed: Sequence[str] = ()

    def __init__(self, data: Any, *, tender: Tender) -> None:
        self.tender = tender
        self.stages = list(tender.stages.prefetch_related("criteria__levels").order_by("no"))
        initial = {"draft_no": tender.draft_no, **self.stored()}
        super().__init__(data, initial=initial)

        self._call_needed(True)

    def full_clean(self) -> None:
        self._call_needed(False)
        super().full_clean()
        self._call_needed(True)

    def _call_needed(self, needed: bool) -> None:
        for name in self.needed:
            self.fields[name].required = needed

    def stored(self) -> dict[str, Any]:
        """What the section holds now, by the names of the fields."""
        return {
            name: getattr(self.tender, name) for name in self.base_fields if hasattr(Tender, name) and name not in {"counties", "draft_no"}
        }

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, for `save_announcement`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "draft_no"}

    def show_newer(self) -> None:
        """Somebody else saved: show what is stored where it differs, and let the next save count against that."""
        differs = [self[name] for name in self.changed_data if name != "draft_no"]
        self.meanwhile = [(str(one.label), _written(one)) for one in differs]
        show_instead(self, {"draft_no": str(self.tender.draft_no)})


def _written(one: forms.BoundField) -> str:
    value = one.field.prepare_value(one.initial)
    if isinstance(value, datetime):
        return wording.moment(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


class NeedForm(SectionForm):
    needed = ("heading", "need", "target_group", "wanted_effect", "not_prescribed", "adopter")

    name = LineField(label=_("A short name"), help_text=_("For lists and conversations."), max_length=80)
    heading = LineField(
        label=_("The need in one sentence"),
        help_text=_("The heading of the tender. Say who it is about and what is not good enough today."),
        max_length=140,
        required=False,
    )
    summary = LineField(label=_("What you look for, in one or two sentences"), max_length=300, required=False)
    need = WordsField(
        label=_("The need"),
        help_text=_(
            "What happens today, why it is not good enough, and what you know about it. Describe the problem and leave the solution open."
        ),
        max_words=400,
        rows=8,
        required=False,
    )
    target_group = WordsField(label=_("Who it is about"), max_words=150, rows=4, required=False)
    wanted_effect = WordsField(
        label=_("What you hope will be different"), help_text=_("One wish on each line."), max_words=150, rows=4, required=False
    )
    not_prescribed = WordsField(label=_("What those who answer decide for themselves"), max_words=150, rows=4, required=False)
    adopter = WordsField(
        label=_("Who will put the solution to use"),
        help_text=_("Which offices, from which budget, and about how many places. Those who answer want to know what comes afterwards."),
        max_words=150,
        rows=3,
        required=False,
    )
    case_number = LineField(label=_("Case number in the archive"), max_length=20, required=False)
    counties = forms.MultipleChoiceField(
        label=_("Where"),
        help_text=_("Choose none when it can be anywhere in the country."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        counties = County.objects.order_by("name").values_list("code", "name")
        field_of(self, "counties", forms.ChoiceField).choices = counties

    def stored(self) -> dict[str, Any]:
        return {**super().stored(), "counties": list(self.tender.counties.values_list("code", flat=True))}


class MoneyForm(SectionForm):
    amount = MoneyField(label=_("Budget"), help_text=_("All that the tender may cost, with what the finalists are paid."))
    vat_basis = forms.ChoiceField(label=_("All amounts are stated"), choices=Tender.VatBasis.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        for stage in self.stages:
            least = {"min_value": _("A stage selects at least one."), "required": _("A stage selects at least one.")}
            self.fields[f"selects_{stage.no}"] = forms.IntegerField(
                label=_("How many are chosen"), min_value=1, max_value=50, error_messages=least
            )
            self.fields[f"pays_each_{stage.no}"] = MoneyField(label=_("What each of them is paid"), zero_allowed=True)
        if tender.procedure == Tender.Procedure.FRAMEWORK:
            ask_about_framework(self)
        if tender.procedure == Tender.Procedure.CALL_OFF:
            ask_about_call_off(self)

    def stored(self) -> dict[str, Any]:
        pays = {f"pays_each_{stage.no}": stage.pays_each for stage in self.stages}
        selects = {f"selects_{stage.no}": stage.selects for stage in self.stages}
        lasts = {"months": self.tender.months, "months_ground": self.tender.months_ground}
        return {**super().stored(), **selects, **pays, **lasts, "amount": self.tender.budget.amount}

    def groups(self) -> list["Group"]:
        return [
            Group(stage.name, [self[name] for name in (f"selects_{stage.no}", f"pays_each_{stage.no}") if name in self.fields])
            for stage in self.stages
        ]


class DatesForm(SectionForm):
    opens_at = LocalMomentField(label=_("Opens"), help_text=_("Leave it empty to open when the tender is announced."), required=False)
    closes_at = LocalMomentField(label=_("Deadline"), help_text=_("A working day. At that minute it is too late."))
    questions_close_at = LocalMomentField(label=_("Questions can be asked until"), help_text=_("Two weeks before the deadline is usual."))

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        for stage in self.stages:
            if stage.entry == Stage.Entry.INVITED and stage.no > 1:
                self.fields[f"weeks_{stage.no}"] = _weeks_field(stage)
            label = _("The answer in «%(stage)s» comes at the latest") % {"stage": stage.name}
            self.fields[f"answer_by_{stage.no}"] = DayField(label=label, required=stage.no == 1)
        if tender.procedure == Tender.Procedure.CALL_OFF:
            ask_about_standstill(self)

    def stored(self) -> dict[str, Any]:
        first = self.stages[0]
        answers = {f"answer_by_{stage.no}": stage.answer_by for stage in self.stages}
        weeks = {f"weeks_{stage.no}": stage.weeks for stage in self.stages}
        standstill = {f"standstill_days_{stage.no}": stage.standstill_days for stage in self.stages}
        return {**super().stored(), **answers, **weeks, **standstill, "opens_at": first.opens_at, "closes_at": first.closes_at}


def _weeks_field(stage: Stage) -> forms.IntegerField:
    wanted = {"required": _("Write how many weeks they get."), "min_value": _("Give at least one week.")}
    return forms.IntegerField(
        label=_("How many weeks do those who are chosen get to write «%(stage)s»?") % {"stage": stage.name},
        help_text=_("At least. It is announced, and they never get less."),
        min_value=1,
        max_value=52,
        error_messages=wanted,
    )


class TermsForm(SectionForm):
    needed = ("rights_regime", "climate", "climate_text", "legal_basis")

    rights_regime = forms.ChoiceField(
        label=_("Who owns the solution?"), choices=Tender.RightsRegime.choices, widget=forms.RadioSelect, required=False
    )
    rights_text = WordsField(label=_("More about rights"), max_words=120, rows=3, required=False)
    climate = forms.ChoiceField(
        label=_("Climate and environment"), choices=Tender.Climate.choices, widget=forms.RadioSelect, required=False
    )
    climate_text = WordsField(
        label=_("The ground, the requirement or the criterion"), help_text=_("It is announced."), max_words=120, rows=3, required=False
    )
    legal_basis = WordsField(label=_("Which rules the tender follows"), max_words=80, rows=3, required=False)
    prequalification_required = forms.BooleanField(
        label=_("Only those who are prequalified may take part"),
        help_text=_("Shuts out everybody who is not yet prequalified. Needs a legal ground."),
        required=False,
    )
    prequalification_ground = WordsField(label=_("Legal ground for requiring prequalification"), max_words=80, rows=2, required=False)


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a heading of their own."""

    name: str
    fields: list[forms.BoundField]
    more: list[forms.BoundField] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Whether what is folded away must be shown."""
        return any(one.errors for one in self.more)


@dataclass(frozen=True)
class StageWeights:
    """The criteria of one stage, and what their weights add up to as they stand in the form."""

    no: int
    name: str
    total: Decimal
    criteria: list[Group]


class CriteriaForm(SectionForm):
    """Name, question, weight and described levels of every criterion of every stage."""

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        for stage in self.stages:
            for criterion in stage.criteria.all():
                self._add(f"{stage.no}_{criterion.no}", criterion)
        if tender.procedure == Tender.Procedure.CALL_OFF:
            keep_weights_only(self)

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

    @cached_property
    def groups(self) -> list[StageWeights]:
        return [self._group(stage) for stage in self.stages]

    def _group(self, stage: Stage) -> StageWeights:
        criteria = [self._criterion(f"{stage.no}_{one.no}", one) for one in stage.criteria.all()]
        weights = (_number(self[f"weight_{stage.no}_{one.no}"].value()) for one in stage.criteria.all())
        return StageWeights(stage.no, stage.name, sum(weights, Decimal(0)), criteria)

    def _criterion(self, key: str, criterion: Criterion) -> Group:
        names = [f"{name}_{key}" for name in ("name", "weight", "question")]
        levels = [f"level_{key}_{level.lowest}" for level in criterion.levels.all()]
        shown, more = ([self[name] for name in given if name in self.fields] for given in (names, levels))
        return Group(criterion.name, shown, more)


def _two_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


def _number(typed: Any) -> Decimal:
    """What was typed as a weight; 0 for what is no weight, which the field itself says."""
    try:
        return WeightField(required=False).clean(typed) or Decimal(0)
    except forms.ValidationError:
        return Decimal(0)


SECTION_FORMS: Mapping[str, type[SectionForm]] = {
    "need": NeedForm,
    "money": MoneyForm,
    "dates": DatesForm,
    "criteria": CriteriaForm,
    "terms": TermsForm,
}
SECTION_NAMES = {
    "need": _("The need"),
    "money": _("Money"),
    "dates": _("Dates"),
    "criteria": _("Criteria and weights"),
    "terms": _("Rights and terms"),
}
