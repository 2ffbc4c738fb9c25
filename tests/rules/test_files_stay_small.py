"""Files of at most 300 lines, functions of at most 40, and no junk drawers."""

import ast
from pathlib import PurePath

import pytest

from tests.rules.tree import ROOT, modules

JUNK = {"utils", "util", "helpers", "helper", "common", "core", "services", "misc", "base", "tools", "lib", "stuff", "managers"}


@pytest.mark.parametrize("path", sorted(modules()))
def test_a_file_is_read_in_one_sitting(path):
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300
    for node in ast.walk(modules()[path]):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 40, node.name


def test_no_module_is_a_junk_drawer():
    parts = {(path, part) for path in modules() for part in PurePath(path).with_suffix("").parts}
    assert [(path, part) for path, part in parts if part in JUNK] == []


def test_the_apps_are_those_of_the_drawing():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages <= {
        "accounts",
        "letters",
        "tenders",
        "suppliers",
        "evaluation",
        "contracts",
        "insight",
        "demo",
        "config",
        "tests",
        "launcher",
    }
