"""The only place that looks at a clock. The demo may shift it; everything else is handed `at`."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone


def _no_shift() -> timedelta:
    return timedelta(0)


_shift: Callable[[], timedelta] = _no_shift


def now() -> datetime:
    """The time that counts: UTC, aware, with microseconds."""
    return timezone.now() + _shift()


def machine_now() -> datetime:
    """This machine's own time, not moved by the demo: for comparing it with the database's."""
    return timezone.now()


def shift_with(source: Callable[[], timedelta]) -> None:
    """Let `source` say how far the clock is moved. Called once, by the demo."""
    global _shift
    _shift = source
