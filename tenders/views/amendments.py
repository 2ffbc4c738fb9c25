"""What was amended after the announcement, for everybody; proposing and announcing it, for officer and approver."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import SignedIn, once, posted_key, reads_and_writes, typed
from accounts.refused import Refused
from tenders.amendment_page import AmendmentPage, Brought, amendment_page, brought
from tenders.amendment_words import shown_changes
from tenders.commands.announce_amendment import announce_amendment
from tenders.commands.propose_amendment import propose_amendment
from tenders.commands.return_approval import return_approval
from tenders.forms.amendment import AmendmentForm, AnnounceAmendmentForm, ReturnAmendmentForm
from tenders.models import Approval, Tender
from tenders.policies.amendment import may_amend
from tenders.queries import amendments as queries
from tenders.queries.approvals import proposals
from tenders.queries.visibility import sees_preparing, visible_tenders
from tenders.readiness import NotReady


@login_not_required
@require_safe
def amendments(request: HttpRequest, reference: str) -> HttpResponse:
    """Every version with its time, its reason, and what stood before beside what stands now."""
    at, user = clock.now(), request.user
    tender = get_object_or_404(visible_tenders(user, at=at).select_related("unit"), reference=reference)
    if tender.announced_at is None:
        raise Http404
    stages = list(tender.stages.all())
    shown = [(row, shown_changes(row.changes, stages)) for row in queries.amendments_of(tender)]
    waiting = queries.waiting_amendment(tender) if sees_preparing(user, tender, at=at) else None
    context = {"tender": tender, "amendments": shown, "may_amend": may_amend(tender, user, at=at), "waiting": waiting}
    return render(request, "tenders/amendments.html", context)


@reads_and_writes
def amend(request: SignedIn, reference: str) -> HttpResponse:
    """The officer's form; or what waits, for the approver to read and decide."""
    tender, at = _tender(request, reference), clock.now()
    page = amendment_page(tender, request.user, at=at)
    form = _form(request, page)
    if request.method == "POST" and form is None:
        raise Refused(page.refusal)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            return once(request, lambda: _propose(request, tender, form))
        except NotReady as refused:
            for missing in refused.missing:
                form.add_error(missing.field if missing.field in form.fields else None, str(missing.text))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _show(request, tender, page, form=form)


def _form(request: SignedIn, page: AmendmentPage) -> AmendmentForm | None:
    """None when the person can't propose now."""
    if page.refusal or page.amendable is None:
        return None
    earlier = page.proposal.approval.content if page.proposal else None
    return AmendmentForm(typed(request), amendable=page.amendable, after_no=page.last_no, at=clock.now(), earlier=earlier, ready=page.ready)


def _propose(request: SignedIn, tender: Tender, form: AmendmentForm) -> str:
    propose_amendment(tender_id=tender.pk, **form.given, by=request.user, at=clock.now())
    messages.success(request, _("The amendment waits for the approver. Nobody else is told yet."))
    return _address(tender)


@reads_and_writes
def announce(request: SignedIn, reference: str) -> HttpResponse:
    """The approver announces what the page showed."""
    tender = _tender(request, reference)
    if (data := typed(request)) is None:
        return redirect(_address(tender))
    form = AnnounceAmendmentForm(data)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _announce(request, tender, form.cleaned_data["deadline_reason"]))
        except Refused as refused:
            page = amendment_page(tender, request.user, at=clock.now())
            if page.proposal is None or not page.proposal.approves or page.proposal.refusal:
                raise
            form.add_error("deadline_reason" if page.asks_deadline_reason else None, str(refused))
    return _show(request, tender, amendment_page(tender, request.user, at=clock.now()), announce_form=form)


def _announce(request: SignedIn, tender: Tender, deadline_reason: str) -> str:
    seen = request.POST.get("content_hash", "")
    approval = _proposal(request, tender)
    announce_amendment(approval_id=approval.pk, content_seen=seen, deadline_reason=deadline_reason, by=request.user, at=clock.now())
    messages.success(request, _("The amendment has been announced. All who follow the tender are told."))
    return reverse("tenders:amendments", args=[tender.reference])


@reads_and_writes
def send_back(request: SignedIn, reference: str) -> HttpResponse:
    """The approver sends it back, or the officer takes it back."""
    tender = _tender(request, reference)
    if (data := typed(request)) is None:
        return redirect(_address(tender))
    form = ReturnAmendmentForm(data)
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _return(request, tender, form.cleaned_data["reason"]))
    return _show(request, tender, amendment_page(tender, request.user, at=clock.now()), return_form=form)


def _return(request: SignedIn, tender: Tender, reason: str) -> str:
    return_approval(approval_id=_proposal(request, tender).pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The proposal is taken away. What was announced stands as it did."))
    return _address(tender)


def _tender(request: SignedIn, reference: str) -> Tender:
    at = clock.now()
    tender = get_object_or_404(visible_tenders(request.user, at=at).select_related("unit"), reference=reference)
    if tender.announced_at is None or not sees_preparing(request.user, tender, at=at):
        raise Http404
    return tender


def _address(tender: Tender) -> str:
    return reverse("tenders:amend", args=[tender.reference])


def _proposal(request: SignedIn, tender: Tender) -> Approval:
    """The proposal that stood on the page."""
    return get_object_or_404(proposals(tender, queries.AMENDMENT), pk=posted_key(request, "proposal"))


def _show(request: SignedIn, tender: Tender, page: AmendmentPage, **forms: Any) -> HttpResponse:
    given = {"return_form": ReturnAmendmentForm(None), "announce_form": AnnounceAmendmentForm(None), "form": None, **forms}
    if given["form"] is None and not page.waits:
        given["form"] = _form(request, page) if request.method != "POST" else None
    found = _brought(tender, page, given["form"])
    return render(request, "tenders/amend.html", {"tender": tender, "page": page, "proposal": page.proposal, "brought": found, **given})


def _brought(tender: Tender, page: AmendmentPage, form: AmendmentForm | None) -> list[Brought]:
    """What the form's texts bring; the reason that was given for it before stands in its field."""
    if form is None or page.amendable is None:
        return []
    found = brought(tender, page.amendable.changes_to(form.texts), at=clock.now())
    form.initial["threshold_reason"] = next((one.row.reason for one in found if one.row), "")
    return found
