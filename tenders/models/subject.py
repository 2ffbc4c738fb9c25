"""What is bought, in the codes that every public buyer in Europe uses."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenders.models.tender import Tender


class CpvChoice(models.Model):
    """A CPV code of the tender: no 0 is the main one. The database cannot hold an eleventh."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="cpv_choices")
    no = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8)

    class Meta:
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["tender", "no"], name="cpvchoice_no_once"),
            models.UniqueConstraint(
                fields=["tender", "code"], name="cpvchoice_code_once", violation_error_message=_("This code is chosen already.")
            ),
            models.CheckConstraint(
                condition=Q(no__lte=9),
                name="cpvchoice_at_most_ten",
                violation_error_message=_("A tender has one main code and at most nine more. Remove one first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.tender_id}"
