"""Purchases that may be one that was split (anskaffelsesforskriften § 5-4)."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from tenders.models import Tender
from tenders.phases import TenderPhase

WITHIN = timedelta(days=365)
# Of the eight digits of a CPV code the first three are its group: near enough to be one need, and not as wide as the division
CPV_GROUP = 3


def purchases_alike(tender: Tender, *, at: datetime) -> QuerySet[Tender]:
    """What the same unit has announced in the 12 months before `at` with a main code of the same CPV group, with its budget.

    Only what everybody can see, so that nobody learns of another's draft; when two are drafts at once, the one that is announced last is
    told of the first. A call-off counts within its framework agreement, and what is cancelled buys nothing.
    """
    main = tender.cpv_choices.filter(no=0).values_list("code", flat=True).first()
    if main is None or tender.framework_id:
        return Tender.objects.none()
    alike = Tender.objects.filter(unit=tender.unit_id, framework=None, announced_at__gt=at - WITHIN, announced_at__lte=at)
    same_group = alike.filter(cpv_choices__no=0, cpv_choices__code__startswith=main[:CPV_GROUP])
    return same_group.exclude(pk=tender.pk).exclude(phase=TenderPhase.CANCELLED).select_related("budget").order_by("announced_at")
