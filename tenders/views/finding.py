"""Finding a tender: the list with its filters, the feed and the calendar."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from tenders import dates_calendar, feed, offers
from tenders.forms.finding import FindForm
from tenders.queries.amendments import with_amendments
from tenders.queries.market import found_dialogues, open_dialogue_of, readable_tenders
from tenders.queries.public import found_tenders

PER_PAGE = 20
# What of a search can be followed by e-mail
THEME = ("group", "county")


@login_not_required
@require_safe
def tender_list(request: HttpRequest) -> HttpResponse:
    """Every announced tender that fits what is looked for, open ones first."""
    at, form = clock.now(), FindForm(request.GET)
    page = Paginator(found_tenders(form.wanted, at=at), PER_PAGE).get_page(request.GET.get("page"))
    dialogues = [offers.dialogue_offer(row, at=at) for row in found_dialogues(form.wanted)]
    query = urlencode(form.kept)
    theme = urlencode({name: form.kept[name] for name in THEME if name in form.kept})
    shown = {
        "page": page,
        "form": form,
        "offers": [offers.offer(tender, at=at) for tender in page],
        "dialogues": dialogues if page.number == 1 else [],
        "hits": page.paginator.count + len(dialogues),
        "looking": bool(query),
        "query": f"{query}&" if query else "",
        "theme_url": _with(reverse("tenders:themes"), theme),
        "theme": theme,
        "feed_url": _with(reverse("tenders:feed"), query),
        "calendar_url": _with(reverse("tenders:calendar"), query),
    }
    return render(request, "tenders/list.html", shown)


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@login_not_required
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """The newest of what the list would show."""
    at, form = clock.now(), FindForm(request.GET)
    newest = with_amendments(found_tenders(form.wanted, at=at)).order_by("-announced_at", "reference")[: feed.LONGEST]
    query = urlencode(form.kept)
    dialogues = found_dialogues(form.wanted)[: feed.LONGEST]
    text = feed.atom_of(
        newest, dialogues, address=_with(reverse("tenders:feed"), query), list_address=_with(reverse("tenders:list"), query), at=at
    )
    return HttpResponse(text, content_type=feed.CONTENT_TYPE)


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The dates of what the list would show."""
    wanted = FindForm(request.GET).wanted
    found = with_amendments(found_tenders(wanted, at=clock.now()))
    return HttpResponse(
        dates_calendar.calendar_of(list(found), list(found_dialogues(wanted)), _("Tenders at Nav")),
        content_type=dates_calendar.CONTENT_TYPE,
    )


@login_not_required
@require_safe
def tender_calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """The dates of one tender, from the announcement on; before that those of its market dialogue."""
    readable = readable_tenders(request.user, at=clock.now()).prefetch_related("stages")
    tender = get_object_or_404(with_amendments(readable), reference=reference)
    dialogue = None if tender.announced_at else open_dialogue_of(tender)
    if tender.announced_at is None and dialogue is None:
        raise Http404
    announced, talked = ([], [dialogue]) if dialogue else ([tender], [])
    answer = HttpResponse(dates_calendar.calendar_of(announced, talked, tender.name), content_type=dates_calendar.CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="nyvei-{tender.reference}.ics"'
    return answer
