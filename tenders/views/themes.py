"""Following a theme: what one is told of, and stopping."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import clock
from accounts import queries as people
from accounts.http import SignedIn, once, typed
from accounts.models import Organisation
from accounts.refused import Refused
from tenders.commands.follow_theme import follow_theme
from tenders.commands.unfollow_theme import unfollow_theme
from tenders.forms.themes import ThemeForm
from tenders.queries.themes import own_themes


@require_http_methods(["GET", "HEAD", "POST"])
def themes(request: SignedIn) -> HttpResponse:
    """What the person follows, and a form for one more, filled with what was looked for in the list."""
    mine = {row.number: row for row in people.own_organisations(request.user)}
    form = ThemeForm(typed(request), organisations=mine.values(), email=request.user.email, found=request.GET)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _follow(request, form.cleaned_data, mine))
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "tenders/themes.html", {"form": form, "themes": own_themes(request.user)})


def _follow(request: SignedIn, wanted: dict[str, Any], mine: dict[str, Organisation]) -> str:
    for number in wanted["told"]:
        follow_theme(group=wanted["group"], county=wanted["county"], organisation=mine.get(number), by=request.user, at=clock.now())
    messages.success(request, _("You follow the theme. We write when something new fits. Nobody at Nav sees who follows."))
    return reverse("tenders:themes")


@require_POST
def stop(request: SignedIn, theme_id: UUID) -> HttpResponse:
    """No longer be told of one theme."""
    theme = get_object_or_404(own_themes(request.user), pk=theme_id)
    return once(request, lambda: _stop(request, theme.pk))


def _stop(request: SignedIn, theme_id: UUID) -> str:
    unfollow_theme(theme_id=theme_id, by=request.user, at=clock.now())
    messages.success(request, _("You no longer follow the theme."))
    return reverse("tenders:themes")
