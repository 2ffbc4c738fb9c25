"""What a visitor looks for in the list of tenders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.fields import field_of
from accounts.models import County
from accounts.words_field import LineField
from tenders.models import TargetGroup, Tender
from tenders.queries.public import AMOUNTS, State, Wanted

ANY = ("", _("All"))
MORE = ("procedure", "least")


class FindForm(forms.Form):
    """Everything may be left open. What is not in the lists is said to be wrong, and the rest still counts."""

    # Nobody needs to be told of each field that it is optional
    all_open = True

    q = LineField(label=_("Search in tenders"), max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"}))
    group = forms.ChoiceField(label=_("Target group"), choices=[ANY, *TargetGroup.choices], required=False)
    county = forms.ChoiceField(label=_("County"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *State.choices], required=False)
    procedure = forms.ChoiceField(label=_("Procedure"), choices=[ANY, *Tender.Procedure.choices], required=False)
    least = forms.ChoiceField(label=_("Budget"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        counties = County.objects.order_by("name").values_list("code", "name")
        field_of(self, "county", forms.ChoiceField).choices = [("", _("The whole country")), *counties]
        amounts = [(str(amount), _("At least %(money)s") % {"money": wording.money(amount)}) for amount in AMOUNTS]
        field_of(self, "least", forms.ChoiceField).choices = [ANY, *amounts]

    @property
    def wanted(self) -> Wanted:
        """What to look for; what was wrong is left open."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(
            text=found.get("q", ""),
            group=found.get("group", ""),
            county=found.get("county", ""),
            procedure=found.get("procedure", ""),
            state=State(found["state"]) if found.get("state") else None,
            least=int(found["least"]) if found.get("least") else 0,
        )

    def first(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in MORE]

    def more(self) -> list[forms.BoundField]:
        """What fewer look for, folded away until it is in use."""
        return [self[name] for name in MORE]

    @property
    def more_in_use(self) -> bool:
        return any(self[name].value() for name in MORE)

    @property
    def kept(self) -> dict[str, str]:
        """For the addresses of other pages, of the feed and of the calendar: what is looked for, and nothing that is left open."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
