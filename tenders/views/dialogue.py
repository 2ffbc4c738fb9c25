"""Questions and answers, following."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts import queries as people
from accounts.http import SignedIn, once, typed
from accounts.refused import Refused
from tenders.commands.answer_question import answer_question
from tenders.commands.ask_question import ask_question
from tenders.commands.follow_tender import follow_tender
from tenders.commands.unfollow_tender import unfollow_tender
from tenders.forms.dialogue import MYSELF, AnswerForm, FollowForm, QuestionForm
from tenders.models import Tender
from tenders.policies.dialogue import ASKED_IN, AskPolicy
from tenders.queries import dialogue
from tenders.queries.market import readable_tenders, tenders_to_follow


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, reference: str) -> HttpResponse:
    """All answers for everybody; a form for those who may ask, and what waits for those who answer."""
    at = clock.now()
    tender = get_object_or_404(readable_tenders(request.user, at=at), reference=reference)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    form = QuestionForm(typed(request), talks=tender.announced_at is None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(cast(SignedIn, request), lambda: _ask(cast(SignedIn, request), tender, form.cleaned_data["text"]))
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "tenders/questions.html", {"tender": tender, "form": form, **_about_questions(request, tender)})


def _ask(request: SignedIn, tender: Tender, text: str) -> str:
    question = ask_question(tender_id=tender.pk, text=text, by=request.user, at=clock.now())
    if question.late:
        said = _("We have got what you wrote. It came after the day we set, so we can't promise an answer. Nobody sees who wrote it.")
    else:
        said = _("We have got what you wrote. You are told when it is answered, and nobody sees that it was you who wrote it.")
    messages.success(request, said)
    return reverse("tenders:questions", args=[tender.reference])


def _about_questions(request: HttpRequest, tender: Tender) -> dict[str, object]:
    """What the page shows this person. A visitor sees the form as anybody who may ask does."""
    at, user = clock.now(), request.user
    closes_at = dialogue.questions_until(tender)
    facts: dict[str, object] = {
        "answered": dialogue.answered_questions(tender),
        "closes_at": closes_at,
        "closed": closes_at is not None and closes_at <= at,
        "talks": tender.announced_at is None,
        "still_open": tender.phase in ASKED_IN and closes_at is not None and at < closes_at,
    }
    if not user.is_authenticated:
        may_ask = facts["still_open"] or (tender.phase in ASKED_IN and dialogue.takes_late_questions(tender, at=at))
        return {**facts, "may_ask": may_ask}
    refusal = AskPolicy(tender, at).refusal(user)
    to_answer = dialogue.questions_to_answer(user, at=at).filter(tender=tender, answered_at=None).order_by("late", "asked_at", "pk")
    own = dialogue.own_unanswered_questions(user, tender)
    works_here = dialogue.works_with(user, tender)
    unanswered = dialogue.unanswered_questions(tender).count() if works_here else 0
    return {**facts, "may_ask": not refusal, "refusal": refusal, "to_answer": to_answer, "own": own, "unanswered": unanswered}


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedIn, reference: str, question_id: UUID) -> HttpResponse:
    """One question and the officer's answer."""
    mine = dialogue.questions_to_answer(request.user, at=clock.now()).select_related("tender")
    question = get_object_or_404(mine, pk=question_id, tender__reference=reference)
    form = AnswerForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _answer(request, question_id, reference, form.cleaned_data["answer"]))
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "tenders/question_answer.html", {"tender": question.tender, "question": question, "form": form})


def _answer(request: SignedIn, question_id: UUID, reference: str, text: str) -> str:
    answer_question(question_id=question_id, answer=text, by=request.user, at=clock.now())
    messages.success(request, _("The answer is out. The one who asked and all who follow are told."))
    return reverse("tenders:questions", args=[reference])


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: SignedIn, reference: str) -> HttpResponse:
    """Who of the person and their organisations is told what happens."""
    tender = get_object_or_404(tenders_to_follow(), reference=reference)
    mine = {row.number: row for row in people.own_organisations(request.user)}
    follows = dialogue.own_follows(request.user, tender).select_related("organisation")
    told = {row.organisation.number if row.organisation else MYSELF for row in follows}
    form = FollowForm(typed(request), organisations=mine.values(), email=request.user.email, told=sorted(told) or [MYSELF])
    if request.method == "POST" and form.is_valid():
        wanted, at = set(form.cleaned_data["told"]), clock.now()
        for number in sorted(wanted - told):
            follow_tender(tender_id=tender.pk, organisation=mine.get(number), by=request.user, at=at)
        for number in sorted(told - wanted):
            unfollow_tender(tender_id=tender.pk, organisation=mine.get(number), by=request.user, at=at)
        said = _follows(tender) if wanted else _does_not_follow(tender)
        messages.success(request, said)
        return redirect("insight:tender", reference=reference)
    return render(request, "tenders/follow.html", {"tender": tender, "form": form})


def _follows(tender: Tender) -> str:
    if tender.announced_at is None:
        return _("You follow the need. Nobody at Nav sees who follows.")
    return _("You follow the tender. Nobody at Nav sees who follows.")


def _does_not_follow(tender: Tender) -> str:
    return _("You do not follow the need.") if tender.announced_at is None else _("You do not follow the tender.")
