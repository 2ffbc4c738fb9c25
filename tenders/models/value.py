"""What decides which rules a tender follows, and what was decided when it was announced."""

from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ServiceKind(models.TextChoices):
    """Always asked, never inferred: the lists stand in annexes 2 and 3 of anskaffelsesforskriften, not in the CPV code."""

    ORDINARY = "ordinary", _("Ordinary service")
    SPECIAL = "special", _("Special service (annex 2)")
    HEALTH_SOCIAL = "health_social", _("Health or social service (annex 3)")


class YesNo(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class ValueAndLaw(models.Model):
    """Amounts are kroner on the tender's VAT basis. `ruling` is set by the announcement, and never changed after it."""

    service_kind = models.CharField(max_length=14, choices=ServiceKind.choices, blank=True)
    options_amount = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal("0.00"))
    options_text = models.TextField(blank=True)
    later_amount = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal("0.00"))
    later_text = models.TextField(blank=True)
    # Research and development, and the questions of anskaffelsesforskriften § 2-5
    research = models.BooleanField(default=False)
    sole_benefit = models.CharField(max_length=3, choices=YesNo.choices, blank=True)
    full_payment = models.CharField(max_length=3, choices=YesNo.choices, blank=True)
    research_ground = models.TextField(blank=True)
    # Why this and other purchases are not one that was split
    splitting_reason = models.TextField(blank=True)
    ruling = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        abstract = True


VALUE_CONSTRAINTS = [
    models.CheckConstraint(
        condition=Q(options_amount=0, options_text="") | (Q(options_amount__gt=0) & ~Q(options_text="")),
        name="tender_options_amount_and_text_together",
        violation_error_message=_("Write both an amount and what it is for, or neither."),
    ),
    models.CheckConstraint(
        condition=Q(later_amount=0, later_text="") | (Q(later_amount__gt=0) & ~Q(later_text="")),
        name="tender_later_amount_and_text_together",
        violation_error_message=_("Write both an amount and what it is for, or neither."),
    ),
]
