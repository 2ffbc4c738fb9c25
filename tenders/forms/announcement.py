"""Forms around the announcement: starting a tender, sending for approval, sending back. They check text and never save."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.fields import field_of
from accounts.models import Unit, User
from accounts.words_field import WordsField
from tenders.forms.fields import LineField
from tenders.models import Tender

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

# What each template is for. A call-off is started from the page of its framework agreement
WHAT_FOR = {
    Tender.Procedure.IDEA_COMPETITION: _(
        "When you know the need and not the solution. Everybody can send a sketch, some are paid to develop theirs, and one is chosen."
    ),
    Tender.Procedure.SMALL_TENDER: _("When the purchase is below 1.3 million kroner. One stage: everybody can answer, and one is chosen."),
    Tender.Procedure.FRAMEWORK: _("When the need comes again and again. You choose several suppliers, and buy from them in call-offs."),
}


def _with_what_for(label: "_StrOrPromise", what_for: "_StrOrPromise") -> SafeString:
    return format_html('{}<br><span class="nv-small nv-subtle">{}</span>', label, what_for)


with_what_for = lazy(_with_what_for, SafeString)

PROCEDURES = [(one.value, with_what_for(one.label, what_for)) for one, what_for in WHAT_FOR.items()]
# Chosen instead of a template
COPY = "copy"


class NewTenderForm(forms.Form):
    procedure = forms.ChoiceField(
        label=_("How do you want to buy?"),
        help_text=_("The templates are Nyvei's own, not Nav's."),
        choices=PROCEDURES,
        widget=forms.RadioSelect,
    )
    origin = forms.ModelChoiceField(
        label=_("Which one shall be copied?"),
        help_text=_("Only for a copy. Texts, stages, criteria and amounts come along; dates are suggested anew."),
        queryset=Tender.objects.none(),
        to_field_name="reference",
        empty_label=_("None"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the tenders that you work on.")},
    )
    name = LineField(
        label=_("A short name"), help_text=_("For lists and conversations, for example «Unge på vei til jobb»."), max_length=80
    )
    unit = forms.ModelChoiceField(label=_("Which unit buys?"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, data: Any, *, units: QuerySet[Unit], origins: QuerySet[Tender]) -> None:
        super().__init__(data, initial={"procedure": Tender.Procedure.IDEA_COMPETITION})
        field_of(self, "unit", forms.ModelChoiceField).queryset = units
        if not origins.exists():
            del self.fields["origin"]
            return
        field_of(self, "origin", forms.ModelChoiceField).queryset = origins
        procedure = field_of(self, "procedure", forms.ChoiceField)
        copied = with_what_for(_("A copy of an earlier tender"), _("When you buy something like it again. Choose which one below."))
        procedure.choices = [*PROCEDURES, (COPY, copied)]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("procedure") == COPY and not found.get("origin") and "origin" not in self.errors:
            self.add_error("origin", _("Choose which tender shall be copied."))
        if found.get("procedure") not in (COPY, None) and found.get("origin"):
            self.add_error("origin", _("You have chosen a template above. Choose a copy there, or none here."))
        return found


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
