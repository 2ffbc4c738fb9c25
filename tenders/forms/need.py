"""The need: whom it is about, what is known, what is hoped for, and the road on. Checks text and never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import field_of
from accounts.models import County, Unit
from accounts.words_field import WordsField
from tenders.forms.fields import LineField
from tenders.forms.group import Group
from tenders.forms.section import SectionForm
from tenders.models import TargetGroup, Tender
from tenders.queries.need import groups_of


class NeedForm(SectionForm):
    needed = (
        *("heading", "need", "groups", "target_group", "wanted_effect", "not_prescribed"),
        *("adopter", "adoption_budget", "places"),
    )

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
        help_text=_("What happens today, and why it is not good enough. Describe the problem and leave the solution open."),
        max_words=400,
        rows=8,
        required=False,
    )
    known = WordsField(
        label=_("What we know"),
        help_text=_("What has been tried, which figures there are, and what those affected say themselves."),
        max_words=300,
        rows=5,
        required=False,
    )
    groups = forms.MultipleChoiceField(
        label=_("Target groups"),
        help_text=_("Tick all that fit. They make the tender easier to find, and shut nobody out."),
        choices=TargetGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    target_group = WordsField(label=_("Who it is about"), max_words=150, rows=4, required=False)
    who_counts = WordsField(
        label=_("Who counts as within the group"),
        help_text=_("Word it openly: how their days are, not how they are registered or which measure they are in."),
        max_words=100,
        rows=3,
        required=False,
    )
    wanted_effect = WordsField(
        label=_("What you hope will be different"), help_text=_("One wish on each line."), max_words=150, rows=4, required=False
    )
    not_prescribed = WordsField(label=_("What those who answer decide for themselves"), max_words=150, rows=4, required=False)
    adopter = WordsField(
        label=_("Who will put the solution to use"),
        help_text=_("If it works: which offices take it over? Those who answer want to know what comes afterwards."),
        max_words=150,
        rows=3,
        required=False,
    )
    adoption_budget = WordsField(
        label=_("From which budget"), help_text=_("Who pays when the solution is put to use."), max_words=60, rows=2, required=False
    )
    places = forms.IntegerField(
        label=_("How many places or people"),
        help_text=_("About how many a year. Leave it empty only when nobody knows yet, and say why below."),
        min_value=1,
        max_value=1_000_000,
        required=False,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], _("Write a whole number from 1 to 1 000 000, for example 60.")),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    places_unknown = WordsField(label=_("Why the number is not known yet"), max_words=60, rows=2, required=False, sometimes=True)
    adoption_from = LineField(
        label=_("When at the earliest"), help_text=_("For example «the autumn of 2028»."), max_length=80, required=False
    )
    counties = forms.MultipleChoiceField(
        label=_("Where"),
        help_text=_("Choose none when it can be anywhere in the country."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tried_at = forms.ModelChoiceField(
        label=_("The unit or office that tries it out"),
        queryset=Unit.objects.order_by("name"),
        empty_label=_("Several, or not decided"),
        required=False,
    )
    case_number = LineField(label=_("Case number in the archive"), max_length=20, required=False)

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        counties = County.objects.order_by("name").values_list("code", "name")
        field_of(self, "counties", forms.ChoiceField).choices = counties

    def parts(self) -> list[Group]:
        """What belongs together, under headings; the first under the page's own."""
        named: dict[str, tuple[str, ...]] = {
            "": ("name", "heading", "summary", "need", "known"),
            gettext("Those it is about"): ("groups", "target_group", "who_counts"),
            gettext("The change"): ("wanted_effect", "not_prescribed"),
            gettext("The road into use"): ("adopter", "adoption_budget", "places", "places_unknown", "adoption_from"),
            gettext("Place and case number"): ("counties", "tried_at", "case_number"),
        }
        return [Group(name, [self[field] for field in fields]) for name, fields in named.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("places") and cleaned.get("places_unknown"):
            self.add_error("places_unknown", _("You have given the number. Empty this field, or take the number away."))
        return cleaned

    def stored(self) -> dict[str, Any]:
        counties = list(self.tender.counties.values_list("code", flat=True))
        return {**super().stored(), "counties": counties, "groups": groups_of(self.tender)}
