"""What the pieces under templates/ui/ need: icons, and the words of accounts.wording as filters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar
from uuid import uuid4
from xml.etree import ElementTree

from django import forms, template
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Page
from django.template.base import NodeList, Parser, Token
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts import organisation_number, wording, words
from accounts.number_words import number_word

register = template.Library()
T = TypeVar("T")

_SVG = "{http://www.w3.org/2000/svg}"
_ICON_NAME = re.compile(r"[A-Za-z]{2,60}")
_PATH_DATA = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9\s,.+-]+")
_FILL_RULES = {"evenodd", "nonzero"}

register.filter("money", wording.money)
register.filter("number", wording.number)
register.filter("in_words", number_word)
register.filter("percent", wording.percent)
register.filter("size", wording.size)
register.filter("day", wording.day)
register.filter("day_without_year", wording.day_without_year)
register.filter("short_day", wording.short_day)
register.filter("short_day_with_year", wording.short_day_with_year)
register.filter("clock_time", wording.clock_time)
register.filter("moment", wording.moment)
register.filter("deadline", wording.deadline)
register.filter("moment_seconds", wording.moment_seconds)
register.filter("machine_time", wording.machine_time)
register.filter("time_left", wording.time_left)
register.filter("fingerprint_lines", wording.fingerprint_lines)
register.filter("count_words", words.count_words)
register.filter("in_threes", organisation_number.in_threes)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """The drawing of that name from static/vendor/icons, hidden from screen readers. ImproperlyConfigured when there is none."""
    return format_html('<svg class="nv-icon{}" viewBox="{}" aria-hidden="true">{}</svg>', f" {extra}" if extra else "", *_drawing(name))


@cache
def _drawing(name: str) -> tuple[str, SafeString]:
    """View box and paths of an icon, written anew from what was read: only paths, only their data."""
    if not _ICON_NAME.fullmatch(name):
        raise ImproperlyConfigured(f"«{name}» cannot be the name of an icon.")
    found = finders.find(f"vendor/icons/{name}.svg")
    if not found:
        raise ImproperlyConfigured(f"The icon «{name}» is not in static/vendor/icons. Fetch the look again, or use another name.")
    root = ElementTree.fromstring(Path(str(found)).read_bytes())  # noqa: S314  files fetched at set-up, held to committed sums
    paths = (_path(element, name) for element in root.iter(f"{_SVG}path"))
    drawing = format_html_join("", '<path fill-rule="{0}" clip-rule="{0}" d="{1}" fill="currentColor"/>', paths)
    return root.get("viewBox", "0 0 24 24"), drawing


def _path(element: ElementTree.Element, name: str) -> tuple[str, str]:
    """Fill rule and data of one path."""
    data, rule = element.get("d", ""), element.get("fill-rule", "nonzero")
    if not _PATH_DATA.fullmatch(data) or rule not in _FILL_RULES:
        raise ImproperlyConfigured(f"The icon «{name}» holds more than a drawing.")
    return rule, data


@register.filter
def fingerprint(value: str) -> SafeString:
    """Groups of four, four groups to the line."""
    return linebreaksbr("\n".join(wording.fingerprint_lines(value)))


@register.simple_tag
def fresh_token() -> str:
    """A token that no form has had before; see accounts.commands.answer_once."""
    return str(uuid4())


@register.filter
def steps(done: int, total: int) -> list[str]:
    """For ui/bar.html: «done» for the steps behind, «now» for this one, «next» for the rest."""
    return ["done" if step < done else "now" if step == done else "next" for step in range(1, int(total) + 1)]


@register.filter
def minus(value: Decimal | int, other: Decimal | int) -> Decimal | int:
    """The difference, as a whole number when it is one."""
    difference = Decimal(value) - Decimal(other)
    return int(difference) if difference == difference.to_integral_value() else difference


@dataclass(frozen=True)
class Mistake:
    """One line of the error summary: what to say, and the element it is about («» for the form as a whole)."""

    target: str
    text: str


@register.filter
def mistakes(form: forms.BaseForm) -> list[Mistake]:
    """Every error of a form in the order of its fields, each naming its field once (by `form.short_labels`, where it has them)."""
    return [*(Mistake("", str(error)) for error in form.non_field_errors()), *_field_mistakes(form)]


def _field_mistakes(form: forms.BaseForm) -> Iterator[Mistake]:
    short_labels = getattr(form, "short_labels", {})
    for field in form:
        label = str(short_labels.get(field.name, field.label)).rstrip("?:. ")
        for error in map(str, field.errors):
            text = error if label.lower() in error.lower() else gettext("%(field)s: %(error)s") % {"field": label, "error": error}
            yield Mistake(field.id_for_label or field.auto_id, text)


class CaptureNode(template.Node):
    """Renders its contents into a variable, so that a piece can be given more than plain text."""

    def __init__(self, name: str, contents: NodeList) -> None:
        self.name = name
        self.contents = contents

    def render(self, context: template.Context) -> str:
        context[self.name] = self.contents.render(context)
        return ""


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture lead %}…{% endcapture %}`, then `{% include "ui/page_head.html" with lead=lead only %}`."""
    _, *names = token.split_contents()
    if len(names) != 1:
        raise template.TemplateSyntaxError("capture takes one name.")
    contents = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(names[0], contents)


@register.filter
def nth(values: Sequence[T], place: int) -> T:
    """The value at that place, counted from 0."""
    return values[place]


@register.filter
def page_numbers(page: Page[object]) -> list[int | None]:
    """The numbers ui/pagination.html shows: first, last and those around this page; None where some are left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]
