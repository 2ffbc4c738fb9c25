"""The rehearsal's own rows: how far the clock is moved, and every mail that would have gone."""

import uuid

from django.db import models


class ClockShift(models.Model):
    """One row: seconds that the demo's clock is ahead."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    seconds = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.seconds} s"


class SentMail(models.Model):
    """A mail that would have left the house."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.TextField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject
