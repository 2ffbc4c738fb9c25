"""What kind of supplier an organisation says it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import County, Organisation


class Supplier(models.Model):
    """Kind, size and «first time with this buyer»: asked once, used to see who gets through."""

    class Kind(models.TextChoices):
        SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
        NON_PROFIT = "non_profit", _("Non-profit organisation")
        START_UP = "start_up", _("Start-up")
        ESTABLISHED = "established", _("Established company")
        WORK_INCLUSION = "work_inclusion", _("Work inclusion company")

    class Size(models.TextChoices):
        """Full-time equivalents."""

        UNDER_5 = "1-4", _("1 to 4")
        UNDER_20 = "5-19", _("5 to 19")
        UNDER_100 = "20-99", _("20 to 99")
        FROM_100 = "100+", _("100 or more")

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="supplier")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    size = models.CharField(max_length=6, choices=Size.choices)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+")
    first_time = models.BooleanField()
    described_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.organisation)
