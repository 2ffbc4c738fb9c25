"""Fields of the announcement's forms: one line of text, and a weight."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import words_field


class LineField(words_field.LineField):
    """One line of the announcement."""

    default_error_messages = {"required": _("Write an answer here.")}


class WeightField(forms.DecimalField):
    """Per cent, with comma or point; above 0 and at most 100, with at most two decimals."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        said = _("Write a weight above 0 and at most 100, for example 25 or 12,5.")
        codes = ["required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"]
        messages = dict.fromkeys(codes, said)
        super().__init__(min_value=Decimal("0.01"), max_value=100, max_digits=5, decimal_places=2, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace(",", ".").rstrip("% ") if value not in self.empty_values else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value
