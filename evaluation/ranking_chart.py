"""The pictures of the ranking: where every point stands on its line, as per cents of the width. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from evaluation.ranking import Ranked, Trial

LEFT, RIGHT = Decimal(3), Decimal(97)
LADDER = 3  # so many after the last place are shown in the ladder


@dataclass(frozen=True)
class Scale:
    """From the lowest point shown to the highest, in whole points."""

    low: int
    high: int

    def at(self, value: Decimal | int) -> str:
        share = (Decimal(value) - self.low) / (self.high - self.low)
        return _percent(LEFT + share * (RIGHT - LEFT))

    @property
    def marks(self) -> list[tuple[str, int]]:
        """Where each whole point stands; every second one when there would be more than seven."""
        step = 1 if self.high - self.low <= 6 else 2
        return [(self.at(value), value) for value in range(self.low, self.high + 1, step)]


def scale_of(rows: Sequence[Ranked]) -> Scale:
    shown = [total for row in rows for total in row.totals] or [Decimal(0)]
    low = floor(min(shown))
    return Scale(low, max(ceil(max(shown)), low + 1))


@dataclass(frozen=True)
class Spread:
    """One sketch: a dot for each sheet, the range between them, and a tick at the mean."""

    dots: list[str]
    start: str
    end: str
    mean: str


def spread_of(row: Ranked, scale: Scale) -> Spread:
    dots = [scale.at(total) for total in row.totals]
    return Spread(dots, dots[0], dots[-1], scale.at(row.total))


@dataclass(frozen=True)
class Rung:
    """One sketch in the ladder: its place, and the best and the worst in the trials. All at the same scale."""

    row: Ranked
    best: int
    worst: int
    place: str
    best_at: str
    worst_at: str
    ranks: list[int]

    @property
    def firm(self) -> bool:
        return self.best == self.worst == self.row.rank


@dataclass(frozen=True)
class Ladder:
    """Those in the places and the next three, with the line between in and out."""

    rungs: list[Rung]
    marks: list[tuple[str, int]]
    cut: str


def ladder_of(rows: Sequence[Ranked], trials: Sequence[Trial], places: int) -> Ladder:
    shown = rows[: places + LADDER]
    ranks = {row.submission_id: [trial.ranks[row.submission_id] for trial in trials] for row in shown}
    columns = max([1, len(shown), *(row.rank for row in shown), *(place for found in ranks.values() for place in found)])
    step = ceil(columns / 8)
    return Ladder(
        rungs=[_rung(row, ranks[row.submission_id], columns) for row in shown],
        marks=[(_column(place, columns), place) for place in range(1, columns + 1, step)],
        cut=_percent(Decimal(places) / columns * 100) if places < columns else "",
    )


def _rung(row: Ranked, ranks: list[int], columns: int) -> Rung:
    best, worst = min([row.rank, *ranks]), max([row.rank, *ranks])
    return Rung(row, best, worst, _column(row.rank, columns), _column(best, columns), _column(worst, columns), ranks)


def _column(place: int, columns: int) -> str:
    return _percent((Decimal(place) - Decimal("0.5")) / columns * 100)


def _percent(value: Decimal) -> str:
    return f"{value:.2f}%"
