"""The reference of a tender: year and number."""

from datetime import datetime

from accounts.local_time import oslo_day
from accounts.models import Unit
from tenders.models import Tender


def next_reference(at: datetime) -> str:
    """One at a time: whoever numbers holds the directorate's row. Tenders are never deleted, so counting is enough."""
    Unit.objects.select_for_update(no_key=True).get(kind=Unit.Kind.DIRECTORATE)
    year = oslo_day(at).year
    return f"{year}-{Tender.objects.filter(reference__startswith=f'{year}-').count() + 1:03d}"
