#!/usr/bin/env python3
"""Starts Nyvei on a machine that has nothing but Python 3.11: `python3 run.py help`. Uses the standard library only."""

import base64
import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys


def newer_python() -> None:
    """Go on with a Python of at least 3.11, or say that one is needed."""
    for minor in range(11, 20):
        found = shutil.which("python3." + str(minor))
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found] + sys.argv)  # noqa: S606 - parsed by an older Python too
    sys.exit("Nyvei needs Python 3.11 or newer; this is %s. On Debian: apt-get install python3" % sys.version.split()[0])  # noqa: UP031


if sys.version_info < (3, 11):  # noqa: UP036 - this file is the first thing an older Python meets
    newer_python()

from launcher.debian import install_for_tests  # noqa: E402
from launcher.environment import PYTHON, VENV, make_environment  # noqa: E402
from launcher.look import fetch_look  # noqa: E402
from launcher.steps import ROOT, Stop, become, run, step, variables  # noqa: E402

HELP = """\
python3 run.py VERB        (or: make VERB)

  demo          makes the environment and the demo world, starts web, worker and beat; PORT=8010 chooses the port
  test [...]    installs what tests need, starts their own PostgreSQL and Redis, runs pytest with your arguments
  check         style, types, import directions, migrations, translations, drawings, deploy check
  races [...]   the races between requests, long series, on PostgreSQL
  demo-reset    forgets the demo world; the next demo builds it anew
  help          this text

  vendor --update   after a change of package.json or static/vendor.txt: writes static/vendor.sha256 anew
"""


def prepare(lock: str) -> None:
    """Environment, look and texts, each only when something changed."""
    make_environment(lock)
    fetch_look()
    with step("compiled texts"):
        run(PYTHON, "-m", "config.texts", "compile", otherwise="A catalog cannot be read; the message above names it.")


def demo(*_: str) -> None:
    """Start everything in one process on SQLite and the memory transport."""
    port = free_port()
    prepare("requirements.txt")
    for name in ("NYVEI_PRODUCTION", "REDIS_URL"):
        os.environ.pop(name, None)
    address, database = f"http://localhost:{port}", "sqlite:///var/demo.sqlite3"
    become(PYTHON, "manage.py", "serve_demo", "--port", port, NYVEI_DEMO="1", SITE_URL=address, DATABASE_URL=database)


def free_port() -> int:
    """PORT when given, else the first free one from 8000."""
    given = os.environ.get("PORT", "")
    if given and not (given.isdecimal() and 0 < int(given) < 65_536):
        raise Stop(f"PORT is {given!r}. Set it to a number from 1 to 65535, for instance PORT=8010.")
    for port in [int(given)] if given else range(8000, 8100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise Stop(
        f"Port {given} is taken or not allowed. Choose another, for instance PORT=8010, or leave PORT out."
        if given
        else "Every port from 8000 to 8099 is taken. Choose one, for instance PORT=9000."
    )


def test(*arguments: str) -> None:
    """Run pytest; its summary and exit code are ours."""
    install_for_tests()
    prepare("requirements-dev.txt")
    chosen = any(part.startswith(("-n", "--numprocesses")) for part in arguments)
    # A file stays on one worker, so that its world is built once; in order, so that browsers come last
    workers = [] if chosen else ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    become(PYTHON, "-m", "pytest", *workers, *arguments)


def races(*arguments: str) -> None:
    """Run the race tests in a long series: 50 rounds of each race instead of a few."""
    install_for_tests()
    prepare("requirements-dev.txt")
    become(PYTHON, "-m", "pytest", "tests/races", "-m", "races", *arguments, NYVEI_RACE_ROUNDS="50")


def check(*_: str) -> None:
    """Run every check, also after one has failed; exit code 1 when any failed."""
    prepare("requirements-dev.txt")
    python, manage = [PYTHON, "-m"], [PYTHON, "manage.py"]
    ours = variables(NYVEI_DEMO="1", NYVEI_PRODUCTION="0", DATABASE_URL="sqlite:///:memory:")
    checks: dict[str, tuple[list[object], dict[str, str]]] = {
        "style": ([*python, "ruff", "check", "."], ours),
        "layout": ([*python, "ruff", "format", "--check", "."], ours),
        "types": ([*python, "mypy"], ours),
        "import directions": ([VENV / "bin" / "lint-imports"], ours),
        "migrations": ([*manage, "makemigrations", "--check", "--dry-run"], ours),
        "translations": ([*manage, "texts", "check"], ours),
        "phase drawings": ([*manage, "draw_phases", "--check"], ours),
        "deploy": ([*manage, "check", "--deploy", "--fail-level", "WARNING"], production()),
    }
    failed = []
    for name, (command, environment) in checks.items():
        with step(name):
            if subprocess.call([str(part) for part in command], cwd=ROOT, env=environment):
                failed.append(name)
    if failed:
        raise Stop(f"Not clean: {', '.join(failed)}. What to mend stands above.")


def production() -> dict[str, str]:
    """A production environment with secrets thrown away after the check; nothing is connected to."""
    keys = ("APPLICATION_KEY", "SERVER_SEALING_KEY", "RECEIPT_SIGNING_KEY")
    return variables(
        NYVEI_PRODUCTION="1",
        NYVEI_DEMO="0",
        SECRET_KEY=secrets.token_urlsafe(64),
        ALLOWED_HOSTS="nyvei.example.invalid",
        SITE_URL="https://nyvei.example.invalid",
        DATABASE_URL="postgresql://nyvei@database.example.invalid/nyvei",
        REDIS_URL="redis://redis.example.invalid/0",
        **{name: base64.b64encode(secrets.token_bytes(32)).decode() for name in keys},
    )


def demo_reset(*_: str) -> None:
    """Remove the demo world."""
    shutil.rmtree(ROOT / "var", ignore_errors=True)
    print("The demo world is gone. The next «demo» builds it anew.")


def vendor(*arguments: str) -> None:
    """Fetch the look; with --update write the hashes anew."""
    make_environment("requirements.txt")
    fetch_look(update="--update" in arguments)


def show_help(*_: str) -> None:
    print(HELP, end="")


VERBS = {"demo": demo, "test": test, "check": check, "races": races, "demo-reset": demo_reset, "vendor": vendor, "help": show_help}


def main(verb: str = "help", *arguments: str) -> int:
    """Run one verb; what goes wrong on the way is one sentence, never a traceback."""
    if verb not in VERBS:
        print(f"There is no verb «{verb}».\n\n{HELP}", end="", file=sys.stderr)
        return 2
    try:
        VERBS[verb](*arguments)
    except Stop as stop:
        print(f"\nStopped. {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped by you.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
