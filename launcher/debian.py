"""Debian packages that only tests need. Nothing is started, and no database cluster is made."""

import contextlib
import ctypes.util
import functools
import glob
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from launcher.steps import run, step, variables, works

PROGRAMS = {
    "postgresql": ("tests run on SQLite only and every race is skipped", ("initdb", "/usr/lib/postgresql/*/bin/initdb")),
    "redis-server": ("tests of the queue and the cache on Redis are skipped", ("valkey-server", "redis-server")),
    "chromium": ("tests in the browser are skipped", ("chromium", "chromium-browser", "google-chrome")),
}
LIBRARIES = {"libpango-1.0-0": "pango-1.0", "libpangoft2-1.0-0": "pangoft2-1.0", "libharfbuzz-subset0": "harfbuzz-subset"}


def install_for_tests() -> None:
    """As root on Debian install what is missing; else name the one command and what will be skipped."""
    missing = {name: "tests of PDF letters are skipped" for name, library in LIBRARIES.items() if not ctypes.util.find_library(library)}
    missing |= {name: lost for name, (lost, places) in PROGRAMS.items() if not any(shutil.which(p) or glob.glob(p) for p in places)}
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with step(f"installed {', '.join(missing)}"):
            print(f"Tests need these Debian packages, which are installed now: {' '.join(missing)}", flush=True)
            apt_install(list(missing))
        return
    print(f"Not everything tests need is here. Run: sudo apt-get install {' '.join(missing)}\nUntil then:")
    print("\n".join(f"  - {lost} ({name})" for name, lost in missing.items()), flush=True)


def apt_install(packages: list[str]) -> None:
    """Install without questions, without making a database cluster and without starting any service."""
    quiet = variables(DEBIAN_FRONTEND="noninteractive")
    apt = functools.partial(run, env=quiet, otherwise="See what apt-get says above, then start again.")
    keep = ("-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold")
    with no_new_services():
        if not all(works("apt-get", "install", "--simulate", "--no-install-recommends", package) for package in packages) or stale_lists():
            apt("apt-get", "update", "-qq")
        apt("apt-get", "install", "-y", "-qq", "--no-install-recommends", *keep, *packages)


def stale_lists() -> bool:
    """True when the package lists are older than a day: the versions they name may be gone."""
    lists = glob.glob("/var/lib/apt/lists/*Packages*")
    return not lists or time.time() - max(os.path.getmtime(name) for name in lists) > 86_400


@contextlib.contextmanager
def no_new_services() -> Iterator[None]:
    """While packages are installed: policy-rc.d says no to every start, and PostgreSQL makes no cluster on its standard port."""
    policy, cluster = Path("/usr/sbin/policy-rc.d"), Path("/etc/postgresql-common/createcluster.conf")
    before = {path: (path.read_bytes(), path.stat().st_mode) for path in (policy, cluster) if path.exists()}
    cluster.parent.mkdir(parents=True, exist_ok=True)
    text = before[cluster][0].decode() if cluster in before else ""
    without = re.sub(r"(?m)^#?\s*create_main_cluster\b.*\n?", "", text)
    cluster.write_text(f"{without}create_main_cluster = false\n")
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink(missing_ok=True)
        for path, (content, mode) in before.items():
            path.write_bytes(content)
            path.chmod(mode)
