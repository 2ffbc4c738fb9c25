"""Requirements as one section of the draft gives them: by number, each whole or not at all."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import wording
from tenders.models import Requirement
from tenders.readiness import Missing

PARTS = ("kind", "amount", "whom", "text", "why", "proof")
Given = dict[str, Any]


def given_requirements(standing: Sequence[Requirement], values: dict[str, Any]) -> dict[int, Given]:
    """What stands with what is given on top, by number; those with nothing in them are left out. Takes the names out of `values`."""
    given: dict[int, Given] = {one.no: {part: getattr(one, part) for part in PARTS} for one in standing}
    for name in list(values):
        part, _underscore, no = name.rpartition("_")
        if part in PARTS and no.isdigit():
            given.setdefault(int(no), {})[part] = values.pop(name)
    return {no: one for no, one in sorted(given.items()) if any(one.values())}


def missing_in_requirements(given: dict[int, Given]) -> Iterator[Missing]:
    """A requirement says what it is, what it asks and why, and how much where that is counted."""
    for no, one in given.items():
        if not one.get("kind"):
            yield Missing("requirements", f"kind_{no}", _("Choose what kind of requirement it is, or empty all its fields."))
        if one.get("kind") in Requirement.COUNTED and not one.get("amount"):
            yield Missing("requirements", f"amount_{no}", _("Write how much or how many you require."))
        if one.get("kind") in (Requirement.Kind.YEARS, Requirement.Kind.REFERENCES) and (one.get("amount") or 0) % 1:
            yield Missing("requirements", f"amount_{no}", _("Write a whole number."))
        if not (one.get("text") or "").strip():
            yield Missing("requirements", f"text_{no}", _("Write what you require, as those who take part will read it."))
        if not (one.get("why") or "").strip():
            yield Missing("requirements", f"why_{no}", _("Write why it is needed. The ground is announced."))


def amount_words(kind: str, amount: Decimal | None) -> str:
    """«10 000 000 kr», «3»; «» without an amount."""
    if amount is None:
        return ""
    return wording.money(amount) if kind == Requirement.Kind.TURNOVER else f"{Decimal(amount).normalize():f}"
