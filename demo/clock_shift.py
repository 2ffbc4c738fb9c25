"""How far the demo's clock is ahead: read from its row once, and kept until somebody moves it.

Imported before the models are there, so the model is asked for by name.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.apps import apps

from accounts import clock

_lock = threading.Lock()
_kept: timedelta | None = None
_moves = 0


def current_shift() -> timedelta:
    """Never negative: the clock only goes forward."""
    global _kept
    kept, moves = _kept, _moves
    if kept is None:
        row = apps.get_model("demo", "ClockShift").objects.filter(pk=1).first()
        kept = timedelta(seconds=row.seconds if row else 0)
        with _lock:
            # somebody who moved the clock meanwhile has the last word
            if moves == _moves:
                _kept = kept
    return kept


def forget_shift() -> None:
    """The row has changed: the next one who asks reads it again."""
    global _kept, _moves
    with _lock:
        _kept, _moves = None, _moves + 1


class Rehearsal:
    """The clock of a world that is being built."""

    def __init__(self) -> None:
        self.shift = timedelta(0)

    def stand_at(self, at: datetime) -> None:
        """From here on the clock goes on from `at`."""
        self.shift += at - clock.now()


@contextmanager
def rehearsing() -> Iterator[Rehearsal]:
    """While the demo world is played through, the clock shows the time of the scene; afterwards it is the demo's again."""
    rehearsal = Rehearsal()
    clock.shift_with(lambda: rehearsal.shift)
    try:
        yield rehearsal
    finally:
        clock.shift_with(current_shift)
