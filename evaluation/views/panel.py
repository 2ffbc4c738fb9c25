"""Who judges: the panel that sits, the one that is proposed, and what the officer and the approver do with it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.http import SignedIn, once, reads_and_writes, typed
from accounts.refused import Refused
from evaluation.commands.appoint_panel import appoint_panel
from evaluation.commands.confirm_panel import confirm_panel
from evaluation.commands.return_panel import return_panel
from evaluation.forms.panel import PanelForm, ReturnPanelForm
from evaluation.panel_words import panel_heading, panel_lead, seat_columns, seat_rows
from evaluation.policies.panel import AppointPanelPolicy, ConfirmPanelPolicy, ReturnPanelPolicy
from evaluation.queries.panel import seats_of
from evaluation.queries.panel_proposal import last_panel_of, members_in, members_of, sees_panel, waiting_panel_of
from evaluation.views.stages import tender_asked
from tenders.models import Approval, Tender


@reads_and_writes
def panel(request: SignedIn, reference: str) -> HttpResponse:
    """The panel, for those who work with the tender and audit it. The officer appoints here."""
    at = clock.now()
    tender = _tender(request, reference, at=at)
    policy = AppointPanelPolicy(tender, waiting_panel_of(tender), at)
    form = _form(typed(request), tender, at=at) if not policy.refusal(request.user) else None
    if request.method == "POST" and form is None:
        policy.check(request.user)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            return once(request, lambda: _appoint(request, tender, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _page(request, tender, form=form)


def _tender(request: SignedIn, reference: str, *, at: datetime) -> Tender:
    tender = tender_asked(request, reference, at=at)
    if tender.announced_at is None or not sees_panel(request.user, tender, at=at):
        raise Http404
    return tender


def _form(data: Any, tender: Tender, *, at: datetime) -> PanelForm:
    """Filled with what was sent back last, else with the panel that sits."""
    last = last_panel_of(tender)
    returned = last is not None and last.returned_at is not None
    members = members_in(last) if last is not None and returned else members_of(list(seats_of(tender)))
    return PanelForm(data, tender=tender, members=members, at=at)


def _appoint(request: SignedIn, tender: Tender, form: PanelForm) -> str:
    appoint_panel(tender_id=tender.pk, **form.cleaned_data, by=request.user, at=clock.now())
    messages.success(request, _("The panel waits for the approver."))
    return _address(tender)


def _address(tender: Tender) -> str:
    return reverse("evaluation:panel", args=[tender.reference])


def _page(request: SignedIn, tender: Tender, *, form: PanelForm | None = None, return_form: ReturnPanelForm | None = None) -> HttpResponse:
    at, user = clock.now(), request.user
    seats, last = list(seats_of(tender)), last_panel_of(tender)
    waiting = last if last is not None and last.approved_at is None and last.returned_at is None else None
    shown = {
        "tender": tender,
        "heading": panel_heading(seats, waiting),
        "lead": panel_lead(tender, seats, waiting, at=at),
        "columns": seat_columns(),
        "seats": seat_rows([(seat.role, seat.user.name) for seat in seats]),
        "waiting": waiting,
        "proposed": seat_rows([(role, member.name) for role, member in members_in(waiting).seats]) if waiting else [],
        "returned": last if last is not None and last.returned_at is not None else None,
        "may_decide": waiting is not None and ReturnPanelPolicy(tender, waiting, at).role_of(user) is not None,
        "approves": waiting is not None and waiting.proposed_by_id != user.pk,
        "refusal": ConfirmPanelPolicy(tender, waiting, at).refusal(user) if waiting else "",
        "form": form if not waiting else None,
        "return_form": return_form or ReturnPanelForm(None),
    }
    return render(request, "evaluation/panel.html", shown)


@require_POST
def confirm(request: SignedIn, reference: str) -> HttpResponse:
    """The approver says yes to the panel that the page showed."""
    tender = _tender(request, reference, at=clock.now())
    return once(request, lambda: _confirm(request, tender))


def _confirm(request: SignedIn, tender: Tender) -> str:
    confirm_panel(approval_id=_proposal(request, tender).pk, by=request.user, at=clock.now())
    messages.success(request, _("The panel is confirmed. They can begin when the stage is opened."))
    return _address(tender)


def _proposal(request: SignedIn, tender: Tender) -> Approval:
    """The one that stood on the page: another may have come in its place."""
    approval = last_panel_of(tender)
    if approval is None or str(approval.pk) != request.POST.get("proposal"):
        raise Refused(_("This is not the panel you have seen. Open the page again before you decide."))
    return approval


@reads_and_writes
def send_back(request: SignedIn, reference: str) -> HttpResponse:
    """The approver sends the panel back, or the officer takes it back, with a reason."""
    tender = _tender(request, reference, at=clock.now())
    if (data := typed(request)) is None:
        return redirect("evaluation:panel", reference=reference)
    form = ReturnPanelForm(data)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _send_back(request, tender, form.cleaned_data["reason"]))
        except Refused as refused:
            if waiting_panel_of(tender) is None:
                raise
            form.add_error(None, str(refused))
    return _page(request, tender, return_form=form)


def _send_back(request: SignedIn, tender: Tender, reason: str) -> str:
    return_panel(approval_id=_proposal(request, tender).pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The panel is not confirmed. The officer can propose another one."))
    return _address(tender)
