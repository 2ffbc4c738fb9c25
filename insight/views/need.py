"""The cover page of a need that is not announced: what Nav wonders or wondered about, and how to answer."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import User
from insight import queries
from insight.cases import links_and_road
from tenders.market_page import market_page
from tenders.models import MarketDialogue, Tender
from tenders.phases import TenderPhase
from tenders.queries import dialogue


def need_in_dialogue(request: HttpRequest, found: Tender, talked: MarketDialogue, *, at: datetime) -> HttpResponse:
    """The same for everybody: the need as it was last published, never what is being written."""
    user, cover = request.user, reverse("insight:tender", args=[found.reference])
    outside = dialogue.is_outside(user, found, at=at)
    rows = queries.waiting_for(user, at=at) if isinstance(user, User) else []
    context = {
        "tender": found,
        "dialogue": talked,
        "known": links_and_road(found, user, at=at),
        "answered": dialogue.answered_questions(found),
        "action": next((row for row in rows if row.case_url == cover), None),
        "outside": outside,
        "asks": outside and found.phase == TenderPhase.IN_DIALOGUE,
        "page": market_page(found, user, at=at),
        "at": at,
    }
    return render(request, "insight/need_in_dialogue.html", context)
