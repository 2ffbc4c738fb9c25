"""The journal: one hash chain per stream, text without foreign keys, and it only grows."""

import uuid
from typing import Any, NoReturn

from django.db import models


class OnlyGrows(Exception):
    """Somebody tried to change or delete what is only ever added to."""


class GrowingQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise OnlyGrows("The journal only grows.")

    def delete(self) -> NoReturn:
        raise OnlyGrows("The journal only grows.")


class JournalStream(models.Model):
    """The head of one chain: its last number and hash. `journal.record` locks it last of all locks."""

    name = models.CharField(max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class JournalEntry(models.Model):
    """One line: who did what, when and why. `facts` holds no personal data and nothing of a submission's content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    event = models.CharField(max_length=80)
    actor_id = models.UUIDField()
    actor_role = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    about = models.JSONField(default=list)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = GrowingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="journal_line_once")]
        indexes = [models.Index(fields=["event", "at"], name="journal_event_at"), models.Index(fields=["at"], name="journal_at")]
        verbose_name_plural = "journal entries"

    def __str__(self) -> str:
        return f"{self.stream} {self.seq} {self.event}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise OnlyGrows("The journal only grows.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise OnlyGrows("The journal only grows.")


class Anchor(models.Model):
    """One hash a day over all stream heads. Kept elsewhere too, it shows a chain that was cut or rewritten whole."""

    day = models.DateField(primary_key=True)
    heads = models.JSONField()
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day} {self.hash}"
