"""Writing the sketch: start, save as you go, attach, look over."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.http import SignedIn, as_a_file, once, typed
from accounts.refused import Refused
from accounts.wording import clock_time
from suppliers import envelopes
from suppliers.commands.add_attachment import add_attachment
from suppliers.commands.remove_attachment import remove_attachment
from suppliers.commands.save_draft import save_draft
from suppliers.commands.start_submission import start_submission
from suppliers.completeness import missing_in, questions_of, words_left
from suppliers.forms.submission import StartForm, SubmissionForm
from suppliers.models import Submission
from suppliers.policies.submission import SavedByAnother, StartSubmissionPolicy, WriteDraftPolicy
from suppliers.queries.submissions import attachments_of, own_attachments
from suppliers.views.submission_desk import Desk, desk_of
from suppliers.views.submission_parts import checks, files_of, form_page, not_saved_page, read_page
from tenders.sealing import SealBroken
from tenders.uploads.checks import UploadRefused
from tenders.uploads.kinds import CONTENT_TYPES, FileKind


@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """The page of the sketch: begin on it, write it, or read it, whichever is possible now."""
    at, desk = clock.now(), desk_of(request, reference, no)
    if desk.submission is None and request.method == "POST":
        raise Refused(_("It has been withdrawn. Start a new one."))
    if desk.submission is None:
        return start_page(request, desk, at=at, status=409 if request.method == "POST" else 200)
    form = form_of(request, desk.submission)
    refusal = WriteDraftPolicy(desk.stage, desk.submission, at).refusal(request.user)
    if refusal and form.is_bound:
        return not_saved_page(request, desk, form, refusal)
    if refusal:
        return read_page(request, desk, at=at)
    if request.method != "POST":
        return form_page(request, desk, form, at=at)
    if not form.is_valid():
        return form_page(request, desk, form, at=at, status=422)
    return _write(request, desk, form, at=at)


def _write(request: SignedIn, desk: Desk, form: SubmissionForm, *, at: datetime) -> HttpResponse:
    """Save the text first, whatever button was pressed; then do what the button says."""
    try:
        draft_no = _save(request, desk.own, form, at=at)
    except Refused as refused:
        return not_saved_page(request, desk, form, str(refused), newer=isinstance(refused, SavedByAnother))
    form.now_at(draft_no)
    if "remove" in request.POST:
        return _remove(request, desk, at=at)
    _attach(request, desk, form, at=at)
    if request.POST.get("do") == "review":
        form.show_shortcomings(missing_in(desk.stage, form.answers()))
    if form.errors:
        # What is missing is counted in what has just been saved
        saved = desk_of(request, desk.stage.tender.reference, desk.stage.no)
        return form_page(request, saved, form, at=at, status=422)
    if request.POST.get("do") == "review":
        return HttpResponseRedirect(desk.to.review)
    messages.success(request, _("The draft is saved. You can close the page and go on later."))
    return HttpResponseRedirect(desk.to.form)


def _save(request: SignedIn, draft: Submission, form: SubmissionForm, *, at: datetime) -> int:
    number = form.cleaned_data["draft_no"]
    return save_draft(submission_id=draft.pk, answers=form.answers(), draft_no=number, by=request.user, at=at)


def _attach(request: SignedIn, desk: Desk, form: SubmissionForm, *, at: datetime) -> None:
    """Each file by itself: one that is refused doesn't stop the others."""
    for file in form.cleaned_data["files"]:
        try:
            add_attachment(submission_id=desk.own.pk, name=file.name, data=file.read(), by=request.user, at=at)
        except UploadRefused as refused:
            form.add_error("files", f"{file.name}: {refused}")


def _remove(request: SignedIn, desk: Desk, *, at: datetime) -> HttpResponse:
    try:
        key = UUID(request.POST["remove"])
    except ValueError:
        key = UUID(int=0)
    attachment = get_object_or_404(attachments_of(desk.own), pk=key)
    remove_attachment(attachment_id=attachment.pk, by=request.user, at=at)
    return HttpResponseRedirect(f"{desk.to.form}#id_files_field")


