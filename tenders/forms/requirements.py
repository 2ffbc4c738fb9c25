"""What is demanded of those who take part: one group of fields for each requirement, and an empty one for the next."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import MoneyField
from accounts.words_field import LineField, WordsField
from tenders.forms.group import Group
from tenders.forms.section import SectionForm
from tenders.models import Requirement, Tender
from tenders.models.requirement import MOST_REQUIREMENTS
from tenders.requirements import PARTS


class RequirementsForm(SectionForm):
    """Every group may be left or made empty, which takes the requirement out; the command says what half of one lacks."""

    # Nobody needs to be told of each field that it is optional
    all_open = True

    def __init__(self, data: Any, *, tender: Tender) -> None:
        self.standing = list(tender.requirements.all())
        super().__init__(data, tender=tender)
        for no in self.numbers:
            for part, field in _fields().items():
                self.fields[f"{part}_{no}"] = field

    @property
    def numbers(self) -> range:
        return range(1, min(len(self.standing) + 1, MOST_REQUIREMENTS) + 1)

    def stored(self) -> dict[str, Any]:
        return {f"{part}_{one.no}": getattr(one, part) for one in self.standing for part in PARTS}

    def clean(self) -> dict[str, Any]:
        """The button «remove» empties the group it stands in."""
        cleaned = super().clean() or {}
        away = {f"{part}_{self.data.get('remove', '')}" for part in PARTS}
        for name in away & set(self.errors):
            del self.errors[name]
        return {**cleaned, **{name: None if name.startswith("amount") else "" for name in away & set(self.fields)}}

    @property
    def stays(self) -> bool:
        """One was removed, or one more is to be written."""
        return any(name in self.data for name in ("add", "remove"))

    def groups(self) -> list[tuple[int, bool, Group]]:
        """Number, whether it is stored, and its fields."""
        return [
            (no, no <= len(self.standing), Group(self._name(no), [self[f"{part}_{no}"] for part in PARTS]))
            for no in self.numbers
        ]  # fmt: skip

    def _name(self, no: int) -> str:
        return gettext("Requirement %(no)d") % {"no": no} if no <= len(self.standing) else gettext("One more requirement")


class CountField(MoneyField):
    """An amount in kroner, or a number of years or references, as the kind of the requirement says."""

    unit = ""

    default_error_messages = {
        "not_an_amount": _("Write a number, for example 3 or 500 000."),
        "zero": _("Write a number above 0."),
    }


def _fields() -> dict[str, forms.Field]:
    return {
        "kind": forms.ChoiceField(label=_("What is required?"), choices=[("", _("Nothing")), *Requirement.Kind.choices], required=False),
        "amount": CountField(
            label=_("How much or how many"),
            help_text=_("Kroner for a turnover, years in business, or how many references."),
            required=False,
        ),
        "whom": LineField(label=_("References from whom"), help_text=_("Only for references."), max_length=120, required=False),
        "text": WordsField(label=_("The requirement, word for word"), max_words=80, rows=2, required=False),
        "why": WordsField(label=_("Why it is needed"), help_text=_("It is announced."), max_words=80, rows=2, required=False),
        "proof": LineField(
            label=_("How it is shown"),
            help_text=_("Ask for as little as you can. Nothing we can find ourselves."),
            max_length=200,
            required=False,
        ),
    }  # fmt: skip
