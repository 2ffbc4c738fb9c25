"""Forms of contracts. They check text and never save."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, MoneyField, field_of
from accounts.models import User
from accounts.words_field import LineField, TextField, WordsField
from contracts.models import Milestone
from contracts.policies.contracts import MOST_MILESTONES

ROWS = 3
PARTS = ("title", "delivers", "due_on", "amount")


class DraftForm(forms.Form):
    """Who follows the contracts up, from when to when, and what is agreed besides."""

    manager = forms.ModelChoiceField(
        label=_("Who is the contract manager?"),
        help_text=_("The contract manager accepts deliveries, so it can't be the approver."),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose a contract manager."),
            "invalid_choice": _("Choose somebody who is a contract manager in this unit."),
        },
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    terms = WordsField(
        label=_("What is agreed besides"),
        help_text=_("What the announcement does not say already. Leave it empty when there is nothing."),
        max_words=500,
        required=False,
    )

    def __init__(self, data: Any, *, managers: QuerySet[User], starts_on: date | None = None, ends_on: date | None = None) -> None:
        super().__init__(data, initial={"starts_on": starts_on, "ends_on": ends_on})
        field_of(self, "manager", forms.ModelChoiceField).queryset = managers

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day must not be before the first day."))
        return found


class TerminateForm(forms.Form):
    reason = WordsField(
        label=_("Why does the contract end early?"),
        help_text=_("The supplier gets the reason, and it stands in the journal."),
        max_words=300,
    )

    def __init__(self, data: Any, *, draft: bool) -> None:
        """`draft`: the supplier has not seen it, so it is the officer who gets the reason."""
        super().__init__(data)
        if draft:
            self.fields["reason"].label = _("What must be changed?")
            self.fields["reason"].help_text = _("The officer gets the reason, and it stands in the journal.")


class PlanForm(forms.Form):
    """The milestones in rows; a row with nothing in it counts for nothing."""

    def __init__(self, data: Any, *, milestones: list[Milestone], rows: int = ROWS) -> None:
        self.count = max(min(rows, MOST_MILESTONES), len(milestones), 1)
        initial = {f"{part}_{row.no}": getattr(row, part) for row in milestones for part in PARTS}
        super().__init__(data, initial=initial)
        # What the summary of mistakes calls each field, as the same four stand in every row
        self.short_labels: dict[str, str] = {}
        for no in range(1, self.count + 1):
            self._add_row(no)

    def _add_row(self, no: int) -> None:
        """The first one must be filled in; a contract has at least one milestone."""
        first = no == 1
        name, day = {"required": _("Write a name.")}, {"required": _("Write a date.")}
        self.fields[f"title_{no}"] = LineField(label=_("Name"), max_length=120, required=first, error_messages=name)
        delivers = TextField(label=_("What is delivered"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
        self.fields[f"delivers_{no}"] = delivers
        self.fields[f"due_on_{no}"] = DayField(label=_("Due"), required=first, error_messages=day)
        self.fields[f"amount_{no}"] = MoneyField(label=_("Amount in kroner"), required=first)
        for part in PARTS:
            label = str(self.fields[f"{part}_{no}"].label)
            self.short_labels[f"{part}_{no}"] = str(_("Milestone %(no)s, %(part)s")) % {"no": no, "part": label[:1].lower() + label[1:]}

    def rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """Each row's number and its fields, for the page."""
        for no in range(1, self.count + 1):
            yield no, [self[f"{part}_{no}"] for part in PARTS]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for no in range(1, self.count + 1):
            if self._is_empty(no):
                continue
            for part, said in (("title", _("Write a name.")), ("due_on", _("Write a date.")), ("amount", _("Write an amount above 0."))):
                name = f"{part}_{no}"
                if name not in self.errors and not found.get(name):
                    self.add_error(name, said)
        return found

    def _is_empty(self, no: int) -> bool:
        return not any(str(self.data.get(f"{part}_{no}", "")).strip() for part in PARTS)

    @property
    def milestones(self) -> list[dict[str, Any]]:
        """What was typed, row by row, without the empty ones. After is_valid() only."""
        full = [no for no in range(1, self.count + 1) if not self._is_empty(no)]
        return [{part: self.cleaned_data[f"{part}_{no}"] for part in PARTS} for no in full]
