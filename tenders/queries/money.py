"""Which budgets a tender's money counts against."""

from django.db.models import QuerySet

from tenders.models import Budget, Tender


def budgets_of(tender: Tender) -> QuerySet[Budget]:
    """The tender's own; of a call-off also its framework agreement's, whose highest value holds for all call-offs together."""
    return Budget.objects.filter(tender__in=[key for key in (tender.pk, tender.framework_id) if key is not None])
