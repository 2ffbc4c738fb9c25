"""Journals: of one tender, and of all that an auditor sees."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from accounts import clock
from accounts import queries as people
from accounts.http import SignedIn
from accounts.journal import stream_of
from accounts.policies import Policy
from insight import journals
from insight.policies import ReadAllJournalsPolicy, ReadCaseJournalPolicy
from tenders.queries.visibility import visible_tenders

PER_PAGE = 50
ANCHORS = 14
REFUSED = "refused"


def _let_in(policy: Policy, request: SignedIn) -> None:
    refusal = policy.refusal(request.user)
    if refusal:
        raise PermissionDenied(refusal)


@require_safe
def case_journal(request: SignedIn, reference: str) -> HttpResponse:
    """The lines of the tender's own chain, newest first."""
    at = clock.now()
    tender = get_object_or_404(visible_tenders(request.user, at=at).select_related("unit"), reference=reference)
    _let_in(ReadCaseJournalPolicy(tender, at), request)
    stream = stream_of(tender)
    page = Paginator(people.journal_of(stream), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tender": tender,
        "page": page,
        "events": journals.as_events(page.object_list, places=False),
        "chain": journals.check([stream]),
    }
    return render(request, "insight/case_journal.html", context)


@require_safe
def journal(request: SignedIn) -> HttpResponse:
    """Every chain with its last line; the lines of one kind or day; what was refused; whether the chains are whole."""
    at = clock.now()
    _let_in(ReadAllJournalsPolicy(at), request)
    streams = journals.readable_streams(request.user, at=at)
    names = [row.name for row in streams]
    event, day = request.GET.get("event", "").replace("\x00", ""), _day(request)
    called = journals.names_of_streams(names)
    context: dict[str, Any] = {
        "event": event,
        "day": day,
        "kinds": journals.kinds_in(names),
        "chain": journals.check() if request.GET.get("check") else None,
        "called": called,
        "anchors": journals.latest_anchors()[:ANCHORS],
    }
    if event or day:
        lines = journals.refused_attempts(day=day) if event == REFUSED else journals.lines_in(names, event=event, day=day)
        found = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
        query = urlencode({"event": event, "day": day or ""}) + "&"
        context |= {"looking": True, "page": found, "query": query, "events": journals.as_events(found.object_list)}
    else:
        page = Paginator(streams, PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "streams": [journals.stream_row(row, called) for row in page]}
    return render(request, "insight/journal.html", context)


def _day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("day", ""))
    except ValueError:
        return None
