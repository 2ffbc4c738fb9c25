"""The ranking, pure and exact: fractions all the way, rounded only when shown.

A sketch's points on a criterion are the mean of its sheets, and its total is the sum of those times their weights over 100.
Equal totals: most points on the criterion that weighs most, then on the next one; of equal weights the first one in the
announcement. When every criterion is equal too, they share the place.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

Points = Mapping[int, Decimal]
WHOLE = 100
SHIFT = 5


@dataclass(frozen=True)
class Marks:
    """What counts for one sketch: the points and the total of every sheet that is locked and not void. At least one."""

    submission_id: UUID
    code_name: str
    number: int
    points: Sequence[Points]
    totals: Sequence[Decimal]


@dataclass(frozen=True)
class Ranked:
    """One sketch in its place. `tied`: another one has exactly the same total, whatever decides between them."""

    submission_id: UUID
    code_name: str
    number: int
    rank: int
    total: Decimal
    means: dict[int, Decimal]
    totals: list[Decimal]
    tied: bool
    exact: Fraction = field(repr=False, default=Fraction(0))
    exact_means: dict[int, Fraction] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class Trial:
    """The places when one weight is `shift` points more (or less) and the others give way in proportion."""

    criterion: int
    shift: int
    ranks: dict[UUID, int]


def total_of(points: Points, weights: Mapping[int, Decimal]) -> Decimal:
    """The total of one sheet, exact: points have two decimals at most and weights two, so the sum over 100 has six at most."""
    return sum((points[no] * weight for no, weight in weights.items()), Decimal(0)) / WHOLE


def means_of(points: Sequence[Points], weights: Iterable[int]) -> dict[int, Fraction]:
    return {no: sum((Fraction(sheet[no]) for sheet in points), Fraction(0)) / len(points) for no in weights}


def tie_order(weights: Mapping[int, Decimal]) -> list[int]:
    """Criteria as they decide between equal totals: the heaviest first, then by their number."""
    return sorted(weights, key=lambda no: (-weights[no], no))


def rank(marks: Sequence[Marks], weights: Mapping[int, Decimal]) -> list[Ranked]:
    """The best first; those who share a place by their number."""
    means = {mark.submission_id: means_of(mark.points, weights) for mark in marks}
    exact = {number: Fraction(weight) for number, weight in weights.items()}
    totals = {key: _weighed(mean, exact) for key, mean in means.items()}
    places = _places(means, exact, tie_order(weights))
    shared = _shared(totals.values())
    found = [
        Ranked(
            submission_id=mark.submission_id,
            code_name=mark.code_name,
            number=mark.number,
            rank=places[mark.submission_id],
            total=as_decimal(totals[mark.submission_id]),
            means={no: as_decimal(mean) for no, mean in means[mark.submission_id].items()},
            totals=sorted(mark.totals),
            tied=totals[mark.submission_id] in shared,
            exact=totals[mark.submission_id],
            exact_means=means[mark.submission_id],
        )
        for mark in marks
    ]
    return sorted(found, key=lambda row: (row.rank, row.number))


def trials(ranked: Sequence[Ranked], weights: Mapping[int, Decimal]) -> list[Trial]:
    """Each weight five points up and five down, never outside 0 to 100. None when there is one criterion only."""
    means = {row.submission_id: row.exact_means for row in ranked}
    order = tie_order(weights)
    return [
        Trial(no, shift, _places(means, moved_weights(weights, no, shift), order))
        for no in weights
        for shift in (SHIFT, -SHIFT)
        if len(weights) > 1
    ]


def moved_weights(weights: Mapping[int, Decimal], no: int, shift: int) -> dict[int, Fraction]:
    """One weight moved; the others keep their proportions to each other, and the sum stays 100."""
    old = Fraction(weights[no])
    new = min(max(old + shift, Fraction(0)), Fraction(WHOLE))
    others = (WHOLE - new) / (WHOLE - old)
    return {other: new if other == no else Fraction(weight) * others for other, weight in weights.items()}


def as_decimal(value: Fraction) -> Decimal:
    """Exact when the fraction ends; else to 28 figures, far beyond what is shown."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def follows_ranking(chosen: Sequence[Ranked], able: Sequence[Ranked]) -> bool:
    """Whether everybody who is chosen ranks before everybody who is not. A tie at the border is a choice, and takes a reason."""
    passed_over = [row.rank for row in able if row not in chosen]
    return not chosen or not passed_over or max(row.rank for row in chosen) < min(passed_over)


def _weighed(means: Mapping[int, Fraction], weights: Mapping[int, Fraction]) -> Fraction:
    return sum((means[no] * weight for no, weight in weights.items()), Fraction(0)) / WHOLE


def _places(means: Mapping[UUID, Mapping[int, Fraction]], weights: Mapping[int, Fraction], order: Sequence[int]) -> dict[UUID, int]:
    """Place by key. Those with the same total and the same points on every criterion share one, and the next is left out."""
    standing = {key: (_weighed(mean, weights), *(mean[no] for no in order)) for key, mean in means.items()}
    first: dict[tuple[Fraction, ...], int] = {}
    for place, value in enumerate(sorted(standing.values(), reverse=True), 1):
        first.setdefault(value, place)
    return {key: first[value] for key, value in standing.items()}


def _shared(totals: Iterable[Fraction]) -> set[Fraction]:
    return {total for total, times in Counter(totals).items() if times > 1}
