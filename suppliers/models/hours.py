"""How many hours an organisation says it used, asked in one click and never a duty."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from suppliers.hour_bands import Band
from suppliers.models.submission import Submission


class HoursSpent(models.Model):
    """The answer for one submission: a band with its bounds, so that it stays what it was if the bands are drawn anew.

    Told to Nav only as a figure of five or more, after the opening. Gone with the submission when that is withdrawn.
    """

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="hours")
    lowest = models.PositiveSmallIntegerField()
    below = models.PositiveSmallIntegerField(null=True, blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(below=None) | Q(below__gt=F("lowest")), name="hoursspent_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"Hours for {self.submission_id}"

    @property
    def band(self) -> Band:
        return Band(self.lowest, self.below)
