"""The tender of an address that only those who work on it, and auditors, may open."""

from django.shortcuts import get_object_or_404

from accounts import clock
from accounts.http import SignedIn
from tenders.models import Tender
from tenders.queries.visibility import staff_tenders


def own_tender(request: SignedIn, reference: str) -> Tender:
    """In any phase, with its unit and budget. Http404 for everybody else, whether it exists or not."""
    mine = staff_tenders(request.user, at=clock.now()).select_related("unit", "budget")
    return get_object_or_404(mine, reference=reference)
