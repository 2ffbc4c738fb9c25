"""Between the server and the views: whole requests only, own language, kept text, refusals as pages."""

import codecs
import io
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.kept_text import keep_text, take_kept_text
from accounts.refused import Refused

Handler = Callable[[HttpRequest], HttpResponse]

MAX_BODY = 60 * 1024 * 1024
# A boundary has at most 70 characters (RFC 2046); a line break may follow the last one
LONGEST_END = 100
NUL = "\x00"


class NoNulMiddleware:
    """The database keeps no NUL, and nobody types one: left out of what is asked for, and no address holds one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        if any(NUL in value for values in request.GET.lists() for value in values[1]):
            asked = request.GET.copy()
            for name, values in request.GET.lists():
                asked.setlist(name, [value.replace(NUL, "") for value in values])
            request.GET = asked  # type: ignore[assignment]  # the same, without
        return self.get_response(request)

    def process_view(self, _request: HttpRequest, _view: Handler, _args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        if any(NUL in str(value) for value in kwargs.values()):
            raise Http404


class WholeBodyMiddleware:
    """A body that ends early is an error, not a shorter body; a write without a length is refused, not empty.

    Stands where the reader's language is known and before anything has looked at the form.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"POST", "PUT", "PATCH"}:
            length = request.META.get("CONTENT_LENGTH") or ""
            if not length.isdecimal():
                return _not_understood(
                    request, _("The form came without its length, so we cannot tell if all of it is here. Send it again."), 411
                )
            if int(length) > MAX_BODY:
                return render(request, "413.html", status=413)
            body = _read(request, int(length))
            if len(body) != int(length) or not _has_its_end(request, body):
                return _not_understood(
                    request, _("The connection was cut before everything had arrived. Nothing was stored. Send it again.")
                )
            if not _in_utf_8(request, body):
                return _not_understood(
                    request, _("The form came in an alphabet that we do not read. Open the page again and send it from there.")
                )
            request._stream = io.BytesIO(body)  # Django reads the form from this stream
            request._read_started = False  # type: ignore[attr-defined]  # Django may read it anew
        return self.get_response(request)


def _read(request: HttpRequest, length: int) -> bytes:
    try:
        return request.read(length)
    except UnreadablePostError:
        return b""


def _in_utf_8(request: HttpRequest, body: bytes) -> bool:
    """In other alphabets half a character can be written, which no database keeps; and a guess at an alphabet changes the text."""
    if request.encoding is not None and codecs.lookup(request.encoding).name != "utf-8":
        return False
    try:
        return request.content_type != "application/x-www-form-urlencoded" or body.decode() is not None
    except UnicodeDecodeError:
        return False


def _has_its_end(request: HttpRequest, body: bytes) -> bool:
    """A form in several parts says where the last one ends."""
    boundary = (request.content_params or {}).get("boundary", "")
    return request.content_type != "multipart/form-data" or f"--{boundary}--".encode() in body[-LONGEST_END:]


def _not_understood(request: HttpRequest, reason: str, status: int = 400) -> HttpResponse:
    return render(request, "400.html", {"reason": reason, "status": status}, status=status)


class OneOfEachMiddleware:
    """A field that is there twice means two things: neither is chosen. Boxes that several can be ticked of are named in the settings."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Handler, _args: tuple[object, ...], _kwargs: dict[str, object]
    ) -> HttpResponse | None:
        twice = [name for name, values in request.POST.lists() if len(values) > 1 and name not in settings.FIELDS_WITH_SEVERAL_VALUES]
        if twice:
            return _not_understood(request, _("The form said the same thing twice. Open the page again and send it from there."))
        return None


class KeptTextMiddleware:
    """A form sent after the log-in has run out: its text is kept, encrypted, for an hour and shown again after log-in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.method == "GET":
            request.kept = take_kept_text(request)  # type: ignore[attr-defined]  # read by http.typed
        response = self.get_response(request)
        if request.method == "POST" and not request.user.is_authenticated and _sent_to_log_in(response) and _sent_by_a_person(request):
            keep_text(request)
        return response


def _sent_by_a_person(request: HttpRequest) -> bool:
    """A form that was sent, not a save in the background: that one's page still holds the text, and must not push out what is kept."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _sent_to_log_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers.get("Location", "").startswith("/accounts/login/?")


class OwnLanguageMiddleware:
    """The language a person has chosen follows them to every machine."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        return self.get_response(request)


class RefusedMiddleware:
    """A refusal that a view had no form to show in becomes a page that says why; so does a button's address without its button."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        # What is done with a button has its address right below the page that the button stands on
        page = render(request, "405.html", {"back": request.path.rstrip("/").rpartition("/")[0] + "/"}, status=405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "409.html", {"reason": str(exception)}, status=409)
        return None
