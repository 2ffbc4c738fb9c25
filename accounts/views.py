"""Pages of the front door."""

import uuid
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import clock, queries
from accounts.commands.choose_language import choose_language
from accounts.commands.end_role import end_role
from accounts.commands.grant_role import grant_role
from accounts.forms import GrantForm
from accounts.http import SignedIn, once, typed, wished_path
from accounts.kept_text import keep_text
from accounts.languages import Language
from accounts.local_time import oslo_day
from accounts.models import RoleGrant, Unit, User
from accounts.policies import EndRolePolicy
from accounts.refused import Refused
from accounts.roles import Role


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Bokmål, nynorsk or English: in a cookie for everybody, on the person for those who are logged in."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(wished_path(request) or "/")
    if language in Language.values:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 60 * 60, samesite="Lax", httponly=True)
        if request.user.is_authenticated:
            choose_language(language=Language(language), by=request.user, at=clock.now())
    return response


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was too old. From our own pages what was typed is kept and shown again."""
    if request.META.get("HTTP_SEC_FETCH_SITE", "") == "same-origin" and keep_text(request):
        text = _("The page had been open for too long. Open it again: what you wrote is kept for an hour.")
    else:
        text = _(
            "The page had been open for too long, or the form was not sent from it. Nothing was stored. Open the page and send it again."
        )
    return render(request, "403.html", {"reason": text, "again": request.path}, status=403)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read as a form of ours; with what to do where that is known."""
    reason = ""
    if isinstance(exception, RequestDataTooBig):
        reason = _("There is more text here than we can take, and nothing was stored. Go back, shorten it and send it again.")
    elif isinstance(exception, TooManyFilesSent):
        reason = _("There are more files here than we can take, and nothing was stored. Go back and send fewer at a time.")
    return render(request, "400.html", {"reason": reason}, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: SignedIn) -> HttpResponse:
    """Who is what, unit by unit; and the form that grants a role."""
    at = clock.now()
    units = _managed_units(request.user, at)
    form = GrantForm(typed(request), units=units)
    if request.method == "POST" and form.is_valid():
        to = queries.people().filter(email=form.cleaned_data["email"].lower()).first()
        if to is None:
            form.add_error("email", _("Nobody has signed up with this address. Ask the person to sign up first."))
        else:
            try:
                return once(request, lambda: _granted(request, form, to, units))
            except Refused as refused:
                form.add_error(None, str(refused))
    return _roles_page(request, form, at)


def _managed_units(user: User, at: datetime) -> list[Unit]:
    """Those the person is administrator of, the directorate first. PermissionDenied when there is none."""
    rank = {kind: place for place, kind in enumerate(Unit.Kind.values)}
    units = sorted(queries.units_with_role(user, Role.ADMINISTRATOR, at=at), key=lambda unit: (rank[unit.kind], unit.name))
    if not units:
        raise PermissionDenied
    return units


def _granted(request: SignedIn, form: GrantForm, to: User, units: list[Unit]) -> str:
    chosen = form.cleaned_data
    [unit] = [unit for unit in units if str(unit.pk) == chosen["unit"]]
    grant_role(to=to, role=chosen["role"], unit=unit, until=chosen["until"], by=request.user, at=clock.now())
    messages.success(request, _("%(name)s is now %(role)s in %(unit)s.") % _held(to, chosen["role"], unit))
    return reverse("accounts:roles")


def _held(who: User, role: str, unit: Unit) -> dict[str, str]:
    label = str(Role(role).label)
    return {"name": who.name, "role": label[:1].lower() + label[1:], "unit": unit.name}


def _roles_page(request: SignedIn, form: GrantForm, at: datetime) -> HttpResponse:
    grants = list(queries.grants_to_manage(request.user, at=at).order_by("user__name", "role"))
    standing = [grant for grant in grants if grant.ended_at is None and (grant.until is None or grant.until >= oslo_day(at))]
    by_unit: dict[Unit, list[RoleGrant]] = {}
    for grant in standing:
        by_unit.setdefault(grant.unit, []).append(grant)
    shown = {
        "by_unit": sorted(by_unit.items(), key=lambda item: (item[0].parent_id is not None, item[0].name)),
        "ended": [grant for grant in grants if grant not in standing],
        "form": form,
        "token": uuid.uuid4(),
    }
    return render(request, "accounts/roles.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedIn, key: UUID) -> HttpResponse:
    """Asks once more before a role is ended."""
    grant = get_object_or_404(queries.grants_to_manage(request.user, at=clock.now()), pk=key)
    if request.method == "POST":
        return once(request, lambda: _ended(request, grant))
    refusal = EndRolePolicy(grant, clock.now()).refusal(request.user)
    crumbs = [(_("Roles"), reverse("accounts:roles")), (_("End a role"), "")]
    shown = {"grant": grant, "refusal": refusal, "crumbs": crumbs, "token": uuid.uuid4()}
    return render(request, "accounts/end_role.html", shown)


def _ended(request: SignedIn, grant: RoleGrant) -> str:
    end_role(grant_id=grant.pk, by=request.user, at=clock.now())
    messages.success(request, _("%(name)s is no longer %(role)s in %(unit)s.") % _held(grant.user, grant.role, grant.unit))
    return reverse("accounts:roles")
