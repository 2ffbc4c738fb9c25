"""Looking through the archive, and laying a draft aside. They check text and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import field_of
from accounts.words_field import LineField, WordsField
from tenders.queries.archive import Kind, Sought


class ArchiveForm(forms.Form):
    """Everything may be left open. What is not in the lists is said to be wrong, and the rest still counts."""

    all_open = True

    q = LineField(label=_("Search in name and reference"), max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *Kind.choices], required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data: Any, *, years: list[int]) -> None:
        super().__init__(data)
        field_of(self, "year", forms.ChoiceField).choices = [("", _("All")), *((str(year), str(year)) for year in years)]

    @property
    def sought(self) -> Sought:
        """What to look for; what was wrong is left open."""
        self.is_valid()
        found = self.cleaned_data
        return Sought(
            text=found.get("q", ""),
            kind=Kind(found["kind"]) if found.get("kind") else None,
            year=int(found["year"]) if found.get("year") else 0,
        )

    @property
    def kept(self) -> dict[str, str]:
        """For the addresses of other pages."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ShelveForm(forms.Form):
    reason = WordsField(
        label=_("Why will it not be announced?"),
        help_text=_("Those who work on the tender see it, and it stands in the journal."),
        max_words=200,
        rows=3,
    )
