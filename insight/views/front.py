"""The front page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import clock
from tenders.models import Tender
from tenders.offers import dialogue_offer, offer
from tenders.queries.market import open_dialogues
from tenders.queries.public import announced_tenders, open_tenders

SHOWN = 5


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What Nyvei is, what is open now, and how a sketch becomes a solution, told by a tender that there is."""
    at = clock.now()
    found = open_tenders(at=at)
    example = announced_tenders(at=at).filter(procedure=Tender.Procedure.IDEA_COMPETITION).first()
    dialogues = open_dialogues()[:SHOWN]
    context = {
        "dialogues": [dialogue_offer(row, at=at) for row in dialogues],
        "offers": [offer(tender, at=at) for tender in found[:SHOWN]],
        "open_count": found.count(),
        "example": example,
        "stages": list(example.stages.all()) if example else [],
    }
    return render(request, "insight/front.html", context)
