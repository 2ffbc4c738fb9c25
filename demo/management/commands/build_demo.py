"""manage.py build_demo: the demo world, played through by the real commands."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import clock
from demo import queries
from demo.world.building import build_world

FRESH_FOR = timedelta(days=7)


class Command(BaseCommand):
    help = "Build the demo world. With --if-missing nothing is done when it is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-missing", action="store_true")

    def handle(self, *_args: Any, if_missing: bool, **_options: Any) -> None:
        built = queries.built_at()
        if built is None:
            build_world()
            return
        if not if_missing:
            raise CommandError("There is a demo world already. `make demo-reset` removes it, and the next `make demo` builds it anew.")
        age = clock.now() - built
        if age > FRESH_FOR:
            self.stdout.write(
                f"The demo world is {age.days} days old, and its dates with it. `make demo-reset` lets the next start build it anew."
            )
