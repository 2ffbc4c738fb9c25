"""The road of a tender: what lies behind, where we are, what lies ahead. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts import page_parts
from accounts.work import Progress, RoadStep


def road(steps: Sequence[RoadStep]) -> list[page_parts.RoadStep]:
    """The stops as ui/road.html draws them. When no desk says «now», it is the first stop that is not behind us."""
    here = place_of(steps)
    return [
        page_parts.RoadStep(str(step.label), str(step.note), "now" if no == here else "done" if no < here else "next")
        for no, step in enumerate(steps)
    ]


def place_of(steps: Sequence[RoadStep]) -> int:
    """Where we are, counted from 0; as many as there are stops when the whole road is behind us."""
    for wanted in (Progress.NOW, Progress.NEXT):
        for no, step in enumerate(steps):
            if step.progress == wanted:
                return no
    return len(steps)


@dataclass(frozen=True)
class HowFar:
    """For ui/bar.html: this step's number of so many, and what it is called."""

    done: int
    total: int
    text: str


def how_far(steps: Sequence[RoadStep], *, passed: int = 0) -> HowFar:
    """`passed`: stops behind us that the road does not show any more, so that the count stays the same through a life."""
    here = min(place_of(steps), len(steps) - 1)
    return HowFar(passed + here + 1, passed + len(steps), str(steps[here].label))