@require_POST
def save(request: SignedIn, reference: str, no: int) -> JsonResponse:
    """Saves while one writes. 409 with both texts when somebody else has saved, 422 when the text can't be kept."""
    at, desk = clock.now(), desk_of(request, reference, no)
    form = form_of(request, desk.own)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    try:
        draft_no = _save(request, desk.own, form, at=at)
    except SavedByAnother as refused:
        newest = desk_of(request, reference, no).own
        both = {"saved": envelopes.read_draft(newest), "yours": form.answers(), "draft_no": newest.draft_no}
        return JsonResponse({"reason": str(refused), **both}, status=409)
    except Refused as refused:
        return JsonResponse({"reason": str(refused), "yours": form.answers()}, status=409)
    left = words_left(form.questions, form.answers())
    return JsonResponse({"saved_at": clock_time(at), "draft_no": draft_no, "words": left})


@require_safe
def missing(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """The list of what is missing, drawn anew when the draft has been saved."""
    desk = desk_of(request, reference, no)
    return render(request, "suppliers/submission_missing.html", {"checks": checks(desk.own, files_of(desk))})


@require_safe
def attachment(request: SignedIn, reference: str, no: int, key: UUID) -> HttpResponse:
    """A file, for those who sent it."""
    desk = desk_of(request, reference, no)
    file = get_object_or_404(own_attachments(request.user, desk.stage), pk=key)
    try:
        content = envelopes.read_attachment(file)
    except SealBroken as broken:
        raise Refused(_("This file is not as it was when it was sealed, so we do not show it. Write to us.")) from broken
    return as_a_file(content, name=envelopes.attachment_name(file), content_type=CONTENT_TYPES[FileKind(file.kind)])


@require_POST
def start(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """Begin for one of one's organisations; when a colleague has begun already, go to the sketch they share."""
    at, desk = clock.now(), desk_of(request, reference, no)
    if desk.submission is not None:
        return HttpResponseRedirect(desk.to.form)
    form = start_form(request, desk)
    if not form.is_valid():
        return start_page(request, desk, at=at, form=form, status=409 if "organisation" in request.POST else 422)
    organisation = next(own for own in desk.organisations if own.number == form.cleaned_data["organisation"])
    desk.named = organisation.number

    def act() -> str:
        start_submission(stage_id=desk.stage.pk, organisation_id=organisation.pk, by=request.user, at=at)
        return desk.to.form

    return once(request, act)


def form_of(request: SignedIn, draft: Submission) -> SubmissionForm:
    """The form with what was just typed, or what is saved."""
    questions = questions_of(draft.stage)
    answers = envelopes.read_draft(draft)
    files = request.FILES if request.method == "POST" else None
    return SubmissionForm(typed(request), files, stage=draft.stage, questions=questions, answers=answers, draft_no=draft.draft_no)


def start_form(request: SignedIn, desk: Desk) -> StartForm:
    return StartForm(
        request.POST if request.method == "POST" else None, organisations=[(own.number, own.name) for own in desk.can_write_for]
    )


def start_page(request: SignedIn, desk: Desk, *, at: datetime, form: StartForm | None = None, status: int = 200) -> HttpResponse:
    """What one begins on, by when, and whether this person may."""
    refusals = [StartSubmissionPolicy(desk.stage, own, at).refusal(request.user) for own in desk.can_write_for]
    shown = {
        "desk": desk,
        "organisations": desk.can_write_for,
        "stage": desk.stage,
        "tender": desk.stage.tender,
        "at": at,
        "form": form or start_form(request, desk),
        "refusal": "" if "" in refusals else next(iter(refusals), ""),
    }
    return render(request, "suppliers/submission_start.html", shown, status=status)
