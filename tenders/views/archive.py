"""The archive of our own tenders; laying a draft aside and taking it up again."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock, wording
from accounts import queries as people
from accounts.http import SignedIn, once, reads_and_writes, typed
from accounts.page_parts import Cell, Column
from tenders import offers
from tenders.commands.shelve_tender import shelve_tender
from tenders.commands.take_up_tender import take_up_tender
from tenders.forms.archive import ArchiveForm, ShelveForm
from tenders.models import Tender
from tenders.policies.shelving import ShelveTenderPolicy
from tenders.queries import announcement_url
from tenders.queries.archive import archive_years, archived_tenders
from tenders.views.own_tender import own_tender

PER_PAGE = 20
REASON_WORDS = 20


@require_safe
def archive(request: SignedIn) -> HttpResponse:
    """Ended tenders and drafts laid aside, of those the person works on or audits."""
    at = clock.now()
    if not people.roles_of(request.user, at=at):
        return render(request, "403.html", {"reason": _("Only those who have a role at Nav have an archive.")}, status=403)
    form = ArchiveForm(request.GET, years=archive_years(request.user, at=at))
    page = Paginator(archived_tenders(request.user, form.sought, at=at), PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode(form.kept)
    shown = {
        "form": form,
        "page": page,
        "columns": [Column(_("Tender")), Column(_("State")), Column(_("From"))],
        "rows": [_row(tender, at) for tender in page],
        "looking": bool(query),
        "query": f"{query}&" if query else "",
    }
    return render(request, "tenders/archive.html", shown)


def _row(tender: Tender, at: datetime) -> list[Cell]:
    begun = wording.short_day_with_year(tender.announced_at or tender.created_at)
    reason = Truncator(tender.shelved_reason).words(REASON_WORDS)
    return [
        Cell(tender.name, href=reverse("insight:tender", args=[tender.reference]), note=f"{tender.reference} · {tender.unit.name}"),
        Cell("", tag=offers.state_tag(tender, list(tender.stages.all()), at=at), note=reason),
        Cell(_("Announced %(day)s") % {"day": begun} if tender.announced_at else _("Begun %(day)s") % {"day": begun}),
    ]


@reads_and_writes
def shelve(request: SignedIn, reference: str) -> HttpResponse:
    """Say what it means to lay the draft aside; then do it."""
    tender = own_tender(request, reference)
    policy = ShelveTenderPolicy(tender, clock.now())
    if request.method == "POST":
        policy.check(request.user)
    form = ShelveForm(typed(request))
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _shelve(request, tender, form.cleaned_data["reason"]))
    shown = {"tender": tender, "form": form, "refusal": policy.refusal(request.user), "back_url": announcement_url(tender)}
    return render(request, "tenders/shelve.html", shown)


def _shelve(request: SignedIn, tender: Tender, reason: str) -> str:
    shelve_tender(tender_id=tender.pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The draft is laid aside. You find it in the archive, and can take it up again."))
    return announcement_url(tender)


@reads_and_writes
def take_up(request: SignedIn, reference: str) -> HttpResponse:
    """Make it a draft again."""
    tender = own_tender(request, reference)
    if request.method != "POST":
        return redirect(announcement_url(tender))
    return once(request, lambda: _take_up(request, tender))


def _take_up(request: SignedIn, tender: Tender) -> str:
    take_up_tender(tender_id=tender.pk, by=request.user, at=clock.now())
    messages.success(request, _("The tender is a draft again, as it was when it was laid aside."))
    return announcement_url(tender)
