"""Registering an organisation, its own page, and the public directory of the prequalified."""

import uuid
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts import queries as people
from accounts.http import SignedIn, once, typed, wished_path
from accounts.models import Organisation, User
from accounts.organisation_number import without_spaces
from accounts.refused import Refused
from suppliers.commands.describe_supplier import describe_supplier
from suppliers.commands.register_supplier import register_supplier
from suppliers.forms.registration import DescriptionForm, RegistrationForm, SearchForm
from suppliers.models import Supplier
from suppliers.policies.registration import DescribeSupplierPolicy
from suppliers.queries import prequalification as queries
from suppliers.queries.submissions import own_submissions
from suppliers.views.paths import of_organisation
from suppliers.views.supplier_rows import QUALIFIED, directory_columns, directory_row, form_name, submission_columns, submission_row

ON_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SignedIn) -> HttpResponse:
    """Register the organisation one acts for, then go on to where one was going."""
    form = RegistrationForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _registered(request, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "suppliers/register.html", {"form": form, "token": uuid.uuid4(), "after": wished_path(request)})


def _registered(request: SignedIn, form: RegistrationForm) -> str:
    supplier = register_supplier(by=request.user, at=clock.now(), **form.cleaned_data)
    return wished_path(request) or reverse("suppliers:organisation", args=[supplier.organisation.number])


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: SignedIn, number: str) -> HttpResponse:
    """A representative changes what is said of the organisation."""
    organisation = get_object_or_404(people.own_organisations(request.user).select_related("supplier"), number=number)
    form = DescriptionForm(typed(request), initial=_said(organisation.supplier))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _described(request, organisation, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    refusal = DescribeSupplierPolicy(organisation).refusal(request.user)
    crumbs = of_organisation(organisation, _("Change the description"))
    shown = {"organisation": organisation, "form": form, "refusal": refusal, "crumbs": crumbs, "token": uuid.uuid4()}
    return render(request, "suppliers/describe.html", shown)


def _said(supplier: Supplier) -> dict[str, object]:
    organisation = supplier.organisation
    said = {name: getattr(organisation, name) for name in ("name", "form", "address", "language")}
    said |= {name: getattr(supplier, name) for name in ("kind", "size")}
    return said | {"county_code": supplier.county_id, "first_time": "yes" if supplier.first_time else "no"}


def _described(request: SignedIn, organisation: Organisation, form: DescriptionForm) -> str:
    describe_supplier(organisation_id=organisation.pk, by=request.user, at=clock.now(), **form.cleaned_data)
    return reverse("suppliers:organisation", args=[organisation.number])


@login_not_required
@require_safe
def organisation(request: HttpRequest, number: str) -> HttpResponse:
    """Members see everything about their organisation; others what the directory shows, while it is qualified."""
    supplier = get_object_or_404(Supplier.objects.select_related("organisation", "county"), organisation__number=number)
    decision = queries.standing_decision(supplier.organisation, at=clock.now())
    crumbs = of_organisation(supplier.organisation)[:1] + [(supplier.organisation.name, "")]
    shown = {"supplier": supplier, "organisation": supplier.organisation, "decision": decision, "crumbs": crumbs}
    if isinstance(request.user, User) and people.own_organisations(request.user).filter(pk=supplier.pk).exists():
        return render(request, "suppliers/organisation.html", shown | _for_members(request.user, supplier))
    if decision is None:
        raise Http404
    return render(request, "suppliers/public.html", shown | {"tag": QUALIFIED})


def _for_members(user: User, supplier: Supplier) -> dict[str, object]:
    organisation = supplier.organisation
    written = own_submissions(user).filter(organisation=organisation)
    return {
        "newest": queries.newest_of(organisation),
        "memberships": organisation.memberships.filter(ended_at=None).select_related("user").order_by("user__name"),
        "form_name": form_name(organisation),
        "submissions": [submission_row(row) for row in written],
        "submission_columns": submission_columns(),
    }


@login_not_required
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody who is qualified now."""
    words = SearchForm(request.GET).words
    found = queries.qualified_directory(at=clock.now()).order_by("organisation__name", "pk")
    if words:
        named = Q(organisation__name__icontains=words) | Q(county__name__icontains=words)
        found = found.filter(named | Q(organisation__number=without_spaces(words)))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    own = people.own_organisations(request.user).first() if isinstance(request.user, User) else None
    shown = {
        "page": page,
        "rows": [directory_row(supplier) for supplier in page],
        "columns": directory_columns(),
        "words": words,
        "query": urlencode({"q": words}) + "&" if words else "",
        "own": own,
    }
    return render(request, "suppliers/directory.html", shown)
