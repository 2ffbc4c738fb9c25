"""Starts a throw-away PostgreSQL and Redis before Django reads its settings; loaded by `-p tests.services` in pyproject.toml.

PostgreSQL: NYVEI_TEST_DATABASE_URL when given, else Debian's newest, else the one on PATH, else SQLite with the races skipped.
NYVEI_TEST_ENGINE=sqlite chooses SQLite and runs the tests marked `engine`.
"""

import atexit
import contextlib
import ctypes
import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import psycopg2
import pytest

from config.texts import compile_all

OURS = (
    "SECRET_KEY",
    "APPLICATION_KEY",
    "SERVER_SEALING_KEY",
    "RECEIPT_SIGNING_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "REDIS_URL",
    "MEDIA_ROOT",
)
CHOSEN = "NYVEI_TEST_CHOSEN"  # what the controller chose, for the workers and the header


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Runs before pytest-django loads the settings. Workers inherit the controller's environment."""
    if CHOSEN not in os.environ or "PYTEST_XDIST_WORKER" not in os.environ:
        compile_all()
        for name in OURS:
            os.environ.pop(name, None)
        os.environ |= {"NYVEI_DEMO": os.environ.get("NYVEI_DEMO", "1"), "NYVEI_PRODUCTION": "0"}
        os.environ[CHOSEN] = start_all()
    else:
        # A sweep removes every file that its own database does not know
        os.environ["MEDIA_ROOT"] += "/" + os.environ["PYTEST_XDIST_WORKER"]
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("NYVEI_TEST_ENGINE") == "sqlite" and not config.option.markexpr:
        config.option.markexpr = "engine"


def pytest_report_header() -> str:
    return f"nyvei: {os.environ[CHOSEN]}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ["DATABASE_URL"].startswith("sqlite"):
        for item in items:
            if "races" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="races are decided by PostgreSQL, and this run has none"))


def start_all() -> str:
    """Start what there is and set the environment for the settings; returns one line saying what was chosen."""
    home = Path(tempfile.mkdtemp(prefix="nv", dir=tempfile.gettempdir() if len(tempfile.gettempdir()) < 40 else "/tmp"))
    home.chmod(0o711)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    (home / "files").mkdir()
    os.environ["MEDIA_ROOT"] = str(home / "files")
    return f"{start_database(home)}; {start_redis(home)}"


def start_database(home: Path) -> str:
    given, engine = os.environ.get("NYVEI_TEST_DATABASE_URL"), os.environ.get("NYVEI_TEST_ENGINE", "")
    if engine not in {"", "sqlite", "postgresql"}:
        raise pytest.UsageError(f"NYVEI_TEST_ENGINE is {engine!r}; use sqlite or postgresql.")
    if given:
        os.environ["DATABASE_URL"] = given
        return "PostgreSQL of NYVEI_TEST_DATABASE_URL"
    programs = postgresql_programs()
    if engine != "sqlite" and programs:
        os.environ["DATABASE_URL"] = start_postgresql(programs, owned_folder(home / "pg"))
        return f"own PostgreSQL of {programs}"
    if engine == "postgresql":
        raise pytest.UsageError("No PostgreSQL was found. On Debian: apt-get install postgresql")
    os.environ["DATABASE_URL"] = "sqlite:///:memory:"
    return (
        "SQLite, as asked" if engine else "SQLite, because no PostgreSQL was found (Debian: apt-get install postgresql); races are skipped"
    )


def postgresql_programs() -> Path | None:
    """The folder with initdb and postgres: Debian's newest, else the one on PATH."""
    debian = [Path(name).parent for name in glob.glob("/usr/lib/postgresql/*/bin/initdb")]
    if debian:
        return max(debian, key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def start_postgresql(programs: Path, folder: Path) -> str:
    data = folder / "data"
    quiet = [programs / "initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"]
    made = subprocess.run(quiet, cwd=folder, capture_output=True, text=True, check=False, **as_service())
    if made.returncode:
        raise pytest.UsageError(f"initdb failed: {made.stderr}")
    fast = [part for name in ("fsync", "synchronous_commit", "full_page_writes") for part in ("-c", f"{name}=off")]
    launch([programs / "postgres", "-D", data, "-k", folder, "-h", "", "-c", "max_connections=200", *fast], folder, signal.SIGINT)
    wait_until(lambda: psycopg2.connect(host=str(folder), user="test", dbname="postgres").close(), folder / "log", "PostgreSQL")
    return f"postgresql://test@/nyvei?host={folder}"


def start_redis(home: Path) -> str:
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if not program:
        return "no Redis was found (Debian: apt-get install redis-server), its tests are skipped"
    folder = owned_folder(home / "r")
    sock = folder / "r.sock"
    launch([program, "--port", "0", "--unixsocket", sock, "--unixsocketperm", "777", "--save", "", "--dir", folder], folder, signal.SIGTERM)
    wait_until(sock.stat, folder / "log", "Redis")
    os.environ["REDIS_URL"] = f"redis+socket://{sock}"
    return f"own Redis of {program}"


def service_user() -> pwd.struct_passwd | None:
    """Servers refuse to run as root: postgres runs them then, else nobody."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres")
    return pwd.getpwnam("nobody")


def as_service() -> dict[str, object]:
    user = service_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def owned_folder(path: Path) -> Path:
    path.mkdir()
    user = service_user()
    if user:
        os.chown(path, user.pw_uid, user.pw_gid)
    return path


def end_with_parent() -> None:
    """Linux: the server is told to stop when this run is killed without a chance to say so itself."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def launch(command: list[object], folder: Path, stop_with: signal.Signals) -> None:
    """Start a server out of reach of Ctrl-C and stop it when this process ends."""
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,
            **as_service(),
        )

    def stop() -> None:
        server.send_signal(stop_with)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()

    atexit.register(stop)


def wait_until(try_it, log: Path, name: str) -> None:
    """Try for 30 seconds; then show the server's own words."""
    for _ in range(600):
        with contextlib.suppress(psycopg2.OperationalError, FileNotFoundError):
            try_it()
            return
        time.sleep(0.05)
    raise pytest.UsageError(f"{name} did not start:\n{log.read_text(errors='replace')[-2000:]}")
