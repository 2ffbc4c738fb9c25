"""Between the server and the views: whole requests only, own language, kept text, refusals as pages."""

import io
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.kept_text import keep_text, take_kept_text
from accounts.refused import Refused

Handler = Callable[[HttpRequest], HttpResponse]

MAX_BODY = 60 * 1024 * 1024


class WholeBodyMiddleware:
    """A body that ends early is an error, not a shorter body; a write without a length is refused, not empty."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"POST", "PUT", "PATCH"}:
            length = request.META.get("CONTENT_LENGTH") or ""
            if not length.isdecimal():
                return HttpResponse(_("The request has no length. Send it again."), status=411, content_type="text/plain; charset=utf-8")
            if int(length) > MAX_BODY:
                return render(request, "413.html", status=413)
            body = request.read(int(length))
            if len(body) != int(length):
                return render(
                    request,
                    "400.html",
                    {"reason": _("The connection was cut before everything had arrived. Nothing was stored. Send it again.")},
                    status=400,
                )
            request._stream = io.BytesIO(body)  # Django reads the form from this stream
            request._read_started = False  # type: ignore[attr-defined]
        return self.get_response(request)


class KeptTextMiddleware:
    """A form sent after the log-in has run out: its text is kept, encrypted, for an hour and shown again after log-in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.method == "GET":
            request.kept = take_kept_text(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.method == "POST" and not request.user.is_authenticated and _sent_to_log_in(response):
            keep_text(request)
        return response


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
    """A refusal that a view had no form to show in becomes a page that says why."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "409.html", {"reason": str(exception)}, status=409)
        return None
