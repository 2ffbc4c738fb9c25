"""What was handed in before an amendment, confirmed by those who sent it."""

from django.db import models

from accounts.models import User
from suppliers.models.submission import SubmissionVersion
from tenders.models import Amendment


class AmendmentConfirmation(models.Model):
    """The organisation has read the amendment and lets stand what it handed in before. Unconfirmed, it stays handed in too.

    Never shown or counted to the buyer before the stage is opened.
    """

    version = models.ForeignKey(SubmissionVersion, on_delete=models.PROTECT, related_name="confirmations")
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="confirmations")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "amendment"], name="amendmentconfirmation_once")]

    def __str__(self) -> str:
        return f"{self.version_id} after {self.amendment_id}"
