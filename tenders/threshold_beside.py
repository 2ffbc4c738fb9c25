"""Two announcements beside each other: what the threshold check says of each, and what it costs to take part."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import wording
from tenders.documents import EFFORT, LEARNED, announcement_content
from tenders.models import Tender, ThresholdFinding
from tenders.threshold.check import Check, check_of
from tenders.threshold.draft import Draft, Finding, Rule
from tenders.threshold.effort import FEW, MANY, Effort, effort_of, hours_said
from tenders.threshold.marked import lix_of
from tenders.threshold.rules import RULES

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Side:
    """One of the two. The hours of both are counted with the usual figures, so that they can be compared."""

    tender: Tender
    check: Check
    effort: Effort

    @property
    def draft(self) -> Draft:
        return self.check.draft

    @property
    def number(self) -> int:
        """How many findings bite, those that stand with a reason too."""
        return len(self.check.unanswered) + len(self.check.kept)

    def bites(self, rule: Rule) -> list[tuple[Finding, ThresholdFinding | None]]:
        """Where the rule bites, and the reason when it stands with one."""
        open_ones: list[tuple[Finding, ThresholdFinding | None]] = [(one, None) for one in self.check.unanswered if one.rule == rule]
        return [*open_ones, *((one, row) for one, row in self.check.kept if one.rule == rule)]


@dataclass(frozen=True)
class Row:
    """A label, and what each of the two has there."""

    label: "_StrOrPromise"
    sides: list[str]


@dataclass(frozen=True)
class Both:
    """One rule, and where it bites in each of the two."""

    rule: Rule
    sides: list[tuple[Tender, list[tuple[Finding, ThresholdFinding | None]]]]


@dataclass(frozen=True)
class Beside:
    """`both` are the rules that bite in one of them at least, the gravest first."""

    sides: list[Side]
    both: list[Both]
    figures: list[Row]


def beside(tenders: list[Tender], *, at: datetime) -> Beside:
    """Each of them as it stands at `at`."""
    sides = [_side(one, at) for one in tenders]
    both = [Both(rule, [(side.tender, side.bites(rule)) for side in sides]) for rule in RULES]
    return Beside(
        sides,
        [one for one in both if any(found for _tender, found in one.sides)],
        [Row(label, [figure(side) for side in sides]) for label, figure in _FIGURES],
    )


def _side(tender: Tender, at: datetime) -> Side:
    content = announcement_content(tender)
    by_the_same = {name: value for name, value in content.items() if name not in (*EFFORT, *LEARNED)}
    return Side(tender, check_of(tender, content, at=at), effort_of(by_the_same))


def _days(side: Side) -> str:
    closes = side.draft.closes_on
    return str((closes - side.draft.opens_on).days) if closes else "–"


def _expects(of: int) -> Callable[[Side], str]:
    return lambda side: wording.money(side.effort.chance(of).value)


_FIGURES: "list[tuple[_StrOrPromise, Callable[[Side], str]]]" = [
    (_("Findings"), lambda side: str(side.number)),
    (_("Hours to take part, by the usual figures"), lambda side: hours_said(side.effort.hours)),
    (_("What they cost"), lambda side: wording.money(side.effort.cost)),
    (_("One of 10 can expect"), _expects(FEW)),
    (_("One of 56 can expect"), _expects(MANY)),
    (_("Words asked for"), lambda side: wording.number(Decimal(side.draft.first["words"]))),
    (_("Requirements"), lambda side: str(len(side.draft.requirements))),
    (_("Days from the announcement to the deadline"), _days),
    (_("LIX"), lambda side: str(lix_of(side.draft))),
]
