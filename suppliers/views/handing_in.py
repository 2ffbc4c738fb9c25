"""Handing in: look over, send, take back, withdraw."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.http import SignedIn, once
from accounts.refused import Refused
from suppliers import envelopes
from suppliers.commands.confirm_submission import confirm_submission
from suppliers.commands.submit_submission import submit_submission
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.completeness import TITLE, missing_in, questions_of
from suppliers.forms.submission import ConfirmForm, ReviewedForm
from suppliers.phases import SubmissionPhase
from suppliers.policies.submission import StageIsOpenPolicy, SubmitPolicy, TakeBackPolicy
from suppliers.queries.submissions import own_receipts
from suppliers.views.submission_desk import Desk, desk_of
from suppliers.views.submission_parts import files_of, required_in, said
from tenders.handed_in import worded


@require_safe
def review(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """All that will be handed in, on one page, with the button that does it."""
    at, desk = clock.now(), desk_of(request, reference, no)
    if desk.own.phase != SubmissionPhase.DRAFT or StageIsOpenPolicy(desk.stage, at).refusal(request.user):
        return HttpResponseRedirect(desk.to.form)
    return _review_page(request, desk, at=at)


@require_POST
def submit(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """Hand in. The time that counts is when the whole request had arrived."""
    at, desk = clock.now(), desk_of(request, reference, no)
    form = ReviewedForm(request.POST)
    draft_no = form.cleaned_data["draft_no"] if form.is_valid() else None

    def act() -> str:
        receipt = submit_submission(submission_id=desk.own.pk, draft_no=draft_no, by=request.user, at=at)
        return desk.to.receipt_part("receipt", receipt.number)

    try:
        return once(request, act)
    except Refused as refused:
        return _review_page(request, desk_of(request, reference, no), at=at, refused=str(refused))


def _review_page(request: SignedIn, desk: Desk, *, at: datetime, refused: str = "") -> HttpResponse:
    questions = questions_of(desk.stage)
    answers = envelopes.read_draft(desk.own)
    missing = missing_in(desk.stage, answers)
    shown = {
        "desk": desk,
        "to": desk.to,
        "stage": desk.stage,
        "tender": desk.stage.tender,
        "at": at,
        "title": answers.get(TITLE, ""),
        "answers": said(questions[1:], answers, desk.stage),
        "files": files_of(desk),
        "missing": missing,
        "requirements": required_in(desk.stage),
        "form": ReviewedForm(initial={"draft_no": desk.own.draft_no}),
        "refused": refused,
        "refusal": SubmitPolicy(desk.stage, desk.own, missing, at).refusal(request.user),
    }
    return render(request, "suppliers/submission_review.html", shown, status=409 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """Say what taking back means; then do it."""
    at, desk = clock.now(), desk_of(request, reference, no)
    own = desk.own
    if request.method != "POST":
        return _confirm_page(request, desk, "suppliers/submission_take_back.html", at=at)

    def act() -> str:
        take_back_submission(submission_id=own.pk, by=request.user, at=at)
        messages.warning(
            request,
            worded(
                desk.stage.tender,
                _("The sketch is a draft again. It is not handed in until you send it anew."),
                _("The offer is a draft again. It is not handed in until you send it anew."),
            ),
        )
        return desk.to.form

    return once(request, act)


@require_POST
def confirm(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """Let stand what was handed in before the amendments that the page showed."""
    at, desk = clock.now(), desk_of(request, reference, no)
    form = ConfirmForm(request.POST)
    through = form.cleaned_data["through"] if form.is_valid() else 0

    def act() -> str:
        confirm_submission(submission_id=desk.own.pk, through=through, by=request.user, at=at)
        messages.success(
            request,
            worded(
                desk.stage.tender,
                _("The sketch is confirmed. It counts as it stands."),
                _("The offer is confirmed. It counts as it stands."),
            ),
        )
        return desk.to.form

    return once(request, act)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """Say what withdrawing means; then do it. Withdrawing again gives the same answer."""
    at, desk = clock.now(), desk_of(request, reference, no)
    if request.method == "POST" and desk.submission is None and own_receipts(request.user, desk.stage).exists():
        return HttpResponseRedirect(desk.to.receipt)
    own = desk.own
    if request.method != "POST":
        return _confirm_page(request, desk, "suppliers/submission_withdraw.html", at=at)

    def act() -> str:
        withdraw_submission(submission_id=own.pk, by=request.user, at=at)
        messages.success(
            request,
            worded(
                desk.stage.tender,
                _("The sketch is withdrawn. You do not take part now."),
                _("The offer is withdrawn. You do not take part now."),
            ),
        )
        return desk.to.receipt

    return once(request, act)


def _confirm_page(request: SignedIn, desk: Desk, template: str, *, at: datetime) -> HttpResponse:
    refusal = TakeBackPolicy(desk.stage, desk.own, at).refusal(request.user)
    shown = {"desk": desk, "to": desk.to, "stage": desk.stage, "tender": desk.stage.tender, "at": at, "refusal": refusal}
    return render(request, template, shown)
