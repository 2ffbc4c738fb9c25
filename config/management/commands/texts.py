"""manage.py texts update|compile|check: the catalogs of every part, without gettext programs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import texts


class Command(BaseCommand):
    help = "update: bring catalogs up to date with the sources. compile: write .mo files. check: exit 1 unless complete and right."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["update", "compile", "check"])
        parser.add_argument("parts", nargs="*", help="update: only these apps; «root» is everything that is no app's")

    def handle(self, *_args: Any, verb: str, parts: list[str], **_options: Any) -> None:
        if verb == "update":
            for line in texts.update([part for part in texts.PARTS if not parts or (part.app or "root") in parts]):
                self.stdout.write(line)
        elif verb == "compile":
            self.stdout.write(f"{texts.compile_all()} catalogs compiled")
        elif found := list(texts.problems()):
            raise CommandError("\n".join([*found, f"{len(found)} problems in the catalogs"]))
