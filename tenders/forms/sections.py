"""The sections of an announcement. The forms check text and never save; what dates and amounts mean together is the command's."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.fields import DayField, LocalMomentField, MoneyField
from accounts.number_words import number_word
from tenders.forms.asked import AskedForm
from tenders.forms.criteria import CriteriaForm
from tenders.forms.framework_fields import ask_about_call_off, ask_about_framework, ask_about_standstill
from tenders.forms.group import Group
from tenders.forms.need import NeedForm
from tenders.forms.requirements import RequirementsForm
from tenders.forms.section import SectionForm
from tenders.forms.subject import SubjectForm
from tenders.forms.team import TeamForm
from tenders.forms.terms import TermsForm
from tenders.forms.value import ValueForm
from tenders.models import Stage, Tender
from tenders.procedures import template_of


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
        if tender.procedure == Tender.Procedure.FRAMEWORK:
            ask_about_framework(self)
        if tender.procedure == Tender.Procedure.CALL_OFF:
            ask_about_call_off(self)

    def stored(self) -> dict[str, Any]:
        pays = {f"pays_each_{stage.no}": stage.pays_each for stage in self.stages}
        selects = {f"selects_{stage.no}": stage.selects for stage in self.stages}
        lasts = {"months": self.tender.months, "months_ground": self.tender.months_ground}
        return {**super().stored(), **selects, **pays, **lasts, "amount": self.tender.budget.amount}

    def groups(self) -> list[Group]:
        return [
            Group(stage.name, [self[name] for name in (f"selects_{stage.no}", f"pays_each_{stage.no}") if name in self.fields])
            for stage in self.stages
        ]


class DatesForm(SectionForm):
    opens_at = LocalMomentField(label=_("Opens"), help_text=_("Leave it empty to open when the tender is announced."), required=False)
    closes_at = LocalMomentField(label=_("Deadline"), help_text=_("A working day. At that minute it is too late."))
    questions_close_at = LocalMomentField(label=_("Questions can be asked until"))

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        weeks = template_of(tender.procedure).weeks["questions_before"]
        usual = ngettext("One week before the deadline is usual.", "%(number)s weeks before the deadline is usual.", weeks)
        self.fields["questions_close_at"].help_text = usual % {"number": number_word(weeks).capitalize()}
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


SECTION_FORMS: Mapping[str, type[SectionForm]] = {
    "need": NeedForm,
    "subject": SubjectForm,
    "money": MoneyForm,
    "value": ValueForm,
    "dates": DatesForm,
    "asked": AskedForm,
    "criteria": CriteriaForm,
    "requirements": RequirementsForm,
    "terms": TermsForm,
    "team": TeamForm,
}
SECTION_NAMES = {
    "need": _("The need"),
    "subject": _("What is bought"),
    "money": _("Money"),
    "value": _("Value and rules"),
    "dates": _("Dates"),
    "asked": _("What suppliers answer"),
    "criteria": _("Criteria and weights"),
    "requirements": _("Requirements"),
    "terms": _("Rights and terms"),
    "team": _("Who stands behind it"),
}
