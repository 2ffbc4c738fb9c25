"""Pages of the front door."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.commands.choose_language import choose_language
from accounts.http import SignedIn
from accounts.kept_text import keep_text
from accounts.languages import Language


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Bokmål, nynorsk or English: in a cookie for everybody, on the person for those who are logged in."""
    language = request.POST.get("language", "")
    after = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        after = "/"
    response = HttpResponseRedirect(after)
    if language in Language.values:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 60 * 60, samesite="Lax", httponly=True)
        if request.user.is_authenticated:
            choose_language(language=Language(language), by=request.user, at=clock.now())
    return response


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was too old. From our own pages what was typed is kept and shown again."""
    if request.META.get("HTTP_SEC_FETCH_SITE", "") == "same-origin":
        keep_text(request)
    text = _("The page had been open for too long. Open it again: what you wrote is kept for an hour.")
    return render(request, "403.html", {"reason": text, "again": request.path}, status=403)


def roles(request: SignedIn) -> HttpResponse:
    return render(request, "accounts/roles.html")
