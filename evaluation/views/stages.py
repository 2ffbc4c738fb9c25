"""Which tender and which of its stages an address means."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from evaluation import queries
from tenders.models import Stage, Tender
from tenders.queries import visible_tenders


def tender_asked(request: HttpRequest, reference: str, *, at: datetime) -> Tender:
    """The tender, when the person may know of it; else there is no such page."""
    return get_object_or_404(visible_tenders(request.user, at=at).select_related("unit"), reference=reference)


def stage_asked(request: HttpRequest, tender: Tender) -> Stage | None:
    """The stage that `?stage=` names, or the one that was opened last; None when none is opened. Http404 for a stage that isn't."""
    asked = request.GET.get("stage", "")
    latest = queries.opened_stage_of(tender)
    if not asked or latest is None:
        return latest
    if asked == str(latest.no):
        return latest
    earlier = Stage.objects.filter(tender=tender, opened_at__isnull=False)
    stage = earlier.filter(no=int(asked)).first() if asked.isdecimal() and len(asked) < 4 else None
    if stage is None:
        raise Http404
    stage.tender = tender
    return stage
