"""Form fields for what people in Norway write: amounts, moments and organisation numbers. They check text only."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts import organisation_number
from accounts.local_time import OSLO, LocalTimeRefused, oslo

LARGEST_AMOUNT = Decimal("999999999.99")
FIRST_YEAR = 2000
LAST_YEAR = 2099

_MINUS_SIGNS = ("-", "\u2212", "\u2013")
_AnyField = TypeVar("_AnyField", bound=forms.Field)
_AMOUNT = re.compile(r"(?P<kroner>[0-9]+)(?:[.,](?P<decimals>[0-9]*))?")


def field_of(form: forms.BaseForm, name: str, kind: type[_AnyField]) -> _AnyField:
    """A field of the form as what it is, to set its choices for the case at hand. TypeError when it is of another kind."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is no {kind.__name__}")
    return field


def show_instead(form: forms.BaseForm, values: Mapping[str, str]) -> None:
    """Let the form show these in place of what was typed in them, for the person to look at and send again."""
    typed = QueryDict(mutable=True)
    typed.update(form.data)
    for name, value in values.items():
        typed[name] = value
    form.data = typed


class MoneyField(forms.Field):
    """An amount in kroner as `Decimal` with two places. Reads «50 000», «50 000,50», «50000.5», «50 000 kr» and «50 000,-».

    Refuses what is negative, 0 unless `zero_allowed`, more exact than a whole øre, or above 999 999 999.99.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    # Stands after the box
    unit = "kr"
    default_error_messages = {
        "required": _("Write the amount in kroner, for example 50 000."),
        "not_an_amount": _("Write the amount in kroner with digits only, for example 50 000 or 50 000,50."),
        "negative": _("Write an amount that is not below 0."),
        "zero": _("Write an amount above 0."),
        "decimals": _("Write a space between the thousands and at most two digits after the comma, for example 50 000 or 50 000,50."),
        "too_large": _("Write at most 999 999 999,99."),
    }

    def __init__(self, *, zero_allowed: bool = False, **kwargs: Any) -> None:
        self.zero_allowed = zero_allowed
        super().__init__(**kwargs)

    def to_python(self, value: object) -> Decimal | None:
        if value in self.empty_values:
            return None
        written = "".join(str(value).split()).lower().removeprefix("kr").removesuffix("kr").removesuffix(",-")
        if written.startswith(_MINUS_SIGNS) and _AMOUNT.fullmatch(written[1:]):
            raise self._refusal("negative")
        found = _AMOUNT.fullmatch(written)
        if found is None:
            raise self._refusal("not_an_amount")
        kroner, decimals = found["kroner"], found["decimals"] or ""
        if len(decimals) > 2:
            raise self._refusal("decimals")
        if len(kroner.lstrip("0")) > 9:
            raise self._refusal("too_large")
        return Decimal(f"{kroner}.{decimals:0<2}")

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value == 0 and not self.zero_allowed:
            raise self._refusal("zero")

    def prepare_value(self, value: object) -> object:
        """An amount as people write it, with a comma and spaces that do not break: «50 000,50», «50 000»."""
        if not isinstance(value, Decimal):
            return value
        written = f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
        return written.removesuffix(",00")

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True

    def _refusal(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


class OrganisationNumberField(forms.CharField):
    """An organisation number as nine digits. Says whether it is well-formed, which is not the same as existing."""

    default_error_messages = {
        "required": _("Write the organisation number, nine digits."),
        "digits": _("Write nine digits, for example 889 640 782."),
        "series": _("Check the first digit. Organisation numbers begin with 8 or 9."),
        "check_digit": _("Check the digits. At least one of them is wrong, or two have changed places."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Nine digits. We see here whether the number is written correctly, not whether it exists."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: object) -> str:
        return organisation_number.without_spaces(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            problem = self._problem(value)
            if problem:
                raise ValidationError(self.error_messages[problem], code=problem)

    def prepare_value(self, value: object) -> object:
        if isinstance(value, str) and organisation_number.has_nine_digits(value):
            return organisation_number.in_threes(value)
        return value

    def has_changed(self, initial: object, data: object) -> bool:
        return self.to_python(initial) != self.to_python(data)

    @staticmethod
    def _problem(number: str) -> str:
        if not organisation_number.has_nine_digits(number):
            return "digits"
        allow_synthetic = bool(settings.DEMO)
        if not organisation_number.has_right_series(number, allow_synthetic=allow_synthetic):
            return "series"
        return "" if organisation_number.has_right_check_digit(number) else "check_digit"


class DayField(forms.DateField):
    """A day, as the browser writes it or as «13.10.2026», from 2000 to 2099."""

    widget = forms.DateInput
    input_formats = ["%Y-%m-%d", "%d.%m.%Y"]
    default_error_messages = {
        "required": _("Write a date."),
        "invalid": _("Write a date that exists, for example 13.10.2026."),
        "year": _("Write a year from 2000 to 2099."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(input_formats=self.input_formats, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year")


class LocalMomentWidget(forms.MultiWidget):
    """A date field and a time field side by side. In the template each subwidget carries its own `label`."""

    labels = {"date": _("Date"), "time": _("Time")}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: object) -> Sequence[date | time | None]:
        if not isinstance(value, datetime):
            return [None, None]
        local = value.astimezone(OSLO)
        return [local.date(), local.time()]

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.labels.values(), strict=True):
            part["label"] = label
            # The names of the two fields must reach people also where a template draws the inputs only.
            part["attrs"].setdefault("aria-label", label)
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Any]:
        values = super().value_from_datadict(data, files, name)
        return [value.strip() if isinstance(value, str) else value for value in values]


class LocalMomentField(forms.MultiValueField):
    """A day and a time of day in Norway as one aware `datetime`, to the minute.

    Refuses the hour that the clocks skip in March and the one that comes twice in October.
    """

    widget = LocalMomentWidget
    default_error_messages = {
        "required": _("Write both date and time."),
        "incomplete": _("Write both date and time."),
        "date": _("Write a date that exists, for example 13.10.2026."),
        "time": _("Write the time as hours and minutes, for example 12.00."),
        "year": _("Write a year from 2000 to 2099."),
    }

    def __init__(self, **kwargs: Any) -> None:
        said = self.default_error_messages | (kwargs.get("error_messages") or {})
        parts = (
            forms.DateField(input_formats=["%Y-%m-%d", "%d.%m.%Y"], error_messages={"invalid": said["date"]}),
            forms.TimeField(input_formats=["%H:%M", "%H.%M"], error_messages={"invalid": said["time"]}),
        )
        super().__init__(parts, **kwargs)

    def compress(self, data_list: Sequence[Any]) -> datetime | None:
        day, at = data_list or (None, None)
        if not day and not at:
            return None
        if not isinstance(day, date) or not isinstance(at, time):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year")
        try:
            return oslo(day, at)
        except LocalTimeRefused as refused:
            raise ValidationError(refused.reason, code="clock_change") from refused
