"""Every life is whole on one screen, its drawing is true, and a step is made by the command that owns it and by no other."""

import ast
import importlib
import re

import pytest
from django.core.management import call_command

from tests.rules.tree import APPS, ROOT, commands

LIVES = {}
for app in APPS:
    if (ROOT / app / "phases.py").exists():
        module = importlib.import_module(f"{app}.phases")
        for name in dir(module):
            if name.endswith("_STEPS"):
                LIVES[f"{app}.{name}"] = (getattr(module, name), getattr(module, name.replace("_STEPS", "_FINAL")))


@pytest.mark.parametrize("life", sorted(LIVES))
def test_every_phase_has_a_way_on_or_is_final(life):
    steps, final = LIVES[life]
    phases = set(type(next(iter(steps))[0]))
    assert {old for old, _ in steps} | final == phases
    assert {to for _, to in steps} | {next(iter(phases)).__class__(list(phases)[0].__class__.values[0])} == phases
    assert all(not any(old == end for old, _ in steps) or end in {old for old, _ in steps} for end in final)


@pytest.mark.parametrize("life", sorted(LIVES))
def test_a_step_is_made_by_the_command_that_owns_it(life):
    steps, _ = LIVES[life]
    table = life.split(".")[1]
    owners = {owner for _, owner in steps.values()}
    users = {}
    for path, tree in commands().items():
        if re.search(rf"\b{table}\b", ast.unparse(tree)):
            users[f"{path.split('/')[0]}.{path.split('/')[-1].removesuffix('.py')}"] = tree
    assert set(users) == owners
    for (_, to), (_, owner) in steps.items():
        assert re.search(rf"\b{to.name}\b", ast.unparse(users[owner])), f"{owner} never goes to {to.name}"


def test_nothing_else_changes_a_phase():
    for path, tree in commands().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
                assert "phase" not in {word.arg for word in node.keywords}, path
            if isinstance(node, ast.Assign):
                assert not any(isinstance(target, ast.Attribute) and target.attr == "phase" for target in node.targets), path


def test_the_drawing_is_true():
    call_command("draw_phases", "--check")
