"""What is asked of somebody who registers an organisation. Checks text only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import OrganisationNumberField, field_of
from accounts.languages import Language
from accounts.models import County
from accounts.words_field import LineField
from suppliers.models import Supplier
from suppliers.organisation_forms import OrganisationForm

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
CHOOSE = [("", _("Choose"))]


class DescriptionForm(forms.Form):
    """Everything but the number, which is never changed."""

    name = LineField(
        label=_("The organisation's name"),
        help_text=_("As it stands in the register of legal entities (Enhetsregisteret)."),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    form = forms.ChoiceField(label=_("Form of organisation"), choices=CHOOSE + OrganisationForm.choices)
    address = LineField(
        label=_("Postal address"),
        help_text=_("Street, postcode and town. It stands in the letters we send you."),
        max_length=240,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Which language shall we use in letters to you?"), choices=Language.choices, widget=forms.RadioSelect, initial=Language.NB
    )
    kind = forms.ChoiceField(label=_("What kind of supplier are you?"), choices=Supplier.Kind.choices, widget=forms.RadioSelect)
    size = forms.ChoiceField(label=_("How many full-time equivalents are you?"), choices=Supplier.Size.choices, widget=forms.RadioSelect)
    county_code = forms.ChoiceField(label=_("County"), help_text=_("Where you have your office."))
    first_time = forms.TypedChoiceField(
        label=_("Is this the first time you take part in a tender of Nav's?"),
        help_text=_("It does not count for or against you. We use it to see who gets through."),
        choices=YES_NO,
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counties = County.objects.order_by("name").values_list("code", "name")
        field_of(self, "county_code", forms.ChoiceField).choices = CHOOSE + list(counties)


class RegistrationForm(DescriptionForm):
    """The number first, then the rest."""

    number = OrganisationNumberField(label=_("Organisation number"))
    field_order = ("number",)


class SearchForm(forms.Form):
    """What to look for in the directory; a text that cannot be used is no text."""

    q = forms.CharField(required=False, max_length=160)

    @property
    def words(self) -> str:
        return str(self.cleaned_data["q"]).strip() if self.is_valid() else ""
