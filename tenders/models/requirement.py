"""What is demanded of those who take part, beyond answering the questions."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenders.models.tender import Tender

MOST_REQUIREMENTS = 20


class Requirement(models.Model):
    """One demand with its ground. None at all is the good state.

    `amount` is kroner a year for a turnover, years for time in business, and how many for references and attachments.
    """

    class Kind(models.TextChoices):
        TURNOVER = "turnover", _("Turnover")
        YEARS = "years", _("Years in business")
        REFERENCES = "references", _("References")
        PREMISES = "premises", _("Own premises")
        PROOF = "proof", _("A certificate or another proof")
        ATTACHMENT = "attachment", _("An attachment")
        MEETING = "meeting", _("A meeting or a presentation")
        OTHER = "other", _("Something else")

    COUNTED = (Kind.TURNOVER, Kind.YEARS, Kind.REFERENCES)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="requirements")
    no = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    # From whom references come
    whom = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    why = models.TextField()
    proof = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["tender", "no"], name="requirement_no_once"),
            models.CheckConstraint(
                condition=Q(no__range=(1, MOST_REQUIREMENTS)),
                name="requirement_at_most_twenty",
                violation_error_message=_("A tender has twenty requirements at most. Remove one first."),
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(why=""),
                name="requirement_has_its_words_and_ground",
                violation_error_message=_("Write what you require, and why. Both are announced."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["turnover", "years", "references"]) | Q(amount__isnull=False, amount__gt=0),
                name="requirement_counted_has_its_amount",
                violation_error_message=_("Write how much or how many you require."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no}. {self.kind} of {self.tender_id}"
