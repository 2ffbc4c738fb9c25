"""manage.py sweep: every job once, here and now, without a broker."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.celery import SWEEPS, app

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run every job of the schedule once and say how long each took. Needs no broker. Exit 1 when one failed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        app.loader.import_default_modules()
        failed = []
        for name in SWEEPS:
            began = time.monotonic()
            try:
                app.tasks[name]()
            except Exception:
                # The other jobs are not this one's fault: they run, and the failure is told with its trace and at the end
                log.exception("%s failed", name)
                failed.append(name)
            self.stdout.write(f"{name}: {time.monotonic() - began:.2f} s{' FAILED' if name in failed else ''}")
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}")
