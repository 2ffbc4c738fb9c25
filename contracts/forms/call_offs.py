"""The form a call-off starts with. It checks text and never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import MoneyField, field_of
from accounts.words_field import LineField
from tenders.models import Criterion, Tender


class CallOffForm(forms.Form):
    """What it is called, what it pays, and which of the stated criteria judge it."""

    name = LineField(label=_("A short name"), help_text=_("For lists and conversations."), max_length=80)
    amount = MoneyField(
        label=_("What the call-off pays"),
        help_text=_("It is set aside from the highest value of the framework agreement when the call-off is announced."),
    )
    criteria = forms.TypedMultipleChoiceField(
        label=_("What it is judged by"),
        help_text=_("The criteria that were stated with the framework agreement. What they weigh is set afterwards."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one criterion.")},
    )

    def __init__(self, data: Any, *, framework: Tender) -> None:
        stated = list(Criterion.objects.filter(stage__tender=framework, stage__no=1).order_by("no"))
        super().__init__(data, initial={"criteria": [one.no for one in stated]})
        field_of(self, "criteria", forms.ChoiceField).choices = [(one.no, one.name) for one in stated]
