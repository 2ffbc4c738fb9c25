"""Forms around the selection: proposing, grounds of a letter, reasons. They check text and never save."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.words_field import WordsField
from evaluation.ranking import Ranked, follows_ranking


@dataclass(frozen=True)
class Choice:
    """One who can be proposed, with the two fields about it."""

    row: Ranked
    pick: BoundField
    ground: BoundField
    open: bool


class ProposeSelectionForm(forms.Form):
    """Everybody who can be proposed, the best first; the first ones, as many as there are free places, are ticked."""

    def __init__(self, data: QueryDict | None, *, able: Sequence[Ranked], free: int) -> None:
        super().__init__(data)
        self.able, self.free = able, free
        for place, row in enumerate(able):
            pick = forms.BooleanField(label=_("Propose %(name)s") % {"name": row.code_name}, required=False, initial=place < free)
            label = _("What is best about %(name)s?") % {"name": row.code_name}
            told = _("Write it when you propose it. Everybody who took part reads it.")
            ground = WordsField(label=label, help_text=told, max_words=80, rows=3, required=False, sometimes=True)
            self.fields |= {f"pick_{row.number}": pick, f"ground_{row.number}": ground}
        self.fields["reason"] = WordsField(
            label=gettext_lazy("Why the ranking is not followed, or a place stays empty"),
            help_text=gettext_lazy("Only when it is so. The approver reads it, and it stands in the journal."),
            max_words=200,
            rows=3,
            required=False,
            sometimes=True,
        )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        for row in self.able:
            ground = f"ground_{row.number}"
            if values.get(f"pick_{row.number}") and not values.get(ground) and ground not in self.errors:
                self.add_error(ground, _("Write what is best about %(name)s.") % {"name": row.code_name})
        if not values.get("reason") and "reason" not in self.errors:
            self._ask_for_reason([row for row in self.able if values.get(f"pick_{row.number}")])
        return values

    def _ask_for_reason(self, chosen: list[Ranked]) -> None:
        """As the command does, but at the field."""
        if not follows_ranking(chosen, self.able):
            self.add_error("reason", _("You do not follow the ranking. Write why."))
        elif 0 < len(chosen) < self.free:
            self.add_error("reason", _("A place stays empty. Write why."))

    @property
    def grounds(self) -> dict[UUID, str]:
        """What was written about each that is ticked."""
        values = self.cleaned_data
        return {row.submission_id: values[f"ground_{row.number}"] for row in self.able if values[f"pick_{row.number}"]}

    def choices(self) -> Iterator[Choice]:
        for row in self.able:
            pick, ground = self[f"pick_{row.number}"], self[f"ground_{row.number}"]
            yield Choice(row, pick, ground, open=bool(pick.value() or ground.errors))


class GroundsForm(forms.Form):
    grounds = WordsField(
        label=gettext_lazy("The grounds"),
        help_text=gettext_lazy("To the supplier: what was best, and what made the difference. They read it as it stands."),
        max_words=400,
        rows=10,
    )


class ReturnSelectionForm(forms.Form):
    reason = WordsField(
        label=gettext_lazy("What must be mended?"),
        help_text=gettext_lazy("The chair sees it, and it stands in the journal."),
        max_words=200,
        rows=3,
    )


class AnnulForm(forms.Form):
    reason = WordsField(
        label=gettext_lazy("Why is the decision annulled?"),
        help_text=gettext_lazy("Everybody who had an answer gets a letter with these words."),
        max_words=200,
        rows=4,
    )


class VacateForm(forms.Form):
    reason = WordsField(
        label=gettext_lazy("Why is the place given up?"),
        help_text=gettext_lazy("The officer, the approver and the chair are told. It stands in the journal."),
        max_words=200,
        rows=3,
    )
