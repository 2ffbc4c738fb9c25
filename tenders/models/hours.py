"""What earlier stages took of those who handed in, for the next estimate."""

from django.db import models
from django.db.models import Q

from tenders.models.stage import Stage


class HoursTaken(models.Model):
    """The one in the middle of what five or more said of a stage, in whole hours. Written by the desk that asks them.

    `factor` is hours of reading and writing taken for each that was estimated, None for a stage that no estimate is made of.
    """

    stage = models.OneToOneField(Stage, on_delete=models.PROTECT, related_name="hours_taken")
    hours = models.PositiveSmallIntegerField()
    factor = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    learned_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hours__gt=0), name="hourstaken_more_than_none")]

    def __str__(self) -> str:
        return f"{self.hours} hours for {self.stage_id}"
