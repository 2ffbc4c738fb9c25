"""What the template pack under templates/aksel/ needs to know about a field, and the fields in Aksel's classes."""

from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

from accounts.fields import MoneyField

register = template.Library()

_CLASSES = (
    (forms.CheckboxInput, "aksel-checkbox__input"),
    (forms.Select, "aksel-select__input aksel-body-short"),
    (forms.Textarea, "aksel-textarea__input aksel-body-long"),
    (forms.FileInput, "nv-file-input"),
    (forms.Widget, "aksel-text-field__input aksel-body-short"),
)


@register.filter
def kind(field: BoundField) -> str:
    """Which template draws the field: «checkbox», «radios», «checkboxes», «several», «select», «textarea», «file», «money» or «text»."""
    widget = field.field.widget
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.MultiWidget, "several"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
    )
    if isinstance(field.field, MoneyField) and field.field.unit:
        return "money"
    return next((name for widget_class, name in kinds if isinstance(widget, widget_class)), "text")


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input itself: in Aksel's classes, pointing to error, hint and word meter, without placeholder."""
    return field.as_widget(attrs=_attributes(field, field.field.widget))


def _attributes(field: BoundField, widget: forms.Widget) -> dict[str, str | bool]:
    """Class and description; what the form itself says stays."""
    classes = [next(classes for widget_class, classes in _CLASSES if isinstance(widget, widget_class))]
    if isinstance(widget, forms.DateInput | forms.TimeInput):
        classes.append("is-short")
    if widget.attrs.get("autocomplete") == "one-time-code":
        classes.append("is-code")
    attributes: dict[str, str | bool] = {"class": " ".join([*classes, widget.attrs.get("class", "")]).strip()}
    if described := described_by(field):
        attributes["aria-describedby"] = described
    if field.errors:
        attributes["aria-invalid"] = "true"
    widget.attrs.pop("placeholder", None)
    return attributes


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of what explains a field: its error first, then its hint, then its word meter."""
    known = [
        f"{field.auto_id}_error" if field.errors else "",
        f"{field.auto_id}_helptext" if field.help_text else "",
        f"{field.auto_id}_words" if "data-words" in field.field.widget.attrs else "",
    ]
    return " ".join(name for name in known if name)


@register.simple_tag
def choice(option: BoundWidget) -> SafeString:
    """One radio button or check box of a group, in Aksel's classes."""
    radio = option.data["type"] == "radio"
    option.data["attrs"]["class"] = "aksel-radio__input" if radio else "aksel-checkbox__input"
    return option.tag()


@dataclass(frozen=True)
class Part:
    """One of several inputs that make one field."""

    label: str
    html: SafeString


@register.filter
def several(field: BoundField) -> list[Part]:
    """The inputs of a field of several, each with its own label."""
    widget = field.field.widget
    if not isinstance(widget, forms.MultiWidget):
        raise TypeError("Only a field of several inputs has parts.")
    described = {key: value for key, value in _attributes(field, widget).items() if key.startswith("aria-")}
    drawn = widget.get_context(field.html_name, field.value(), {"id": field.auto_id} | described)["widget"]["subwidgets"]
    return [_part(field, source, part) for part, source in zip(drawn, widget.widgets, strict=True)]


def _part(field: BoundField, source: forms.Widget, drawn: dict[str, Any]) -> Part:
    attributes = drawn["attrs"] | _attributes(field, source)
    attributes.pop("aria-label", None)
    html = source.render(drawn["name"], drawn["value"], attributes, renderer=field.form.renderer)
    return Part(str(drawn.get("label", "")), html)


@register.filter
def has_words(attributes: dict[str, str]) -> bool:
    """Whether the words of this input are counted."""
    return "data-words" in attributes


@register.filter
def words_limit(attributes: dict[str, str]) -> int:
    """How many words this input takes."""
    return int(attributes["data-words"])
