"""Builds the demo world: the whole play in one transaction, so that half a world is never left."""

from datetime import datetime

from django.db import transaction

from accounts import clock, journal
from accounts.models import User
from demo.clock_shift import rehearsing
from demo.printing import printers
from demo.queries import BUILT
from demo.world.calendar import Calendar
from demo.world.script import write_play


def build_world() -> datetime:
    """Play everything that has happened by now. Returns the time the world was built."""
    now = clock.now()
    play = write_play(Calendar(now))
    with transaction.atomic(), rehearsing() as rehearsal, printers() as print_letters:
        play.perform(rehearsal, print_letters)
        rehearsal.stand_at(now)
        journal.record(BUILT, by=User.clock(), at=now, stream="demo", facts={"tenders": len(play.tenders)})
    return now
