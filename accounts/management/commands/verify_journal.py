"""manage.py verify_journal: reads every chain of the journal and every anchor, and names each line that is not right."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from accounts import journal
from accounts.models import Anchor, JournalEntry, JournalStream


class Command(BaseCommand):
    help = "Checks the journal: whole, or which lines were changed, are missing, or differ from what was anchored. Exit 1 when not whole."

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        broken = [*journal.broken_lines(), *journal.broken_anchors()]
        for line in broken:
            self.stdout.write(f"{line.stream} line {line.seq}: {line.what}" if line.seq else f"{line.stream}: {line.what}")
        streams, lines, anchors = JournalStream.objects.count(), JournalEntry.objects.count(), Anchor.objects.count()
        counted = f"{streams} streams, {lines} lines, {anchors} anchors"
        if broken:
            raise CommandError(f"{counted}: not whole, {len(broken)} found.")
        self.stdout.write(f"{counted}: whole.")
