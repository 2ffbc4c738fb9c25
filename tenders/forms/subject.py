"""What is bought: CPV codes, chosen one by one from what a search finds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenders.cpv import CpvCode, cpv_codes, shown
from tenders.forms.section import SectionForm

_UNKNOWN = _("There is no such code in the list. Choose one that the search finds.")


class CodesField(forms.MultipleChoiceField):
    """CPV codes in their order, the main one first."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"invalid_choice": _UNKNOWN}

    def valid_value(self, value: Any) -> bool:
        return value in cpv_codes()

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])


class SubjectForm(SectionForm):
    """The codes as the page showed them, and one thing to do with one of them: add it, make it the main one, or remove it."""

    cpv = CodesField(label=_("CPV codes"), required=False)

    def stored(self) -> dict[str, Any]:
        return {"cpv": [one.code for one in self.tender.cpv_choices.all()]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "cpv" not in cleaned:
            return cleaned
        codes = list(dict.fromkeys(cleaned["cpv"]))
        for do, done in (("add", _added), ("main", _first), ("remove", _removed)):
            if code := self.data.get(do, ""):
                if code not in cpv_codes():
                    raise forms.ValidationError(_UNKNOWN)
                codes = done(codes, code)
        return {**cleaned, "cpv": codes}

    @property
    def stays(self) -> bool:
        """One code was chosen or removed; there may be more to choose."""
        return any(name in self.data for name in ("add", "main", "remove"))

    @property
    def chosen(self) -> list[CpvCode]:
        """What is stored, with labels."""
        return shown(self.initial["cpv"])


def _added(codes: list[str], code: str) -> list[str]:
    return codes if code in codes else [*codes, code]


def _first(codes: list[str], code: str) -> list[str]:
    return [code, *_removed(codes, code)]


def _removed(codes: list[str], code: str) -> list[str]:
    return [one for one in codes if one != code]
