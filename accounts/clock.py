"""The only place that looks at a clock. The demo may shift it; everything else is handed `at`."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone


def _no_shift() -> timedelta:
    return timedelta(0)


_shift: Callable[[], timedelta] = _no_shift


def now() -> datetime:
    """The time that counts: UTC, aware, with microseconds."""
    return timezone.now() + _shift()


def seconds_from_database() -> float | None:
    """How far this machine's own clock is from the database's; None when the database is a file on this machine."""
    if connection.vendor != "postgresql":
        return None
    here = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        there = float(cursor.fetchone()[0])
    return there - here.timestamp()


def shift_with(source: Callable[[], timedelta]) -> None:
    """Let `source` say how far the clock is moved. Called once, by the demo."""
    global _shift
    _shift = source
