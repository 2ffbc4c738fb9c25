"""What views share: a request that is signed in, what was typed, and a form that counts once."""

import uuid
from collections.abc import Callable
from typing import TypeVar, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.commands.answer_once import answer_once
from accounts.models import User

Answer = TypeVar("Answer", bound=HttpResponseBase)

# No page of ours has a longer address; FormToken.answer takes 300
LONGEST_PATH = 250
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


class SignedIn(HttpRequest):
    """A request behind the log-in wall."""

    user: User


def typed(request: HttpRequest) -> QueryDict | None:
    """What was typed into the form: just posted, or kept while the person had to log in again; else None."""
    if request.method == "POST":
        return request.POST
    return cast(QueryDict | None, getattr(request, "kept", None))


def wished_path(request: HttpRequest) -> str:
    """Where the person was on the way to (`next`), when it is a page of ours; else an empty text."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wish if ours and len(wish) <= LONGEST_PATH else ""


def form_token(request: HttpRequest) -> UUID:
    """The token of the form that was sent; a new one when the form carries none that can be read."""
    try:
        return UUID(request.POST.get("form_token", ""))
    except ValueError:
        return uuid.uuid4()


def posted_key(request: HttpRequest, name: str) -> UUID:
    """The key of a row in a hidden field of the form; Http404 when it is none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as wrong:
        raise Http404 from wrong


def refused_page(request: HttpRequest, reason: str, *, back: str) -> HttpResponse:
    """Instead of a form that the person may not fill in; `back` is the address of the page it belongs to."""
    return render(request, "409.html", {"reason": reason, "back": back}, status=409)


def once(request: SignedIn, act: Callable[[], str]) -> HttpResponseRedirect:
    """Do `act` and go to the address it gives; the same form sent again goes to the first answer and does nothing."""
    return HttpResponseRedirect(answer_once(token=form_token(request), act=act, by=request.user, at=clock.now()))


def as_a_file(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """What somebody uploaded, to be saved and never shown among our own pages or kept on the way."""
    return as_saved(HttpResponse(content, content_type=content_type), name=name)


def as_saved(response: Answer, *, name: str) -> Answer:
    """The same answer with the headers that make it a file to be saved, whatever it holds."""
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
