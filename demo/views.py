"""The rehearsal's own pages. They are there only with the demo setting, and then for everybody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import clock, wording
from accounts.models import User
from accounts.number_words import number_word
from accounts.refused import Refused
from demo import queries
from demo.commands.move_clock import move_clock
from demo.people import Person
from demo.sweeps import run_sweeps
from insight.my_work import in_order, near, to_do
from insight.queries import waiting_for

STEPS = {"day": timedelta(days=1), "ten_days": timedelta(days=10)}
PER_PAGE = 25
ADDRESS = re.compile(r"https?://[^\s<>\"«»]*[\w/=&#?-]")


@dataclass(frozen=True)
class Choice:
    """A person, and what is waiting for them."""

    person: Person
    waiting: str
    first: str
    chosen: bool


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Who one can be, and what time it is."""
    at = clock.now()
    choices = [_choice(person, user, request, at) for person, user in queries.demo_users()]
    coming = queries.milestones_after(at)
    context = {
        "choices": choices,
        "now": at,
        "next": coming[0] if coming else None,
        "next_text": _what(coming[0]) if coming else "",
        "ahead": queries.seconds_ahead(),
        "mails": queries.mails().count(),
    }
    return render(request, "demo/choose.html", context)


def _choice(person: Person, user: User, request: HttpRequest, at: datetime) -> Choice:
    rows = in_order(to_do(near(waiting_for(user, at=at), at=at)), at=at)
    number = {"number": number_word(len(rows))}
    waiting = ngettext("One thing waits", "%(number)s things wait", len(rows)) % number if rows else _("Nothing waits just now")
    return Choice(person, waiting[0].upper() + waiting[1:], str(rows[0].title) if rows else "", user == request.user)


@login_not_required
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Log in as one of the demo's people. The session is a new one."""
    chosen = [user for person, user in queries.demo_users() if person.key == request.POST.get("person")]
    if not chosen:
        raise Http404
    login(request, chosen[0], backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("insight:my_work")


@login_not_required
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Move the clock, run what is due, and say what happened."""
    before, step = clock.now(), request.POST.get("step", "")
    coming = queries.milestones_after(before)
    if step == "next" and coming:
        seconds = queries.seconds_until(coming[0].at, at=before)
    elif step in STEPS:
        seconds = int(STEPS[step].total_seconds())
    else:
        raise Http404
    ahead = request.POST.get("ahead", "")
    try:
        move_clock(seconds=seconds, seen=int(ahead) if ahead.isdecimal() else None, by=User.clock(), at=before)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        now = clock.now()
        run_sweeps()
        messages.success(request, _story(before, now))
    return redirect("demo:choose")


def _story(before: datetime, now: datetime) -> str:
    """What time has done: deadlines that passed, and mails that were sent."""
    passed = [_happened(milestone) for milestone in queries.milestones_after(before, until=now)]
    number = queries.mails_since(now)
    sent = ngettext("One mail was sent.", "%(number)s mails were sent.", number) % {"number": number} if number else _("No mail was sent.")
    return " ".join([_("It is now %(moment)s.") % {"moment": wording.moment(now)}, *(passed or [_("No deadline passed.")]), sent])


def _what(milestone: queries.Milestone) -> str:
    """«Fristen går ut i «Unge på vei til jobb»»."""
    return {
        queries.Kind.OPENS: _("«%(name)s» opens for sketches"),
        queries.Kind.QUESTIONS_CLOSE: _("The time for questions ends in «%(name)s»"),
        queries.Kind.CLOSES: _("The deadline passes in «%(name)s»"),
        queries.Kind.MAY_BE_OPENED: _("Two people can open the sketches in «%(name)s»"),
        queries.Kind.STANDSTILL_ENDS: _("The standstill is over in «%(name)s»"),
    }[milestone.kind] % {"name": milestone.name}


def _happened(milestone: queries.Milestone) -> str:
    return {
        queries.Kind.OPENS: _("«%(name)s» opened for sketches."),
        queries.Kind.QUESTIONS_CLOSE: _("The time for questions ended in «%(name)s»."),
        queries.Kind.CLOSES: _("The deadline passed in «%(name)s»."),
        queries.Kind.MAY_BE_OPENED: _("Two people can now open the sketches in «%(name)s»."),
        queries.Kind.STANDSTILL_ENDS: _("The standstill is over in «%(name)s»."),
    }[milestone.kind] % {"name": milestone.name}


@login_not_required
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail that would have gone, newest first; `q` looks for a recipient."""
    wanted = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    page = Paginator(queries.mails(wanted), PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode({"q": wanted}) + "&" if wanted else ""
    return render(request, "demo/mail_list.html", {"page": page, "wanted": wanted, "query": query})


@login_not_required
@require_safe
def mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """One mail as text. Only addresses of this very site can be pressed."""
    kept = get_object_or_404(queries.mails(), pk=mail_id)
    return render(request, "demo/mail.html", {"mail": kept, "pieces": list(_pieces(kept.text.strip(), request))})


@dataclass(frozen=True)
class Piece:
    """A stretch of a mail; `href` is a path on this site, or nothing."""

    text: str
    href: str = ""


def _pieces(text: str, request: HttpRequest) -> Iterator[Piece]:
    end = 0
    for found in ADDRESS.finditer(text):
        yield Piece(text[end : found.start()])
        yield Piece(found.group(), _own_path(found.group(), request))
        end = found.end()
    yield Piece(text[end:])


def _own_path(address: str, request: HttpRequest) -> str:
    """The path of an address that leads here, also from a day when the demo ran on another port; «» for every other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    own = {urlsplit(settings.SITE_URL).hostname, urlsplit(request.build_absolute_uri()).hostname}
    path = parts._replace(scheme="", netloc="", path=f"/{parts.path.lstrip('/')}").geturl()
    return path if parts.hostname in own and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""
