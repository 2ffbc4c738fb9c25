"""config -> demo -> insight -> evaluation -> suppliers -> tenders -> letters -> accounts, and one way inside each desk."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
PACKAGES = SETTINGS["importlinter"]["root_packages"]


def lint(tree):
    """The import contracts of pyproject.toml, tried on the tree in that folder."""
    return subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=None))"],
        cwd=tree,
        env={"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_desk_keeps_the_contracts():
    ran = lint(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_desk_is_in_the_contracts_and_typed():
    desks = {path.parent.name for path in ROOT.glob("*/apps.py")} | {"config"}
    assert desks == set(PACKAGES)
    assert desks <= set(SETTINGS["mypy"]["files"])


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("accounts/planted.py", "from tenders import models", "Desks know only the desks before them"),
        ("tenders/queries/planted.py", "from tenders import commands", "Inside a desk a module knows only what stands before it"),
        ("tenders/planted.py", "from accounts import views", "Nobody knows another desk's pages"),
    ],
)
def test_a_planted_import_is_found(tmp_path, file, line, contract):
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "locale", "data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / file).write_text(line + "\n")
    ran = lint(tmp_path)
    assert ran.returncode == 1
    assert contract in next(row for row in ran.stdout.splitlines() if " BROKEN" in row)
