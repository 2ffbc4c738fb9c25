"""Who is selected: proposed by the chair, approved by somebody else, annulled or given up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.http import SignedIn, once, posted_key, reads_and_writes, typed
from accounts.refused import Refused
from evaluation.addresses import stage_address
from evaluation.commands.annul_selection import annul_selection
from evaluation.commands.approve_selection import approve_selection
from evaluation.commands.propose_selection import propose_selection
from evaluation.commands.return_selection import return_selection
from evaluation.commands.vacate_place import vacate_place
from evaluation.forms.selection import AnnulForm, ProposeSelectionForm, ReturnSelectionForm, VacateForm
from evaluation.models import Selection, SelectionPlace
from evaluation.policies.selection import VacatePlacePolicy
from evaluation.queries import selection as queries
from evaluation.selection_page import SelectionPage
from evaluation.views.stages import stage_asked, tender_asked
from tenders.models import Stage
from tenders.queries.visibility import sees_preparing


@require_safe
def selection(request: SignedIn, reference: str) -> HttpResponse:
    """From the moment the chair has closed the scoring, for those who prepared, judge and decide, and for auditors."""
    return _show(request, _stage(request, reference))


def _stage(request: SignedIn, reference: str) -> Stage:
    at = clock.now()
    stage = stage_asked(request, tender_asked(request, reference, at=at))
    if stage is None or stage.phase not in queries.AFTER_SCORING or not queries.sees_selection(request.user, stage, at=at):
        raise Http404
    return stage


def _show(request: SignedIn, stage: Stage, **forms: Any) -> HttpResponse:
    page = SelectionPage(stage, request.user, clock.now())
    if page.may_propose and "propose_form" not in forms:
        forms["propose_form"] = _propose_form(request, stage)
    forms = {"return_form": ReturnSelectionForm(None), "annul_form": AnnulForm(None), **forms}
    shown = {"tender": stage.tender, "stage": stage, "page": page, "returned": queries.last_return(stage), **forms}
    return render(request, "evaluation/selection.html", shown | {"annulled": queries.annulled_selections(stage)})


def _propose_form(request: SignedIn, stage: Stage) -> ProposeSelectionForm:
    return ProposeSelectionForm(typed(request), able=queries.candidates(stage), free=queries.free_places(stage).count())


@reads_and_writes
def propose(request: SignedIn, reference: str) -> HttpResponse:
    """The chair puts forward who is selected, with what is best about each."""
    stage = _stage(request, reference)
    if typed(request) is None:
        return redirect(stage_address("selection", stage))
    form = _propose_form(request, stage)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _propose(request, stage, form))
        except Refused as refused:
            if not SelectionPage(stage, request.user, clock.now()).may_propose:
                raise
            form.add_error(None, str(refused))
    return _show(request, stage, propose_form=form)


def _propose(request: SignedIn, stage: Stage, form: ProposeSelectionForm) -> str:
    reason = form.cleaned_data["reason"]
    propose_selection(stage_id=stage.pk, grounds=form.grounds, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The proposal is sent. The officer finishes the letters, and then somebody else approves."))
    return stage_address("selection", stage)


@require_POST
def approve(request: SignedIn, reference: str) -> HttpResponse:
    """The approver approves what the page showed."""
    stage = _stage(request, reference)
    waiting = _asked_about(request, stage)
    try:
        return once(request, lambda: _approve(request, stage, waiting))
    except Refused as refused:
        return _show(request, stage, approve_refused=str(refused))


def _approve(request: SignedIn, stage: Stage, waiting: Selection) -> str:
    approve_selection(selection_id=waiting.pk, seen=request.POST.get("seen", ""), by=request.user, at=clock.now())
    messages.success(request, _("The selection is approved. The letters are being made, and are released together."))
    return stage_address("selection", stage)


def _asked_about(request: SignedIn, stage: Stage) -> Selection:
    """The selection that stood on the page."""
    return get_object_or_404(Selection.objects.filter(stage=stage), pk=posted_key(request, "selection"))


@reads_and_writes
def send_back(request: SignedIn, reference: str) -> HttpResponse:
    """The approver sends the proposal back, or the chair takes it back."""
    stage = _stage(request, reference)
    if (data := typed(request)) is None:
        return redirect(stage_address("selection", stage))
    waiting, form = _asked_about(request, stage) if request.method == "POST" else None, ReturnSelectionForm(data)
    if waiting is not None and form.is_valid():
        return once(request, lambda: _send_back(request, stage, waiting, form.cleaned_data["reason"]))
    return _show(request, stage, return_form=form)


def _send_back(request: SignedIn, stage: Stage, waiting: Selection, reason: str) -> str:
    return_selection(selection_id=waiting.pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The proposal is taken away. The chair can propose anew."))
    return stage_address("selection", stage)


@reads_and_writes
def annul(request: SignedIn, reference: str) -> HttpResponse:
    """The approver annuls the decision, with a reason that everybody reads."""
    stage = _stage(request, reference)
    if (data := typed(request)) is None:
        return redirect(stage_address("selection", stage))
    standing, form = _asked_about(request, stage) if request.method == "POST" else None, AnnulForm(data)
    if standing is not None and form.is_valid():
        return once(request, lambda: _annul(request, stage, standing, form.cleaned_data["reason"]))
    return _show(request, stage, annul_form=form)


def _annul(request: SignedIn, stage: Stage, standing: Selection, reason: str) -> str:
    annul_selection(selection_id=standing.pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The selection is annulled. Everybody who had an answer gets a letter."))
    return reverse("insight:tender", args=[stage.tender.reference])


@reads_and_writes
def vacate(request: SignedIn, reference: str, place_id: UUID) -> HttpResponse:
    """The officer gives a place up on the supplier's word."""
    stage = _stage(request, reference)
    held = SelectionPlace.objects.exclude(item=None).select_related("item__submission__organisation")
    place = get_object_or_404(held, stage=stage, pk=place_id)
    if not sees_preparing(request.user, stage.tender, at=clock.now()):
        raise Http404
    form = VacateForm(typed(request))
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _vacate(request, stage, place, form.cleaned_data["reason"]))
    place.stage = stage
    refusal, back = VacatePlacePolicy(place, clock.now()).refusal(request.user), stage_address("selection", stage)
    shown = {"tender": stage.tender, "place": place, "form": form, "back": back, "refusal": refusal, "own": False}
    return render(request, "evaluation/vacate.html", shown)


def _vacate(request: SignedIn, stage: Stage, place: SelectionPlace, reason: str) -> str:
    vacate_place(place_id=place.pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The place is free. The supplier and the panel's chair have been told."))
    return stage_address("selection", stage)
