"""Lock files name versions and hashes; where to fetch from is the machine's own business."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-look.txt", "package-lock.json")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_file_holds_no_address(name):
    text = (ROOT / name).read_text()
    found = [
        line for line in text.splitlines() if "://" in line or '"resolved"' in line or line.startswith(("--index", "--extra", "--find"))
    ]
    assert found == []


@pytest.mark.parametrize("name", LOCKS[:3])
def test_every_python_package_is_pinned_with_a_hash(name):
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())
    assert len(entries) > 1
    assert [entry for entry in entries if not re.match(r"[\w.\-\[\],]+==\S+", entry) or "--hash=sha256:" not in entry] == []


def test_every_package_of_the_look_is_pinned_with_a_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert packages[""]["dependencies"] == wanted
    assert {name.removeprefix("node_modules/") for name in packages if name} == set(wanted)
    assert all(package["integrity"].startswith("sha512-") for name, package in packages.items() if name)


def test_runtime_versions_are_the_same_in_both_lock_files():
    pins = [dict(re.findall(r"^([a-z0-9-]+)(?:\[[\w,]+\])?==(\S+)", (ROOT / name).read_text(), re.M)) for name in LOCKS[:2]]
    runtime, development = pins
    assert {name: development.get(name) for name in runtime} == runtime
