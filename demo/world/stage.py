"""The play: scenes with a time each, and those who stand on the stage."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import Organisation, User
from demo.clock_shift import Rehearsal
from demo.sweeps import run_sweeps
from demo.world.calendar import Calendar
from tenders.models import Stage, Tender

Act = Callable[[datetime], object]


class Play:
    """Scenes are written in any order and played in the order of time, with every due job after each."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.people: dict[str, User] = {}
        self.organisations: dict[str, Organisation] = {}
        self.tenders: dict[str, Tender] = {}
        self._scenes: list[tuple[datetime, int, Act]] = []

    def scene(self, at: datetime, act: Act) -> None:
        """Let `act`, called with its time, happen at `at`. Refuses what has not happened yet (ValueError)."""
        if at >= self.calendar.now:
            raise ValueError(f"A scene at {at} lies ahead of the day the world is built.")
        self._scenes.append((at, len(self._scenes), act))

    def perform(self, rehearsal: Rehearsal) -> None:
        for at, _no, act in sorted(self._scenes, key=lambda scene: scene[:2]):
            rehearsal.stand_at(at)
            act(at)
            run_sweeps()

    def first_stage(self, tender: str) -> Stage:
        return self.tenders[tender].stages.get(no=1)

    def representative(self, organisation: str) -> User:
        return self.organisations[organisation].registered_by
