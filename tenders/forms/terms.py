"""On which terms: rights, the agreement, climate and environment, who may take part, and which rules apply."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import field_of
from accounts.words_field import WordsField
from tenders.forms.group import Group
from tenders.forms.section import SectionForm
from tenders.models import Tender


class SometimesChosen(forms.MultipleChoiceField):
    """Needed in the cases that the help text tells, so it is not marked as optional."""

    sometimes = True


class TermsForm(SectionForm):
    needed = ("rights_regime", "contract_text", "climate", "climate_text", "legal_basis")

    rights_regime = forms.ChoiceField(
        label=_("Who owns the solution?"), choices=Tender.RightsRegime.choices, widget=forms.RadioSelect, required=False
    )
    rights_text = WordsField(label=_("More about rights"), max_words=120, rows=3, required=False)
    contract_text = WordsField(
        label=_("Which agreement is made"),
        help_text=_("Which form it follows, how many days after the invoice Nav pays, and how each side can end it."),
        max_words=200,
        rows=5,
        required=False,
    )
    clauses = forms.MultipleChoiceField(
        label=_("Does the agreement set requirements for the sake of society?"),
        help_text=_("Choose only what the need calls for. Each requirement costs work for those who take part."),
        choices=Tender.Clause.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sanctions_text = WordsField(
        label=_("What happens when such a requirement is broken"),
        help_text=_(
            "Needed when you choose a requirement here, or one on climate. For example a daily fine, or that Nav ends the agreement."
        ),
        max_words=120,
        rows=3,
        required=False,
        sometimes=True,
    )
    climate = forms.ChoiceField(
        label=_("How are climate and environment taken care of?"),
        help_text=_(
            "One of the five must be chosen (anskaffelsesforskriften § 7-9). Measures for people usually have an insignificant footprint."
        ),
        choices=Tender.Climate.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    climate_text = WordsField(
        label=_("The ground, the requirement or the criterion"), help_text=_("It is announced."), max_words=120, rows=3, required=False
    )
    climate_criteria = SometimesChosen(
        label=_("Which criteria are about climate and environment?"),
        help_text=_("Needed when you chose a criterion. In each stage they must count at least 30 % together."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reservation = forms.ChoiceField(
        label=_("Who may take part?"),
        help_text=_("A reserved tender shuts all others out. The rules allow it in three cases."),
        choices=Tender.Reservation.choices,
        widget=forms.RadioSelect,
    )
    reservation_ground = WordsField(
        label=_("Why it is reserved"),
        help_text=_("Needed when not all may take part. Say how the conditions of the rule are met. It is announced."),
        max_words=120,
        rows=3,
        required=False,
        sometimes=True,
    )
    prequalification_required = forms.BooleanField(
        label=_("Only those who are prequalified may take part"),
        help_text=_("Shuts out everybody who is not yet prequalified. Needs a legal ground."),
        required=False,
    )
    prequalification_ground = WordsField(label=_("Legal ground for requiring prequalification"), max_words=80, rows=2, required=False)
    legal_basis = WordsField(label=_("Which rules the tender follows"), max_words=80, rows=3, required=False)

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        if tender.framework_id:
            # Only those invited take part in a call-off
            for name in _WHO:
                del self.fields[name]
        field_of(self, "climate_criteria", forms.MultipleChoiceField).choices = [
            (f"{stage.no}_{one.no}", f"{stage.name}: {one.name}") for stage in self.stages for one in stage.criteria.all()
        ]

    def clean(self) -> dict[str, Any]:
        """What shuts somebody out is not stored without its ground; each is told at its field."""
        found = super().clean() or {}
        reserved = found.get("reservation") not in (None, "", Tender.Reservation.OPEN)
        if reserved and not found.get("reservation_ground") and "reservation_ground" not in self.errors:
            self.add_error("reservation_ground", _("Say why the tender is reserved. The ground is announced."))
        missing = found.get("prequalification_required") and not found.get("prequalification_ground")
        if missing and "prequalification_ground" not in self.errors:
            self.add_error("prequalification_ground", _("Say which legal ground lets you require prequalification."))
        return found

    def stored(self) -> dict[str, Any]:
        marked = [f"{stage.no}_{one.no}" for stage in self.stages for one in stage.criteria.all() if one.climate]
        return {**super().stored(), "climate_criteria": marked}

    def groups(self) -> list[Group]:
        groups = [Group(name, [self[field] for field in fields if field in self.fields]) for name, fields in _GROUPS]
        return [group for group in groups if group.fields]


_WHO = ("reservation", "reservation_ground", "prequalification_required", "prequalification_ground")
_GROUPS = (
    (_("Rights"), ("rights_regime", "rights_text")),
    (_("Climate and environment"), ("climate", "climate_text", "climate_criteria")),
    (_("The agreement"), ("contract_text", "clauses", "sanctions_text")),
    (_("Who can take part"), _WHO),
    (_("Rules"), ("legal_basis",)),
)
