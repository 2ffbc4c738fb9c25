"""manage.py sweep: every job once, here and now, without a broker."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from config.celery import SWEEPS, app


class Command(BaseCommand):
    help = "Run every job of the schedule once, in order, and say how long each took. Needs neither Redis nor a worker."

    def handle(self, *_args: Any, **_options: Any) -> None:
        app.loader.import_default_modules()
        for name in SWEEPS:
            began = time.monotonic()
            app.tasks[name]()
            self.stdout.write(f"{name}: {time.monotonic() - began:.2f} s")
