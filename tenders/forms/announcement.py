"""Forms around the announcement: starting a tender, sending for approval, sending back. They check text and never save."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.fields import field_of
from accounts.models import Unit, User
from accounts.words_field import WordsField
from tenders.forms.fields import LineField
from tenders.models import Tender

# What each template is for. A call-off is started from the page of its framework agreement
PURPOSES = {
    Tender.Procedure.IDEA_COMPETITION: _("You know the need and not the solution. The best ideas are paid to be developed."),
    Tender.Procedure.FRAMEWORK: _("The need comes again and again. You choose several suppliers, and buy from them in call-offs."),
}


class NewTenderForm(forms.Form):
    procedure = forms.ChoiceField(
        label=_("How do you want to buy?"),
        choices=[(value, format_lazy("{}. {}", value.label, purpose)) for value, purpose in PURPOSES.items()],
        widget=forms.RadioSelect,
    )
    name = LineField(
        label=_("A short name"), help_text=_("For lists and conversations, for example «Unge på vei til jobb»."), max_length=80
    )
    unit = forms.ModelChoiceField(label=_("Which unit buys?"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, data: Any, *, units: QuerySet[Unit]) -> None:
        super().__init__(data, initial={"procedure": Tender.Procedure.IDEA_COMPETITION})
        field_of(self, "unit", forms.ModelChoiceField).queryset = units


class ProposeForm(forms.Form):
    approver = forms.ModelChoiceField(
        label=_("Who shall approve it?"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose who shall approve it."),
            "invalid_choice": _("Choose somebody who is an approver in this unit."),
        },
    )

    def __init__(self, data: Any, *, approvers: QuerySet[User]) -> None:
        super().__init__(data)
        field_of(self, "approver", forms.ModelChoiceField).queryset = approvers


class ReturnForm(forms.Form):
    reason = WordsField(
        label=_("What must be mended?"), help_text=_("The officer sees it, and it stands in the journal."), max_words=200, rows=3
    )
