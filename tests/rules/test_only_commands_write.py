"""Our own models are written by commands only; views, forms, tasks and templates never save."""

import ast

import pytest

from tests.rules.tree import modules

WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "update",
    "delete",
    "aupdate",
    "adelete",
    "asave",
}
# Where writing belongs, or where the word means something else
MAY_WRITE = {
    "accounts/journal.py": "called inside commands; checked by itself",
    "accounts/steps.py": "called inside commands",
    "accounts/models/person.py": "save() lowers the address",
    "accounts/models/journal.py": "refuses to write",
    "contracts/models/money.py": "refuses to write",
}
NOT_ROWS = {"pdf", "default_storage", "self.cleaned_data", "context", "request.session", "hashlib", "params", "digest", "hasher"}


def writes_in(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            target = ast.unparse(node.func.value)
            rows = "objects" in target or node.func.attr in {"save", "bulk_create", "bulk_update"} or ".filter(" in target
            if rows and target not in NOT_ROWS:
                found.append(f"line {node.lineno}: {target}.{node.func.attr}()")
    return found


@pytest.mark.parametrize("path", sorted(path for path in modules() if not path.startswith("demo/")))
def test_writing_happens_in_commands(path):
    if ("/commands/" in path and "/management/" not in path) or path in MAY_WRITE:
        return
    assert writes_in(modules()[path]) == []


def test_the_rule_finds_a_write():
    planted = ast.parse("def view(request):\n    Tender.objects.filter(pk=1).update(phase='draft')\n    row.save()\n")
    assert len(writes_in(planted)) == 2
