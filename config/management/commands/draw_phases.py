"""manage.py draw_phases: docs/phases.md from the tables of lives in every app's phases.py."""

import importlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models
from django.utils import translation

from accounts.roles import Steps, roles_of

HEAD = """# Lives

Drawn by `manage.py draw_phases` from the tables in `phases.py` of the apps; `--check` says when this page is behind them.
A step is taken by the command that owns it and by nothing else. What the clock and the dates make (a stage is open, or closed) is not
stored, and not here.
"""


class Command(BaseCommand):
    help = "Draw docs/phases.md from the tables of lives. --check: exit 1 when the page differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "phases.md"
        with translation.override(None):
            text = drawing()
        if not check:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"{path.relative_to(settings.BASE_DIR)} is drawn")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError("docs/phases.md is behind the tables: run manage.py draw_phases")


def drawing() -> str:
    return "\n".join([HEAD, *(part for module in phase_modules() for name, steps in lives(module) for part in _life(module, name, steps))])


def phase_modules() -> Iterator[ModuleType]:
    """`phases` of our own apps that have one, in the order of the belt."""
    for config in reversed(list(apps.get_app_configs())):
        if (settings.BASE_DIR / config.label / "phases.py").exists():
            yield importlib.import_module(f"{config.label}.phases")


def lives(module: ModuleType) -> Iterator[tuple[str, Steps]]:
    for name, value in vars(module).items():
        if name.endswith("_STEPS"):
            yield name, value


def _life(module: ModuleType, name: str, steps: Steps) -> Iterator[str]:
    """A heading, a drawing and a table."""
    app, final = module.__name__.split(".")[0], getattr(module, name.replace("_STEPS", "_FINAL"))
    life: type[models.TextChoices] = type(next(iter(steps))[0])
    phases = list(life)
    yield f"## {name.removesuffix('_STEPS').replace('_', ' ').capitalize()} ({app})\n"
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {phases[0].value}"
    for (old, to), (who, owner) in steps.items():
        yield f"    {old.value} --> {to.value}: {owner.split('.')[1]} ({', '.join(role.value for role in roles_of(who))})"
    yield from (f"    {end.value} --> [*]" for end in phases if end in final)
    yield "```\n\n| from | to | who | command |\n| --- | --- | --- | --- |"
    for (old, to), (who, owner) in steps.items():
        yield f"| {old.label} | {to.label} | {', '.join(str(role.label) for role in roles_of(who))} | `{owner}` |"
    yield ""
