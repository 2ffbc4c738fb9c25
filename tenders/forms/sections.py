"""The sections of an announcement. The forms check text and never save; what dates and amounts mean together is the command's."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, LocalMomentField, MoneyField, field_of
from accounts.models import County
from accounts.words_field import WordsField
from tenders.forms.criteria import CriteriaForm
from tenders.forms.fields import LineField
from tenders.forms.section import Group, SectionForm
from tenders.models import Stage, Tender


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
    amount = MoneyField(
        label=_("Budget"), help_text=_("All that the tender may cost, with what those who are chosen in each stage are paid.")
    )
    vat_basis = forms.ChoiceField(label=_("All amounts are stated"), choices=Tender.VatBasis.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        for stage in self.stages:
            least = {"min_value": _("A stage selects at least one."), "required": _("A stage selects at least one.")}
            self.fields[f"selects_{stage.no}"] = forms.IntegerField(
                label=_("How many are chosen"), min_value=1, max_value=50, error_messages=least
            )
            self.fields[f"pays_each_{stage.no}"] = MoneyField(
                label=_("What each of them is paid"), help_text=_("Where price counts: the most that can be offered."), zero_allowed=True
            )

    def stored(self) -> dict[str, Any]:
        pays = {f"pays_each_{stage.no}": stage.pays_each for stage in self.stages}
        selects = {f"selects_{stage.no}": stage.selects for stage in self.stages}
        return {**super().stored(), **selects, **pays, "amount": self.tender.budget.amount}

    def groups(self) -> list["Group"]:
        return [Group(stage.name, [self[f"selects_{stage.no}"], self[f"pays_each_{stage.no}"]]) for stage in self.stages]


class DatesForm(SectionForm):
    opens_at = LocalMomentField(label=_("Opens"), help_text=_("Leave it empty to open when the tender is announced."), required=False)
    closes_at = LocalMomentField(label=_("Deadline"), help_text=_("A working day. At that minute it is too late."))
    questions_close_at = LocalMomentField(label=_("Questions can be asked until"), help_text=_("Two weeks before the deadline is usual."))

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        for stage in self.stages:
            if stage.entry == Stage.Entry.INVITED:
                self.fields[f"weeks_{stage.no}"] = _weeks_field(stage)
            label = _("The answer in «%(stage)s» comes at the latest") % {"stage": stage.name}
            self.fields[f"answer_by_{stage.no}"] = DayField(label=label, required=stage.no == 1)

    def stored(self) -> dict[str, Any]:
        first = self.stages[0]
        answers = {f"answer_by_{stage.no}": stage.answer_by for stage in self.stages}
        weeks = {f"weeks_{stage.no}": stage.weeks for stage in self.stages}
        return {**super().stored(), **answers, **weeks, "opens_at": first.opens_at, "closes_at": first.closes_at}


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
