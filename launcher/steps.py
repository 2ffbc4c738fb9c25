"""Runs other programs for the launcher: what fails becomes one sentence that says what to do."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent


class Stop(Exception):
    """The launcher cannot go on; the text says what to do."""


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Print the step and the seconds it took."""
    began = time.monotonic()
    yield
    print(f"{time.monotonic() - began:6.1f} s  {name}", flush=True)


def variables(**changes: str) -> dict[str, str]:
    """The caller's environment without what would lead Python or our settings astray."""
    astray = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PYTHONSTARTUP", "DJANGO_SETTINGS_MODULE", "NODE_OPTIONS"}
    return {name: value for name, value in os.environ.items() if name not in astray} | {"PYTHONUNBUFFERED": "1"} | changes


def works(*command: object, **more: Any) -> bool:
    """Run quietly; true when the command exists and succeeds."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, env=variables(), check=False, **more)
    except OSError:
        return False
    return done.returncode == 0


def run(*command: object, otherwise: str, **more: Any) -> None:
    """Run a command and show what it says. When it fails, stop with the sentence `otherwise`."""
    options: dict[str, Any] = {"env": variables(), "cwd": ROOT} | more
    try:
        done = subprocess.run([str(part) for part in command], check=False, **options)
    except OSError as error:
        raise Stop(f"{command[0]} could not be started ({error.strerror}). {otherwise}") from error
    if done.returncode:
        raise Stop(f"«{' '.join(str(part) for part in command)}» ended with {done.returncode}. {otherwise}")


def become(*command: object, **changes: str) -> NoReturn:
    """Let this process become the command, so that its output, exit code and Ctrl-C are its own."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(str(command[0]), [str(part) for part in command], variables(**changes))  # noqa: S606 - our own Python
