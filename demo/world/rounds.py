"""One round of judging: from the opening of a stage to the decision, step for step, as far as it has come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from demo.world import panel, scores, selections, tenders
from demo.world.calendar import after
from demo.world.scores import Judged
from demo.world.stage import Play
from demo.world.submissions import Place
from tenders.working_days import first_signing_day

# Days from the deadline
QUICK = {"declare": 1, "check": 2, "score": 3, "close": 8, "propose": 9, "grounds": 10, "approve": 12}
FOR_56 = {"declare": 1, "check": 4, "score": 6, "close": 27, "propose": 30, "grounds": 31, "approve": 34}


@dataclass(frozen=True)
class Round:
    """`judged` are those who are let in. `but`: who gives no points to whom."""

    place: Place
    closes: datetime
    judged: Sequence[Judged]
    merits: selections.Merits = field(default_factory=dict)
    pace: dict[str, int] = field(default_factory=lambda: QUICK)
    rejected: str = ""
    ties: panel.Ties | None = None
    but: Sequence[tuple[str, str]] = ()
    letters_left: int = 0

    def day(self, step: str) -> date:
        """Always a working day, and never before the one of an earlier step."""
        return after(self.closes.date(), self.pace[step])

    @property
    def over(self) -> date:
        """The first working day on which the stage may be settled: the standstill is over."""
        return after(first_signing_day(self.day("approve"), 10), 0)


def write_round(play: Play, one: Round, until: str) -> None:
    """Everything up to and including the step `until`. The opening is always there."""
    tenders.write_deadline(play, one.closes)
    tenders.write_opening(play, one.place, one.closes)
    steps: dict[str, Callable[[date], None]] = {
        "declare": lambda day: panel.write_declarations(play, one.place, day, one.ties),
        "check": lambda day: panel.write_checks(play, one.place, day, one.rejected),
        "score": lambda day: scores.write_scores(play, one.place, one.judged, day, one.but),
        "close": lambda day: scores.write_closing(play, one.place, day),
        "propose": lambda day: selections.write_selection(play, one.place, one.merits, day),
        "grounds": lambda day: selections.write_letters(play, one.place, day, one.letters_left),
        "approve": lambda day: selections.write_approval(play, one.place, day),
    }
    for step, write in steps.items():
        if until == "open":
            return
        write(one.day(step))
        if step == until:
            return
