"""What every page shows: navigation, who is at the keyboard, the languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts import clock, queries
from accounts.kept_text import written_texts
from accounts.models import User
from accounts.roles import Role


def page(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request, user)),
        "who": SimpleLazyObject(lambda: _who(user)),
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "demo_now": clock.now() if settings.DEMO else None,
        "footer_links": SimpleLazyObject(_footer),
        "written": SimpleLazyObject(lambda: written_texts(request)),
    }


def _navigation(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    links = [(_("Tenders"), reverse("tenders:list"))]
    if isinstance(user, User) or getattr(user, "is_authenticated", False):
        links.insert(0, (_("My work"), reverse("insight:my_work")))
        roles = _roles(user)
        if Role.REVIEWER in roles:
            links.append((_("Prequalifications"), reverse("suppliers:prequalifications")))
        if Role.ADMINISTRATOR in roles:
            links.append((_("Roles"), reverse("accounts:roles")))
        if Role.AUDITOR in roles:
            links.append((_("Journal"), reverse("insight:journal")))
    return [{"label": label, "url": url, "current": request.path.startswith(url)} for label, url in links]


def _footer() -> list[dict[str, str]]:
    return [
        {"label": _("Guides"), "url": reverse("insight:guides")},
        {"label": _("Check a receipt"), "url": reverse("suppliers:verify_receipt")},
        {"label": _("Prequalified suppliers"), "url": reverse("suppliers:directory")},
        {"label": _("Accessibility"), "url": reverse("insight:about_accessibility")},
        {"label": _("Privacy"), "url": reverse("insight:about_privacy")},
        {"label": _("Contact"), "url": reverse("insight:about_contact")},
        {"label": _("Security"), "url": reverse("insight:about_security")},
    ]


def _roles(user: User) -> list[Role]:
    """Asked once a request, however many pieces of the page want to know."""
    if not hasattr(user, "_roles_held"):
        user._roles_held = queries.roles_of(user, at=clock.now())  # type: ignore[attr-defined]  # for this request only
    return user._roles_held  # type: ignore[attr-defined,no-any-return]  # set above


def _who(user: Any) -> dict[str, Any] | None:
    if not getattr(user, "is_authenticated", False):
        return None
    links = [{"label": _("Letters"), "url": reverse("letters:letters")}]
    organisations = list(queries.own_organisations(user))
    links += [{"label": org.name, "url": reverse("suppliers:organisation", args=[org.number])} for org in organisations]
    roles = _roles(user)
    text = ", ".join(str(role.label) for role in roles[:2]) or ", ".join(org.name for org in organisations[:1])
    return {"name": user.name, "role_text": text, "links": links}
