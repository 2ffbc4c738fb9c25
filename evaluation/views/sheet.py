"""One sheet: points, reasons and feedback for one sketch, saved as they are given, locked, and opened again."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock, journal
from accounts.commands.note_access import note_access
from accounts.http import SignedIn, as_a_file, once, typed
from accounts.refused import Refused
from accounts.wording import clock_time
from evaluation.blind import read_blind_file
from evaluation.commands.ask_unlock import ask_unlock
from evaluation.commands.lock_sheet import lock_sheet
from evaluation.commands.save_scores import save_scores
from evaluation.forms.scores import SheetForm, UnlockForm
from evaluation.policies.scores import GivePointsPolicy, ScorePolicy
from evaluation.queries.scores import criteria_of, own_sheet, scores_on
from evaluation.views.not_saved import not_saved_page
from evaluation.views.scoring_desk import SheetDesk, sheet_desk_of
from evaluation.views.sheet_parts import after, form_page, form_rows, map_of, read_page, sheets_page, state_of
from suppliers.policies.submission import SavedByAnother
from tenders.sealing import SealBroken
from tenders.uploads.kinds import CONTENT_TYPES


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: SignedIn, reference: str, number: int) -> HttpResponse:
    """The sketch beside one's own sheet; when the scoring is closed, beside everybody's."""
    at = clock.now()
    desk = sheet_desk_of(request, reference, number, at=at)
    refusal = ScorePolicy(desk.stage, desk.row, desk.sheet, at).refusal(request.user)
    if request.method == "POST":
        return _write(request, desk, form_of(request, desk), refusal)
    note_access(what="evaluation.submission_read", about=journal.about_of(desk.row), by=request.user, at=at)
    if desk.ranked:
        return sheets_page(request, desk)
    return read_page(request, desk) if refusal else form_page(request, desk, form_of(request, desk))


def form_of(request: SignedIn, desk: SheetDesk) -> SheetForm:
    """The form with what was just given, or what is saved."""
    kept = desk.sheet
    scores, feedback, draft_no = (scores_on(kept), kept.feedback, kept.draft_no) if kept else ({}, "", 0)
    return SheetForm(typed(request), criteria=criteria_of(desk.stage), scores=scores, feedback=feedback, draft_no=draft_no)


def _write(request: SignedIn, desk: SheetDesk, form: SheetForm, refusal: str) -> HttpResponse:
    """Saved whatever button was pressed; then locked when the button says so. A second click gets the first one's answer."""
    if not form.is_valid():
        return not_saved_page(request, desk, form, refusal) if refusal else form_page(request, desk, form, status=422)
    locking = request.POST.get("do") == "lock"
    try:
        if locking and not form.is_whole():
            return _not_whole(request, desk, form)
        return once(request, lambda: _save_and_go_on(request, desk, form, locking=locking))
    except Refused as refused:
        return not_saved_page(request, desk, form, str(refused), newer=isinstance(refused, SavedByAnother))


def _not_whole(request: SignedIn, desk: SheetDesk, form: SheetForm) -> HttpResponse:
    form.now_at(_save(request, desk, form))
    form.full_clean()
    form.show_what_is_missing()
    desk.sheet = own_sheet(request.user, desk.row)
    return form_page(request, desk, form, status=422)


def _save(request: SignedIn, desk: SheetDesk, form: SheetForm) -> int:
    given: dict[str, Any] = {"points": form.points(), "comments": form.comments(), "feedback": form.cleaned_data["feedback"]}
    number = form.cleaned_data["draft_no"]
    return save_scores(stage_id=desk.stage.pk, number=desk.number, **given, draft_no=number, by=request.user, at=desk.at)


def _save_and_go_on(request: SignedIn, desk: SheetDesk, form: SheetForm, *, locking: bool) -> str:
    _save(request, desk, form)
    name = {"sketch": desk.sketch.code_name}
    if locking:
        lock_sheet(stage_id=desk.stage.pk, number=desk.number, by=request.user, at=desk.at)
        messages.success(request, _("The sheet of %(sketch)s is locked.") % name)
    else:
        messages.success(request, _("The sheet of %(sketch)s is saved. You can go on with it later.") % name)
    following = after(map_of(desk, request.user), desk.number)
    return following.url if following and request.POST.get("do") in {"lock", "later"} else desk.to.scores if locking else desk.form_url


@require_POST
def save(request: SignedIn, reference: str, number: int) -> JsonResponse:
    """Saves while points are given. 409 when it was saved elsewhere or can't be changed, 422 when it can't be kept."""
    at = clock.now()
    desk = sheet_desk_of(request, reference, number, at=at)
    form = form_of(request, desk)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    try:
        draft_no = _save(request, desk, form)
    except Refused as refused:
        return JsonResponse({"reason": str(refused), "yours": form.as_typed()}, status=409)
    return JsonResponse({"saved_at": clock_time(at), "draft_no": draft_no})


@require_safe
def state(request: SignedIn, reference: str, number: int) -> HttpResponse:
    """How far the sheet has come, drawn anew when it has been saved."""
    desk = sheet_desk_of(request, reference, number, at=clock.now())
    if desk.sheet is None or GivePointsPolicy(desk.stage, desk.at).refusal(request.user):
        raise Http404
    form = SheetForm(None, criteria=criteria_of(desk.stage), scores=scores_on(desk.sheet), feedback="", draft_no=0)
    shown = {**state_of(form.criteria, scores_on(desk.sheet)), "rows": form_rows(form, {})}
    return render(request, "evaluation/sheet_state.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: SignedIn, reference: str, number: int) -> HttpResponse:
    """Ask for one's locked sheet to be opened again."""
    desk = sheet_desk_of(request, reference, number, at=clock.now())
    if (data := typed(request)) is None:
        return HttpResponseRedirect(desk.form_url)
    if desk.sheet is None:
        raise Http404
    form = UnlockForm(data, auto_id="unlock_%s")
    if request.method != "POST" or not form.is_valid():
        return read_page(request, desk, form=form, status=422 if request.method == "POST" else 200)
    key, reason = desk.sheet.pk, form.cleaned_data["reason"]
    return once(request, lambda: _ask(request, desk, key, reason, at=desk.at))


def _ask(request: SignedIn, desk: SheetDesk, key: Any, reason: str, *, at: datetime) -> str:
    ask_unlock(sheet_id=key, reason=reason, by=request.user, at=at)
    messages.success(request, _("You have asked. The sheet is opened when somebody else allows it."))
    return desk.form_url


@require_safe
def file(request: SignedIn, reference: str, number: int, file_no: int) -> HttpResponse:
    """A file of the sketch, named by its code name, to be saved and never shown in our own pages."""
    at = clock.now()
    desk = sheet_desk_of(request, reference, number, at=at)
    if file_no not in {one.no for one in desk.sketch.files}:
        raise Http404
    note_access(what="evaluation.file_fetched", about=journal.about_of(desk.row), by=request.user, at=at)
    try:
        found, content = read_blind_file(desk.row, file_no)
    except (SealBroken, FileNotFoundError) as broken:
        raise Refused(_("This file is not what was handed in, so we do not send it.")) from broken
    return as_a_file(content, name=found.name, content_type=CONTENT_TYPES[found.kind])
