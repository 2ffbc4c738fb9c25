"""manage.py serve_demo: the whole of Nyvei in one process. Web in the main thread, jobs and their timetable in threads."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import waitress
from celery.app import app_or_default
from celery.beat import Scheduler, Service
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.core.servers.basehttp import get_internal_wsgi_application
from django.utils import translation

from demo.people import PEOPLE

LARGEST_BODY = 64 * 1024 * 1024


class Command(BaseCommand):
    help = "Migrate, build the demo world if there is none, and serve it with worker and beat in this one process."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_args: Any, port: int, **_options: Any) -> None:
        with self.step("brought the database up to date"):
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        with self.step("demo world is there"):
            call_command("build_demo", if_missing=True)
        with self.step("loaded the pages"):
            Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
            application = get_internal_wsgi_application()
        signal.signal(signal.SIGTERM, leave)
        with jobs():
            self.welcome(port)
            # bodies stay in memory up to the largest one taken: nothing unsealed touches the disk
            waitress.serve(
                application,
                host="127.0.0.1",
                port=port,
                threads=8,
                ident=None,
                _quiet=True,
                inbuf_overflow=LARGEST_BODY,
                max_request_body_size=LARGEST_BODY,
            )

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.stdout.write(f"{time.monotonic() - began:6.1f} s  {name}")

    def welcome(self, port: int) -> None:
        """Print the address and who one can be."""
        self.stdout.write(f"\nNyvei runs at http://localhost:{port}/   Ctrl-C ends it.")
        self.stdout.write(f"Become any of these people with a click at http://localhost:{port}/demo/\n\n")
        with translation.override("en"):
            for person in PEOPLE:
                self.stdout.write(f"  {person.name:<24} {person.role_text:<46} {person.email}")
        self.stdout.write("")


@contextmanager
def jobs() -> Iterator[None]:
    """Worker and beat as threads over the memory transport, stopped in order at the end."""
    app = app_or_default()
    # not the worker of the command line: that one takes over signals and logging
    worker = app.WorkController(
        pool="threads", concurrency=2, hostname="demo@%h", without_gossip=True, without_mingle=True, without_heartbeat=True
    )
    beat = Service(app, max_interval=1, scheduler_cls=Scheduler)
    for name, target in (("worker", worker.start), ("beat", beat.start)):
        threading.Thread(target=target, name=name, daemon=True).start()
    try:
        yield
    finally:
        beat.stop()
        worker.stop()


def leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
