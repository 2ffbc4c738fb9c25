"""The small chart of a criterion: how many got each whole number of points. x in per cent, so that text keeps its size. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

BASE, HIGHEST = 90, 58  # pixels from the top to the axis, and of the tallest bar
_FILLED = 0.8  # how much of its room a bar takes


@dataclass(frozen=True)
class Bar:
    """A bar of `count` at `points`; places are texts, for no language may put a comma in them."""

    points: int
    count: int
    mine: bool
    x: str
    width: str
    middle: str
    y: int
    height: int


def bars(spread: Sequence[int], *, mine: int) -> list[Bar]:
    """One for each number of points; one that is empty is a line, so that the row is whole."""
    room, most = 100 / len(spread), max(1, *spread)
    made = []
    for points, count in enumerate(spread):
        height = max(1, round(HIGHEST * count / most))
        x, width, middle = (f"{value:.2f}%" for value in (room * (points + (1 - _FILLED) / 2), room * _FILLED, room * (points + 0.5)))
        made.append(Bar(points, count, points == mine, x, width, middle, BASE - height, height))
    return made
