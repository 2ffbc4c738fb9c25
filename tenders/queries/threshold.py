"""What was decided on the findings of the threshold check."""

from django.db.models import QuerySet

from tenders.models import Tender, ThresholdFinding


def decided_findings(tender: Tender) -> QuerySet[ThresholdFinding]:
    """Mended and kept, the first one first."""
    return ThresholdFinding.objects.filter(tender=tender).select_related("decided_by")
