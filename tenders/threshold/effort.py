"""What it costs to take part, from what is asked: hours, kroner, and what can be won for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts import wording
from tenders.documents import Content
from tenders.estimated_value import excluding_vat
from tenders.rules import versions
from tenders.threshold.data import effort_figures
from tenders.threshold.reading import words_in

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

QUARTER = Decimal("0.25")


def hours_said(value: Decimal) -> str:
    """«9», «9,5», «9,25»."""
    return wording.number(value, max(0, -int(value.normalize().as_tuple().exponent)))


_hours_text = lazy(hours_said, str)
_number = lazy(wording.number, str)
# How many may take part: as few as ten, or as many as the 56 of 2021
FEW, MANY = 10, 56
TEXT = ("read_words", "written_words")


@dataclass(frozen=True)
class Line:
    """One part of the work: what is counted, the hours of it to the quarter, and the figure they come from («»: what was learned)."""

    label: "_StrOrPromise"
    counted: "_StrOrPromise"
    hours: Decimal
    figure: str = ""


@dataclass(frozen=True)
class Chance:
    """What one of so many can expect: all that the stages pay, shared by those who take part. Kroner."""

    of: int
    value: Decimal
    cost: Decimal

    @property
    def pays(self) -> bool:
        return self.value >= self.cost


@dataclass(frozen=True)
class Effort:
    """For the stage that everybody meets. `planned` is what all stages pay excl. VAT, `expected` how many may take part."""

    lines: list[Line]
    hourly: Decimal
    planned: Decimal
    expected: int

    @property
    def hours(self) -> Decimal:
        return sum((line.hours for line in self.lines), Decimal(0))

    @property
    def text_hours(self) -> Decimal:
        """Reading and writing by the figures alone, without what earlier tenders taught."""
        return sum((line.hours for line in self.lines if line.figure in TEXT), Decimal(0))

    @property
    def other_hours(self) -> Decimal:
        return sum((line.hours for line in self.lines if line.figure and line.figure not in TEXT), Decimal(0))

    @property
    def about(self) -> int:
        """Whole hours, for those who read it in passing."""
        return max(1, int(self.hours.quantize(Decimal(1), ROUND_HALF_UP)))

    @property
    def cost(self) -> Decimal:
        return (self.hours * self.hourly).quantize(Decimal(1), ROUND_HALF_UP)

    @property
    def chances(self) -> list[Chance]:
        """One of few, one of many, and one of those that are expected."""
        return [self.chance(of) for of in sorted({FEW, MANY, self.expected})]

    def chance(self, of: int) -> Chance:
        return Chance(of, (self.planned / of).quantize(Decimal(1), ROUND_HALF_UP), self.cost)


_EACH = (("proof", _("Get certificates")), ("attachment", _("Make attachments")), ("meeting", _("Meetings and presentations")))


def effort_of(content: Content) -> Effort:
    """Counted by the figures of the data, and by those that the tender has of its own."""
    used = {name: one.value for name, one in effort_figures().items()} | dict(_own(content))
    lines = [line for line in _lines(content, used) if line.hours]
    lines += _learned(content, lines)
    return Effort(lines, used["hourly"], _planned(content), int(content.get("effort_expected", MANY)))


def _planned(content: Content) -> Decimal:
    """What all stages pay, without VAT: a supplier does not keep that."""
    planned = sum((Decimal(stage["pays_in_all"]) for stage in content["stages"]), Decimal(0))
    return excluding_vat(planned, content["vat_basis"], versions()[-1].vat_rate).quantize(Decimal(1), ROUND_HALF_UP)


def _own(content: Content) -> Iterator[tuple[str, Decimal]]:
    for name, own in (("hourly", "effort_hourly"), ("written_words", "effort_words")):
        if own in content:
            yield name, Decimal(content[own])


def _lines(content: Content, used: dict[str, Decimal]) -> Iterator[Line]:
    first, required = content["stages"][0], content.get("requirements", [])
    read, written = len(words_in(_all_text(content))), first["words"]
    yield Line(_("Read the announcement"), _words(read, used["read_words"]), _quarters(read / used["read_words"]), "read_words")
    yield Line(_("Write the answers"), _words(written, used["written_words"]), _quarters(written / used["written_words"]), "written_words")
    if first.get("price"):
        yield Line(_("Calculate a price"), "", used["price"], "price")
    for kind, label in _EACH:
        count = sum(one["kind"] == kind for one in required)
        yield Line(label, _each(count, used[kind]), count * used[kind], kind)
    references = sum(int(one["amount"] or 1) for one in required if one["kind"] == "references")
    yield Line(_("Get references"), _each(references, used["reference"]), references * used["reference"], "reference")
    others = sum(one["kind"] in {"turnover", "years", "premises", "other"} for one in required)
    yield Line(_("Show that other requirements are met"), _each(others, used["other"]), others * used["other"], "other")
    yield Line(_("Sign up and hand in"), "", used["register"], "register")


def _learned(content: Content, lines: list[Line]) -> Iterator[Line]:
    """What suppliers have used more, or less, on reading and writing than the lines before it say."""
    factor = Decimal(content.get("effort_factor", 1))
    counted = sum((line.hours for line in lines if line.figure in TEXT), Decimal(0))
    more = (counted * (factor - 1) / QUARTER).to_integral_value(ROUND_HALF_UP) * QUARTER
    if more:
        tenders = content["effort_tenders"]
        said = ngettext_lazy(
            "reading and writing: {factor} times as long, in {tenders} earlier tender",
            "reading and writing: {factor} times as long, in {tenders} earlier tenders",
            tenders,
        )
        said = format_lazy(said, factor=_hours_text(factor), tenders=tenders)
        yield Line(_("What suppliers have said that it took"), said, more)


def _words(count: int, pace: Decimal) -> Any:
    return format_lazy(_("{count} words, {pace} in the hour"), count=_number(count), pace=_number(pace))


def _each(count: int, hours: Decimal) -> Any:
    return format_lazy(_("{count}, each {hours} h"), count=count, hours=_hours_text(hours))


def _quarters(hours: Decimal) -> Decimal:
    """To the quarter, upwards."""
    return (hours / QUARTER).to_integral_value(ROUND_CEILING) * QUARTER


def _all_text(content: Content) -> str:
    """What one reads before deciding: texts, questions, criteria and levels."""
    texts = [value for value in content.values() if isinstance(value, str)]
    for stage in content["stages"]:
        texts += [stage["delivers"], *(f"{one['label']} {one['hint']}" for one in stage["fields"])]
        for one in stage["criteria"]:
            texts += [one["name"], one["question"], *(level["text"] for level in one["levels"])]
    return "\n".join([*texts, *(one["text"] for one in content.get("requirements", []))])
