"""Somebody moves the demo's clock."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from demo.clock_shift import forget_shift
from demo.models import ClockShift


@command
def move_clock(*, seconds: int, seen: int | None = None, by: User, at: datetime) -> None:
    """Put the clock `seconds` further ahead. `seen` is how far ahead it was on the page, so that two presses count once.

    Refused backwards: what has happened has happened.
    """
    if seconds < 0:
        raise Refused(_("The clock only goes forward."))
    ClockShift.objects.get_or_create(pk=1)
    shift = ClockShift.objects.select_for_update().get(pk=1)
    if seen is not None and seen != shift.seconds:
        raise Refused(_("The clock has been moved since you opened the page. Look at the time, and press again if you still want to."))
    shift.seconds += seconds
    shift.save(update_fields=["seconds"])
    journal.record("demo.clock_moved", by=by, at=at, stream="demo", facts={"seconds": seconds})
    transaction.on_commit(forget_shift)
