"""An answer to a supplier in words, made of the facts of the letter, in the language that is active. Looks at no clock, asks no database.

The page and the paper are both made of this, so they can't say two things.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.local_time import oslo_day
from accounts.number_words import number_word
from accounts.page_parts import Tag
from evaluation.complaint_rules import kofa_fee_on
from evaluation.decision_charts import Bar, bars
from evaluation.price_words import price_sentence
from evaluation.rejection_grounds import GROUNDS
from evaluation.standstill import Standstill

SELECTED, NOT_SELECTED, REJECTED = "selected", "not_selected", "rejected"
Facts = dict[str, Any]


@dataclass(frozen=True)
class Rung:
    """A described level; `state` is «below», «me», «above» (the next one) or «»."""

    name: str
    points: str
    state: str


@dataclass(frozen=True)
class CriterionCard:
    """One criterion: the points, where they stand on the ladder, what the next level asks, and how all the others did.

    Of a price: `by_price`, the sentence that says how it gave its points, and neither ladder nor bars.
    """

    no: int
    name: str
    points: str
    scale: int
    weight: str
    gives: str
    level: str
    ladder: list[Rung]
    next_level: str
    next_text: str
    bars: list[Bar]
    by_price: str = ""


@dataclass(frozen=True)
class Winner:
    name: str
    total: str
    ground: str


@dataclass(frozen=True)
class DecisionLetter:
    """The whole answer. `standstill` counts from the release; on paper from the day it was written, and the text says so."""

    outcome: str
    tag: Tag
    heading: str
    lead: str
    grounds: str
    rejected_for: str
    total: str
    cards: list[CriterionCard]
    winners: list[Winner]
    winners_span: str
    facts: Facts
    standstill: Standstill
    kofa_fee: str

    @classmethod
    def of(cls, facts: Facts, *, written_at: datetime, released_at: datetime | None = None) -> "DecisionLetter":
        standstill = Standstill.counted_from(released_at or written_at, facts["standstill_days"])
        points = facts.get("points", {})
        rejected = GROUNDS.get(facts.get("ground", ""))
        return cls(
            outcome=facts["outcome"],
            tag=_tag(facts["outcome"]),
            heading=_heading(facts),
            lead=_lead(facts),
            grounds=facts["grounds"],
            rejected_for=f"{rejected.name} ({rejected.rule})." if rejected else "",
            total=_number(facts.get("total", "")),
            cards=[_card(one, points[str(one["no"])], facts) for one in facts["criteria"] if str(one["no"]) in points],
            winners=[Winner(name, _number(total), ground) for name, total, ground in facts["winners"]],
            winners_span=_span([total for _name, total, _ground in facts["winners"] if total]),
            facts=facts,
            standstill=standstill,
            kofa_fee=wording.money(kofa_fee_on(oslo_day(written_at))),
        )

    @property
    def scale(self) -> int:
        return max(card.scale for card in self.cards)

    @property
    def pays_each(self) -> str:
        return wording.money(Decimal(self.facts["pays_each"]))

    @property
    def pays(self) -> bool:
        """Nobody is paid for being in a framework agreement."""
        return Decimal(self.facts["pays_each"]) > 0

    @property
    def last_day(self) -> date:
        return self.standstill.last_day

    @property
    def handed_in(self) -> datetime:
        return datetime.fromisoformat(self.facts["handed_in"])

    @property
    def winners_heading(self) -> str:
        if self.facts["last"]:
            return _("Who was selected")
        text = ngettext("The one that goes on", "The %(number)s that go on", len(self.winners))
        return text % {"number": number_word(len(self.winners))}

    @property
    def judged_by(self) -> str:
        judges = self.facts["judges"]
        if self.facts["blind"]:
            text = ngettext(
                "One person read it without knowing who you are.", "%(number)s people read it without knowing who you are.", judges
            )
        else:
            text = ngettext("One person judged it.", "%(number)s people judged it.", judges)
        said = text % {"number": number_word(judges)}
        return said[0].upper() + said[1:]

    @property
    def spread_text(self) -> str:
        judged = self.facts["judged"]
        return ngettext(
            "The bars show how many points the one that was judged got.",
            "The bars show how many of the %(number)d that were judged got each number of points. Nobody else sees which one is yours.",
            judged,
        ) % {"number": judged}


def _tag(outcome: str) -> Tag:
    if outcome == SELECTED:
        return Tag(_("Selected"), "success", "CheckmarkCircle")
    return Tag(_("Rejected")) if outcome == REJECTED else Tag(_("Not selected"))


def _heading(facts: Facts) -> str:
    if facts["outcome"] == REJECTED:
        return _("What you handed in was rejected")
    if facts["outcome"] == SELECTED:
        return _("Your solution was selected") if facts["last"] else _("Your sketch goes on")
    return _("Another solution was selected") if facts["last"] else _("Your sketch did not go on")


def _lead(facts: Facts) -> str:
    numbers = {"received": number_word(facts["received"]), "places": _places(facts), "rank": facts.get("rank", "")}
    if facts["outcome"] == REJECTED:
        return _("Thank you for what you handed in. We can't judge it, and below stands why.")
    if facts["outcome"] == SELECTED:
        text = _("We received %(received)s and could select %(places)s. Yours came in place %(rank)s. Below stands what happens now.")
        return text % numbers
    if not facts.get("rank"):
        return _("Thank you for what you handed in. We received %(received)s and could select %(places)s.") % numbers
    return (
        _(
            "Thank you for what you handed in. We received %(received)s and could select %(places)s. Yours came in place %(rank)s."
            " Below stand the points, why the panel gave them, and what would have given more."
        )
        % numbers
    )


def _places(facts: Facts) -> str:
    """How many could be selected; and how many were, when a place stays empty: who came next wants to know."""
    places, chosen = number_word(facts["places"]), len(facts["winners"])
    if not 0 < chosen < facts["places"]:
        return places
    return _("%(places)s, but selected %(chosen)s") % {"places": places, "chosen": number_word(chosen)}


def _card(criterion: Facts, points: str, facts: Facts) -> CriterionCard:
    got, weight = Decimal(points), Decimal(criterion["weight"])
    whole = int(got.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    levels = criterion["levels"]
    mine = next((no for no, (lowest, highest, _name, _text) in enumerate(levels) if lowest <= whole <= highest), None)
    following = levels[mine + 1] if mine is not None and mine + 1 < len(levels) else None
    return CriterionCard(
        no=criterion["no"],
        name=criterion["name"],
        points=_number(points),
        scale=criterion["scale_max"],
        weight=wording.percent(weight, 0 if weight == weight.to_integral_value() else 2),
        gives=wording.number(got * weight / 100, 2),
        level=levels[mine][2] if mine is not None else "",
        ladder=[_rung(level, no, mine) for no, level in enumerate(levels)],
        next_level=following[2] if following else "",
        next_text=following[3] if following else "",
        bars=bars(criterion["spread"], mine=whole) if levels else [],
        by_price=_by_price(criterion, got, facts),
    )


def _by_price(criterion: Facts, points: Decimal, facts: Facts) -> str:
    formula, scale = criterion.get("formula"), criterion["scale_max"]
    if not formula:
        return ""
    return price_sentence(formula, Decimal(facts["price"]), Decimal(facts["lowest_price"]), points, scale=scale)


def _rung(level: tuple[int, int, str, str], no: int, mine: int | None) -> Rung:
    lowest, highest, name, _text = level
    points = str(lowest) if lowest == highest else f"{lowest}–{highest}"
    if mine is None:
        return Rung(name, points, "")
    return Rung(name, points, "below" if no < mine else "me" if no == mine else "above" if no == mine + 1 else "")


def _number(value: str) -> str:
    return wording.number(Decimal(value), 2) if value else ""


def _span(totals: list[str]) -> str:
    """«7,92 til 8,57», or the one there is."""
    if not totals:
        return ""
    low, high = min(map(Decimal, totals)), max(map(Decimal, totals))
    if low == high:
        return wording.number(low, 2)
    return _("%(low)s to %(high)s") % {"low": wording.number(low, 2), "high": wording.number(high, 2)}
