"""Every sentence a policy or a command refuses with stands in a test that triggers it."""

import ast

import pytest

from tests.rules.tree import ROOT, modules

TESTS = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py")) if path.name != "test_refusals_are_tested.py"
)
TRANSLATORS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}


def sentences(tree: ast.Module) -> list[str]:
    """The message ids inside Refused(...) and require(..., ...)."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"Refused", "require"}:
            found += [inner.args[0].value for inner in ast.walk(node) if is_translated(inner)]
    return found


def is_translated(node: ast.AST) -> bool:
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATORS
    return named and isinstance(node.args[0], ast.Constant)


SENTENCES = sorted({(path, sentence) for path, tree in modules().items() if not path.startswith("demo/") for sentence in sentences(tree)})


@pytest.mark.parametrize(("path", "sentence"), SENTENCES)
def test_a_refusal_is_triggered_by_a_test(path, sentence):
    """Tests match a sentence from its beginning: up to its first full stop, or to its first placeholder."""
    start = sentence.split("%(")[0].split(". ")[0].strip().rstrip(".")
    wanted = start if len(start) > 12 else max(sentence.replace(")s", "%(").split("%("), key=len).strip().rstrip(".")
    assert wanted in TESTS


def test_there_are_refusals_to_find():
    assert len(SENTENCES) > 30
