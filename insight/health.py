"""Is this process ready to serve? Each check says what is wrong in a short word for the one who runs it."""

from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from accounts import clock
from letters import pdf
from letters.queries import stuck_letters

MAX_OFFSET_SECONDS = 1.0


@dataclass(frozen=True)
class Check:
    """`required` ones decide whether requests should come here; the others are told to the one who looks."""

    name: str
    ok: bool
    says: str
    required: bool = True


def checks() -> list[Check]:
    """All of them; what needs the database is left out when there is none."""
    database = _database()
    found = [database, _pdf(), _redis()]
    if not database.ok:
        return found
    return [*found, *(check() for check in (_migrations, _clock_offset, _stuck_letters))]


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Check("database", False, type(error).__name__)
    return Check("database", True, connection.vendor)


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Check("migrations", not missing, f"{len(missing)} to apply" if missing else "all applied")


def _pdf() -> Check:
    works = pdf.available()
    return Check("pdf", works, "made here" if works else "Pango is missing: letters are shown as pages")


def _redis() -> Check:
    """A hint only: when it is away mail is late, and nothing else."""
    if not settings.CELERY_BROKER_URL.startswith("redis"):
        return Check("redis", True, "not used here", required=False)
    address = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://")
    try:
        with redis.Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1) as client:
            client.ping()
    except redis.RedisError as error:
        return Check("redis", False, type(error).__name__, required=False)
    return Check("redis", True, "answers", required=False)


def _clock_offset() -> Check:
    """Deadlines are decided by this machine's clock; the database's must not say something else."""
    offset = clock.seconds_from_database()
    if offset is None:
        return Check("clock", True, "the database is on this machine")
    return Check("clock", abs(offset) <= MAX_OFFSET_SECONDS, f"{abs(offset):.3f} s from the database")


def _stuck_letters() -> Check:
    """A person must look at them; turning requests away would help nobody."""
    stuck = stuck_letters().count()
    return Check("letters", not stuck, f"{stuck} need a person" if stuck else "none stuck", required=False)
