"""Cancelling a tender: the officer proposes, the approver decides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.http import SignedIn, once, posted_key, reads_and_writes, typed
from accounts.refused import Refused
from contracts.cancellation_page import cancellation_page
from contracts.commands.cancel_tender import cancel_tender
from contracts.commands.propose_cancellation import propose_cancellation
from contracts.forms.cancellation import CancellationForm, ReturnCancellationForm
from contracts.queries.cancellation import CANCELLATION
from tenders.commands.return_approval import return_approval
from tenders.models import Approval, Tender
from tenders.queries import visible_tenders
from tenders.queries.approvals import proposals
from tenders.queries.visibility import sees_preparing


@reads_and_writes
def cancellation(request: SignedIn, reference: str) -> HttpResponse:
    """What cancelling means, and who decides; for officer, approver and auditors."""
    tender = _tender(request, reference)
    form = CancellationForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _propose(request, tender, form.cleaned_data))
        except Refused as refused:
            if cancellation_page(tender, request.user, at=clock.now()).refusal:
                raise
            form.add_error(None, str(refused))
    return _page(request, tender, form=form)


def _propose(request: SignedIn, tender: Tender, values: dict[str, Any]) -> str:
    propose_cancellation(tender_id=tender.pk, **values, by=request.user, at=clock.now())
    messages.success(request, _("The proposal waits for the approver. Nobody else is told yet."))
    return _address(tender)


@require_POST
def cancel(request: SignedIn, reference: str) -> HttpResponse:
    """The approver approves what the page showed."""
    tender = _tender(request, reference)

    def act() -> str:
        cancel_tender(approval_id=_proposal(request, tender).pk, by=request.user, at=clock.now())
        messages.success(request, _("The tender is cancelled. Everybody who follows it and everybody who handed in gets a letter."))
        return reverse("insight:tender", args=[tender.reference])

    return once(request, act)


@reads_and_writes
def return_cancellation(request: SignedIn, reference: str) -> HttpResponse:
    """The approver sends the proposal back, or the officer takes it back."""
    tender = _tender(request, reference)
    if (data := typed(request)) is None:
        return redirect(_address(tender))
    form = ReturnCancellationForm(data)
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _return(request, tender, form.cleaned_data["reason"]))
    return _page(request, tender, return_form=form)


def _return(request: SignedIn, tender: Tender, reason: str) -> str:
    return_approval(approval_id=_proposal(request, tender).pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The proposal is taken away, and the tender goes on."))
    return _address(tender)


def _tender(request: SignedIn, reference: str) -> Tender:
    at = clock.now()
    tender = get_object_or_404(visible_tenders(request.user, at=at).select_related("unit"), reference=reference)
    if tender.announced_at is None or not sees_preparing(request.user, tender, at=at):
        raise Http404
    return tender


def _address(tender: Tender) -> str:
    return reverse("contracts:cancellation", args=[tender.reference])


def _proposal(request: SignedIn, tender: Tender) -> Approval:
    """The proposal that stood on the page."""
    return get_object_or_404(proposals(tender, CANCELLATION), pk=posted_key(request, "proposal"))


def _page(request: SignedIn, tender: Tender, **forms: Any) -> HttpResponse:
    page = cancellation_page(tender, request.user, at=clock.now())
    shown = {"tender": tender, "page": page, "proposal": page.proposal, "form": CancellationForm(None), **forms}
    return render(request, "contracts/cancellation.html", {"return_form": ReturnCancellationForm(None), **shown})
