"""The threshold check: what keeps newcomers out, mended with a click or kept with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import SignedIn, once, reads_and_writes, typed
from accounts.refused import Refused
from tenders.commands.accept_threshold_finding import accept_threshold_finding
from tenders.commands.mend_threshold_finding import mend_threshold_finding
from tenders.commands.save_announcement import save_announcement
from tenders.forms.threshold import BesideForm, FiguresForm, ReasonForm
from tenders.models import Tender
from tenders.phases import WRITTEN_PHASES
from tenders.policies.announcement import ChangedMeanwhile, EditAnnouncementPolicy
from tenders.queries.visibility import staff_tenders
from tenders.threshold_beside import beside
from tenders.threshold_page import reason_form, threshold_page
from tenders.views.own_tender import own_tender


@require_safe
def threshold(request: SignedIn, reference: str) -> HttpResponse:
    """For those who work on the tender or audit it."""
    return _show(request, own_tender(request, reference))


@require_safe
def compare(request: SignedIn, reference: str) -> HttpResponse:
    """This announcement and another one of those the person may read, side by side."""
    tender = own_tender(request, reference)
    form = BesideForm(request.GET if "other" in request.GET else None, tender=tender, readable=staff_tenders(request.user, at=clock.now()))
    both = beside([tender, form.cleaned_data["other"]], at=clock.now()) if form.is_valid() else None
    return render(request, "tenders/threshold_beside.html", {"tender": tender, "form": form, "both": both})


@reads_and_writes
def mend(request: SignedIn, reference: str) -> HttpResponse:
    """Save what the finding offers."""
    tender = own_tender(request, reference)
    if (data := typed(request)) is None:
        return redirect(_address(tender))
    if request.method == "POST":
        EditAnnouncementPolicy(tender, clock.now()).check(request.user)
        try:
            return once(request, lambda: _mend(request, tender, data.get("finding", "")))
        except Refused as refused:
            return _show(request, tender, refusal=str(refused))
    return _show(request, tender)


def _mend(request: SignedIn, tender: Tender, finding: str) -> str:
    mend_threshold_finding(tender_id=tender.pk, finding=finding, by=request.user, at=clock.now())
    messages.success(request, _("Mended. The announcement is changed."))
    return _address(tender)


@reads_and_writes
def keep(request: SignedIn, reference: str) -> HttpResponse:
    """Keep the finding with a reason."""
    tender = own_tender(request, reference)
    if (data := typed(request)) is None:
        return redirect(_address(tender))
    finding = data.get("finding", "")
    form = reason_form(finding, data)
    refusal = ""
    if request.method == "POST":
        EditAnnouncementPolicy(tender, clock.now()).check(request.user)
        if form.is_valid():
            try:
                return once(request, lambda: _keep(request, tender, finding, form.cleaned_data["reason"]))
            except Refused as refused:
                refusal = str(refused)
    return _show(request, tender, refusal=refusal, refused=(finding, form))


def _keep(request: SignedIn, tender: Tender, finding: str, reason: str) -> str:
    accept_threshold_finding(tender_id=tender.pk, finding=finding, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("Kept, with your reason."))
    return _address(tender)


@reads_and_writes
def set_figures(request: SignedIn, reference: str) -> HttpResponse:
    """Own figures of this tender for the estimate, or the usual ones again."""
    tender = own_tender(request, reference)
    if (data := typed(request)) is None:
        return redirect(_address(tender))
    form = FiguresForm(data, tender=tender)
    refusal = ""
    if request.method == "POST":
        EditAnnouncementPolicy(tender, clock.now()).check(request.user)
        if "usual" in data or form.is_valid():
            try:
                return once(request, lambda: _set_figures(request, tender, form))
            except ChangedMeanwhile as refused:
                form.show_newer()
                refusal = str(refused)
    return _show(request, tender, refusal=refusal, figures=form)


def _set_figures(request: SignedIn, tender: Tender, form: FiguresForm) -> str:
    draft_no = form.cleaned_data.get("draft_no") if form.is_valid() else None
    save_announcement(tender_id=tender.pk, section="effort", values=form.values, draft_no=draft_no, by=request.user, at=clock.now())
    messages.success(request, _("Saved: what it costs to take part."))
    return f"{_address(tender)}#h-effort"


def _address(tender: Tender) -> str:
    return reverse("tenders:threshold", args=[tender.reference])


def _show(
    request: SignedIn,
    tender: Tender,
    *,
    refusal: str = "",
    refused: tuple[str, ReasonForm] | None = None,
    figures: FiguresForm | None = None,
) -> HttpResponse:
    page = threshold_page(tender, request.user, at=clock.now(), figures=figures, refused=refused)
    gone = ""
    if refused and page.check.finding(refused[0]) is None:
        gone, refusal = refused[1]["reason"].value() or "", refusal or _("This finding is gone: what it judged has been changed.")
    shown = {"tender": tender, "page": page, "being_written": tender.phase in WRITTEN_PHASES, "refusal": refusal, "gone": gone}
    return render(request, "tenders/threshold.html", shown)
