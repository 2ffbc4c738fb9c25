"""The declaration of impartiality, and a tie that is found later. They check text and never save."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.fields import field_of
from accounts.organisation_number import in_threes
from accounts.words_field import TextField, WordsField
from evaluation.queries.declarations import Name


@dataclass(frozen=True)
class TieRow:
    """One name of the list, with the field where a tie to it is told; `told` keeps it open."""

    name: str
    number: str
    field: BoundField
    told: bool


class DeclarationForm(forms.Form):
    """A field for each name, empty where there is no tie, and two statements that everybody makes."""

    looked = forms.BooleanField(
        label=_("I have looked through all the names, and told of every tie I have"),
        error_messages={"required": _("Look through the names, and confirm that you have told of every tie.")},
    )
    silence = forms.BooleanField(
        label=_("I know the duty of confidentiality: what I learn here about suppliers and their ideas, I tell nobody"),
        error_messages={"required": _("Confirm that you know the duty of confidentiality.")},
    )

    def __init__(self, data: Any, *, names: Sequence[Name]) -> None:
        super().__init__(data)
        self.names = names
        for one in names:
            label = _("What is your tie to %(name)s?") % {"name": one.name}
            widget = forms.Textarea(attrs={"rows": 2})
            self.fields[_field(one.key)] = TextField(label=label, max_length=1000, required=False, widget=widget)

    @property
    def ties(self) -> list[TieRow]:
        rows = [(one, self[_field(one.key)]) for one in self.names]
        return [TieRow(one.name, in_threes(one.number), field, bool(field.value() or field.errors)) for one, field in rows]

    @property
    def statements(self) -> list[BoundField]:
        return [self["looked"], self["silence"]]

    @property
    def conflicts(self) -> dict[UUID, str]:
        """Organisation -> what the tie is, where something was written."""
        return {one.key: self.cleaned_data[_field(one.key)] for one in self.names if self.cleaned_data[_field(one.key)]}


def _field(key: UUID) -> str:
    return f"tie_{key}"


class TieForm(forms.Form):
    """What the tie is, told from a sketch."""

    ground = WordsField(
        label=_("What is the tie?"),
        help_text=_("One sentence is enough. It is kept in the file, and the supplier does not see it."),
        max_words=150,
        rows=3,
        error_messages={"required": _("Say what the tie is.")},
    )


class NamedTieForm(TieForm):
    """A tie to one of the names."""

    organisation = forms.TypedChoiceField(
        label=_("Who do you have a tie to?"),
        coerce=UUID,
        error_messages={"required": _("Choose among the names on the list."), "invalid_choice": _("Choose among the names on the list.")},
    )
    field_order = ("organisation", "ground")

    def __init__(self, data: Any, *, names: Sequence[Name], chosen: str = "") -> None:
        super().__init__(data, initial={"organisation": chosen})
        choices = [("", _("Choose a name")), *((str(one.key), f"{one.name} ({in_threes(one.number)})") for one in names)]
        field_of(self, "organisation", forms.ChoiceField).choices = choices
