"""Prices, from the moment the scoring is closed. Before that they stand nowhere but in their sealed parts."""

from django.db import models
from django.db.models import F, Q

from suppliers.models import Submission


class PriceScore(models.Model):
    """What an admitted one has offered, in kroner on the tender's VAT basis, and the points that it gives by the announced formula.

    `lowest` is the price the points were counted from. Written by the closing of the scoring, anew when it is closed once more.
    """

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="price_score")
    price = models.DecimalField(max_digits=12, decimal_places=2)
    lowest = models.DecimalField(max_digits=12, decimal_places=2)
    points = models.DecimalField(max_digits=5, decimal_places=2)
    covers = models.TextField(blank=True)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(lowest__gt=0, price__gte=F("lowest")), name="pricescore_not_below_the_lowest"),
            models.CheckConstraint(condition=Q(points__gte=0), name="pricescore_points_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"Price of {self.submission_id}"
