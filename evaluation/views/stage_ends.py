"""The end of a stage: settled after the standstill, or closed without selection. Both take the officer and the approver."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.http import SignedIn, once, posted_key, reads_and_writes, typed
from accounts.refused import Refused
from evaluation.addresses import stage_address
from evaluation.commands.close_stage import close_stage
from evaluation.commands.propose_closing import propose_closing
from evaluation.commands.propose_settlement import propose_settlement
from evaluation.commands.settle_stage import settle_stage
from evaluation.forms.settlement import ClosingForm, ReturnEndForm, SettlementForm
from evaluation.queries.settlement import CLOSING, SETTLEMENT
from evaluation.queries.submissions import opened_submissions
from evaluation.stage_end import StageEnd, closing_of, settlement_of
from evaluation.views.stages import stage_asked, tender_asked
from tenders.commands.return_approval import return_approval
from tenders.models import Approval, Stage
from tenders.queries.approvals import proposals
from tenders.queries.visibility import sees_preparing
from tenders.readiness import NotReady
from tenders.stage_dates import suggested_stage_dates


@reads_and_writes
def settlement(request: SignedIn, reference: str) -> HttpResponse:
    """Who goes on and when; the officer proposes the dates of the next stage here."""
    stage = _stage(request, reference)
    end = settlement_of(stage, request.user, at=clock.now())
    form = _settlement_form(request, end)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _propose_settlement(request, stage, form.cleaned_data))
        except NotReady as refused:
            for missing in refused.missing:
                form.add_error(missing.field, str(missing.text))
        except Refused as refused:
            if not end.may_propose:
                raise
            form.add_error(None, str(refused))
    return _settlement_page(request, stage, form=form)


def _settlement_form(request: SignedIn, end: StageEnd) -> SettlementForm:
    suggested = suggested_stage_dates(end.following, at=clock.now()) if end.following else None
    return SettlementForm(typed(request), suggested=suggested)


def _propose_settlement(request: SignedIn, stage: Stage, values: dict[str, Any]) -> str:
    propose_settlement(stage_id=stage.pk, **values, by=request.user, at=clock.now())
    messages.success(request, _("The end of the stage waits for the approver."))
    return stage_address("settlement", stage)


@require_POST
def settle(request: SignedIn, reference: str) -> HttpResponse:
    """The approver approves what the page showed."""
    stage = _stage(request, reference)

    def act() -> str:
        settle_stage(approval_id=_proposal(request, stage, SETTLEMENT).pk, by=request.user, at=clock.now())
        messages.success(request, _("The stage has ended."))
        return stage_address("settlement", stage)

    try:
        return once(request, act)
    except NotReady as refused:
        return _settlement_page(request, stage, refused=str(refused))


@reads_and_writes
def return_settlement(request: SignedIn, reference: str) -> HttpResponse:
    """The approver sends the proposal back, or the officer takes it back."""
    stage = _stage(request, reference)
    return _return(request, stage, SETTLEMENT, _settlement_page)


def _settlement_page(request: SignedIn, stage: Stage, **shown: Any) -> HttpResponse:
    end = settlement_of(_again(stage), request.user, at=clock.now())
    forms = {"form": shown.pop("form", None) or SettlementForm(None, suggested=None), "return_form": ReturnEndForm(None)}
    context = {"tender": stage.tender, "stage": stage, "end": end, "proposal": end.proposal, **forms, **shown}
    return render(request, "evaluation/settlement.html", context)


@reads_and_writes
def closing(request: SignedIn, reference: str) -> HttpResponse:
    """Nobody is good enough, or nobody was admitted: the officer proposes to close the stage without selection."""
    stage = _stage(request, reference)
    end, form = closing_of(stage, request.user, at=clock.now()), ClosingForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _propose_closing(request, stage, form.cleaned_data["reason"]))
        except Refused as refused:
            if not end.may_propose:
                raise
            form.add_error(None, str(refused))
    return _closing_page(request, stage, form=form)


def _propose_closing(request: SignedIn, stage: Stage, reason: str) -> str:
    propose_closing(stage_id=stage.pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The proposal waits for the approver. Nobody else is told yet."))
    return stage_address("closing", stage)


@require_POST
def close(request: SignedIn, reference: str) -> HttpResponse:
    """The approver approves what the page showed."""
    stage = _stage(request, reference)

    def act() -> str:
        close_stage(approval_id=_proposal(request, stage, CLOSING).pk, by=request.user, at=clock.now())
        messages.success(request, _("The stage is closed. The letters are being made, and are released together."))
        return stage_address("closing", stage)

    return once(request, act)


@reads_and_writes
def return_closing(request: SignedIn, reference: str) -> HttpResponse:
    """The approver sends the proposal back, or the officer takes it back."""
    stage = _stage(request, reference)
    return _return(request, stage, CLOSING, _closing_page)


def _closing_page(request: SignedIn, stage: Stage, **shown: Any) -> HttpResponse:
    at = clock.now()
    end = closing_of(_again(stage), request.user, at=at)
    waits = end.proposal is not None and end.proposal.waits
    letters = opened_submissions(stage).prefetch_related(None).count() if waits else 0
    forms = {"form": ClosingForm(None), "return_form": ReturnEndForm(None)}
    context = {"tender": stage.tender, "stage": stage, "end": end, "proposal": end.proposal, "letters": letters, **forms, **shown}
    return render(request, "evaluation/closing.html", context)


def _stage(request: SignedIn, reference: str) -> Stage:
    """The stage asked for, for officer, approver and auditors."""
    at = clock.now()
    tender = tender_asked(request, reference, at=at)
    stage = stage_asked(request, tender)
    if stage is None or not sees_preparing(request.user, tender, at=at):
        raise Http404
    return stage


def _again(stage: Stage) -> Stage:
    """As it is after what was just tried."""
    fresh = Stage.objects.get(pk=stage.pk)
    fresh.tender = stage.tender
    return fresh


def _proposal(request: SignedIn, stage: Stage, what: Approval.What) -> Approval:
    """The proposal that stood on the page."""
    return get_object_or_404(proposals(stage.tender, what, stage), pk=posted_key(request, "proposal"))


def _return(request: SignedIn, stage: Stage, what: Approval.What, page: Callable[..., HttpResponse]) -> HttpResponse:
    name = "settlement" if what == SETTLEMENT else "closing"
    if (data := typed(request)) is None:
        return redirect(stage_address(name, stage))
    form = ReturnEndForm(data)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]

        def act() -> str:
            return_approval(approval_id=_proposal(request, stage, what).pk, reason=reason, by=request.user, at=clock.now())
            messages.success(request, _("The proposal is taken away. The officer can propose anew."))
            return stage_address(name, stage)

        return once(request, act)
    return page(request, stage, return_form=form)
