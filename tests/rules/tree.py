"""The project's own Python, read as text and as syntax trees."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ["accounts", "letters", "tenders", "suppliers", "evaluation", "contracts", "insight", "demo"]


@cache
def modules(*, migrations: bool = False) -> dict[str, ast.Module]:
    """Path from the root -> syntax tree, for every module of the apps and config."""
    found = {}
    for app in [*APPS, "config"]:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if migrations or "/migrations/" not in name:
                found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def commands() -> dict[str, ast.Module]:
    return {name: tree for name, tree in modules().items() if _is_command(name)}


def _is_command(name: str) -> bool:
    return "/commands/" in name and "/management/" not in name and not name.endswith("__init__.py")


def public_functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
