"""Which part of the procurement rules follows from a value, on a day. The limits are dated data in `tenders/data/rules/`.

A version holds from its first day until its last one. It is never changed once a tender has been announced under it: what has changed is a
new version. How an administrator adds one stands in docs/runbook.md.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.refused import Refused

DATA = Path(__file__).parent / "data" / "rules"


class Part(models.TextChoices):
    """Of anskaffelsesforskriften; or none of it."""

    OUTSIDE = "outside", _("Outside the Procurement Act")
    PART_1 = "part_1", _("Part I")
    PART_2 = "part_2", _("Part II")
    PART_3 = "part_3", _("Part III")
    PART_4 = "part_4", _("Part IV")
    RESEARCH = "research", _("Research and development, exempt from the Procurement Act")


@dataclass(frozen=True)
class Rung:
    """From this value in kroner excl. VAT on this part applies, until the next rung."""

    least: Decimal
    part: Part
    paragraph: str


@dataclass(frozen=True)
class Source:
    law: str
    paragraph: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Rules:
    """One version. `until` is its last day, None while it holds; `name` is its first day; `vat_rate` is per cent."""

    first: date
    until: date | None
    vat_rate: Decimal
    ladders: dict[str, tuple[Rung, ...]]
    research_codes: frozenset[str]
    references: dict[str, str]
    sentences: dict[str, str]
    sources: tuple[Source, ...]

    @property
    def name(self) -> str:
        return self.first.isoformat()

    def ladder(self, kind: str, *, state: bool) -> tuple[Rung, ...]:
        """The rungs for a kind of service; what is not the state has limits of its own where the rules say so."""
        return self.ladders[kind] if state else self.ladders.get(f"{kind}_not_state", self.ladders[kind])


@dataclass(frozen=True)
class Reached:
    """The rung that a value stands on, and the next limit («None»: there is none)."""

    rung: Rung
    below: Decimal | None


def reached(value: Decimal, ladder: tuple[Rung, ...]) -> Reached:
    """A value that is exactly a limit has reached it."""
    no = max(no for no, rung in enumerate(ladder) if rung.least <= value)
    return Reached(ladder[no], ladder[no + 1].least if no + 1 < len(ladder) else None)


@cache
def versions() -> tuple[Rules, ...]:
    """Every version, the oldest first."""
    return tuple(_read(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(DATA.glob("*.json")))


def rules_on(day: date) -> Rules:
    """The version in force. Refused on a day that none of them reaches."""
    for rules in versions():
        if rules.first <= day and (rules.until is None or day <= rules.until):
            return rules
    raise Refused(_("The limits of the procurement rules are not known for this day. Ask an administrator to add them."))


def _read(given: dict[str, Any]) -> Rules:
    return Rules(
        first=date.fromisoformat(given["from"]),
        until=date.fromisoformat(given["until"]) if given["until"] else None,
        vat_rate=Decimal(given["vat_rate"]),
        ladders={
            kind: tuple(Rung(Decimal(one["from"]), Part(one["part"]), one["paragraph"]) for one in rungs)
            for kind, rungs in given["ladders"].items()
        },
        research_codes=frozenset(given["research_codes"]),
        references=given["references"],
        sentences=given["sentences"],
        sources=tuple(Source(**one) for one in given["sources"]),
    )
