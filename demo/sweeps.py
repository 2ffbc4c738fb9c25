"""Runs every job that has a timetable once, here and now. The jobs are known by name from the timetable itself."""

from functools import cache

from celery import Celery
from celery.app import app_or_default

MAIL_ROOM = "letters."


@cache
def _app_with_jobs() -> Celery:
    app = app_or_default()
    app.loader.import_default_modules()
    return app


def sweep_names() -> list[str]:
    """In the order of the timetable, with the mail room last: what the others have to tell goes at once."""
    return sorted(app_or_default().conf.beat_schedule, key=lambda name: name.startswith(MAIL_ROOM))


def run_sweeps() -> None:
    """A job that fails does so here, where one sees it."""
    jobs = _app_with_jobs().tasks
    for name in sweep_names():
        jobs[name]()
