"""The environment `.venv` with exactly the versions of a lock file."""

import hashlib
import json
import os
import shutil
import sys

from launcher.debian import apt_install
from launcher.steps import ROOT, Stop, run, step, works

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def make_environment(lock: str) -> None:
    """`.venv` with exactly the lock file's versions; nothing is done when the lock has not changed."""
    stamp_file = VENV / "nyvei-installed.json"
    wanted = {"python": sys.version, lock: hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()}
    stamp = json.loads(stamp_file.read_text()) if stamp_file.exists() and PYTHON.exists() else {}
    if wanted.items() <= stamp.items():
        return
    if stamp.get("python") != sys.version:
        make_venv()
        stamp = {}
    with step(f"installed {lock}"):
        pip = [PYTHON, "-m", "pip"] if works(PYTHON, "-m", "pip", "--version") else [sys.executable, "-m", "pip", "--python", PYTHON]
        run(
            *pip,
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            # The lock names everything: without this pip looks for newer versions of extras, and stumbles over their missing hashes
            "--no-deps",
            "-r",
            lock,
            otherwise="Is there a network? Start again: what is already downloaded is kept.",
        )
    stamp_file.write_text(json.dumps(stamp | wanted))


def make_venv() -> None:
    """An empty `.venv`, also where Debian left out ensurepip."""
    with step("made .venv"):
        if works(sys.executable, "-m", "venv", "--clear", VENV):
            return
        if works(sys.executable, "-m", "pip", "--version") and works(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV):
            return
        if os.geteuid() == 0 and shutil.which("apt-get"):
            apt_install(["python3-venv"])
        if not works(sys.executable, "-m", "venv", "--clear", VENV):
            raise Stop(f"{sys.executable} cannot make virtual environments. Run: sudo apt-get install python3-venv")
