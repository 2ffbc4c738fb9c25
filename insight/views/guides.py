"""Guides, and the pages that the footer leads to. Open to everybody; they ask the database nothing."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts import clock
from insight.guides import FOR_BUYERS, FOR_SUPPLIERS, GUIDES

ABOUT = {
    "accessibility": _("Accessibility"),
    "privacy": _("Privacy"),
    "contact": _("Contact"),
    "security": _("Security"),
}
# RFC 9116 asks for less than a year, so that an address that nobody reads any more is not trusted
SECURITY_CONTACT_HOLDS = timedelta(days=180)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@login_not_required
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    return render(request, "insight/guides.html", {"for_suppliers": FOR_SUPPLIERS, "for_buyers": FOR_BUYERS})


@login_not_required
@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in GUIDES:
        raise Http404
    found = GUIDES[slug]
    context = {
        "guide": found,
        "text": found.text(_language()),
        "crumbs": [(_("Guides"), reverse("insight:guides")), (found.title, "")],
        "others": [one for one in (FOR_SUPPLIERS if found in FOR_SUPPLIERS else FOR_BUYERS) if one != found],
    }
    return render(request, "insight/guide.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest, page: str) -> HttpResponse:
    """What Nyvei says of itself; the texts are files, one per language, as those of the guides."""
    context = {"heading": ABOUT[page], "text": f"about/{page}/{_language()}.html", "contact_email": settings.CONTACT_EMAIL}
    return render(request, "insight/about.html", context)


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where a weakness is reported (RFC 9116), for programs that look for it."""
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {clock.now() + SECURITY_CONTACT_HOLDS:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nb, nn, en",
        f"Canonical: {settings.SITE_URL}{reverse('insight:security_txt')}",
        f"Policy: {settings.SITE_URL}{reverse('insight:about_security')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
