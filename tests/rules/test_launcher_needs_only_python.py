"""run.py runs before anything is installed, and tells an older Python what is missing instead of crashing."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / "run.py", *sorted((ROOT / "launcher").glob("*.py"))]


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]


def test_the_launcher_imports_only_the_standard_library():
    found = {(path.name, name) for path in FILES for name in imported(ast.parse(path.read_text()))}
    assert {(file, name) for file, name in found if name not in sys.stdlib_module_names and name != "launcher"} == set()


def test_an_older_python_can_read_the_launcher_up_to_its_advice():
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 7))


def test_nothing_of_the_launcher_is_loaded_before_the_version_is_checked():
    tree = ast.parse((ROOT / "run.py").read_text())
    check = next(node.lineno for node in tree.body if isinstance(node, ast.If))
    assert all(node.lineno > check for node in tree.body if isinstance(node, ast.ImportFrom))
