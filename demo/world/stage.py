"""The play: scenes with a time each, and those who stand on the stage."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import Organisation, User
from demo.clock_shift import Rehearsal
from demo.sweeps import run_sweeps
from demo.world.calendar import Calendar
from tenders.models import Approval, Stage, Tender

Act = Callable[[datetime], object]


class Play:
    """Scenes are written in any order and played in the order of time, with every due job after each loud one."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.people: dict[str, User] = {}
        self.organisations: dict[str, Organisation] = {}
        self.tenders: dict[str, Tender] = {}
        self._scenes: list[tuple[datetime, int, Act, bool]] = []

    def scene(self, at: datetime, act: Act, *, quiet: bool = False) -> None:
        """Let `act`, called with its time, happen at `at`. Refuses what has not happened yet (ValueError).

        After a quiet one no job is run: nothing waits for it, and the next scene's jobs are soon enough.
        """
        if at >= self.calendar.now:
            raise ValueError(f"A scene at {at} lies ahead of the day the world is built.")
        self._scenes.append((at, len(self._scenes), act, quiet))

    def perform(self, rehearsal: Rehearsal, print_letters: Callable[[], None]) -> None:
        for at, _no, act, quiet in sorted(self._scenes, key=lambda scene: scene[:2]):
            rehearsal.stand_at(at)
            act(at)
            if not quiet:
                print_letters()
                run_sweeps()

    def stage(self, tender: str, no: int = 1) -> Stage:
        return self.tenders[tender].stages.get(no=no)

    def waiting(self, tender: str, what: Approval.What) -> Approval:
        """What Arne is to decide in the tender."""
        return Approval.objects.get(tender=self.tenders[tender], what=what, approved_at=None, returned_at=None)

    def representative(self, organisation: str) -> User:
        return self.organisations[organisation].registered_by
