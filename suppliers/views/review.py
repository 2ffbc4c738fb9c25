"""The reviewer's side of prequalification: the list, one application, questions and the decision."""

import uuid
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts import clock
from accounts.commands.note_access import note_access
from accounts.http import SignedIn, once, typed
from accounts.refused import Refused
from suppliers.commands.ask_applicant import ask_applicant
from suppliers.commands.decide_prequalification import decide_prequalification
from suppliers.forms.prequalification import DecisionForm, QuestionForm
from suppliers.models import Prequalification
from suppliers.policies.prequalification import AskApplicantPolicy, DecidePrequalificationPolicy
from suppliers.queries import prequalification as queries
from suppliers.review_periods import due_day

DECIDED_SHOWN = 50


def prequalifications(request: SignedIn) -> HttpResponse:
    """Applications that wait, the oldest first; and those decided last."""
    at = clock.now()
    if not queries.is_reviewer(request.user, at=at):
        raise PermissionDenied
    applications = queries.applications_for(request.user, at=at)
    waiting = list(applications.filter(phase__in=queries.IN_REVIEW).order_by("submitted_at", "pk"))
    decided = applications.exclude(phase__in=queries.IN_REVIEW).order_by("-decision__decided_at")[:DECIDED_SHOWN]
    rows = [(row, due_day(row.submitted_at)) for row in waiting if row.submitted_at]
    return render(request, "suppliers/prequalifications.html", {"rows": rows, "decided": decided, "at": at})


def review(request: SignedIn, key: UUID) -> HttpResponse:
    """One application. Deciding is sent here."""
    row = _application(request, key)
    form = DecisionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _decided(request, row, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _review_page(request, row, decision_form=form, question_form=QuestionForm())


def ask(request: SignedIn, key: UUID) -> HttpResponse:
    """The same page with a question to the applicant under way."""
    row = _application(request, key)
    form = QuestionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _asked(request, row, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _review_page(request, row, decision_form=DecisionForm(), question_form=form)


def _application(request: SignedIn, key: UUID) -> Prequalification:
    return get_object_or_404(queries.applications_for(request.user, at=clock.now()), pk=key)


def _decided(request: SignedIn, row: Prequalification, form: DecisionForm) -> str:
    decide_prequalification(prequalification_id=row.pk, by=request.user, at=clock.now(), **form.cleaned_data)
    return reverse("suppliers:prequalifications")


def _asked(request: SignedIn, row: Prequalification, form: QuestionForm) -> str:
    ask_applicant(prequalification_id=row.pk, text=form.cleaned_data["text"], by=request.user, at=clock.now())
    return reverse("suppliers:review", args=[row.pk])


def _review_page(request: SignedIn, row: Prequalification, *, decision_form: DecisionForm, question_form: QuestionForm) -> HttpResponse:
    at = clock.now()
    note_access(what="suppliers.application_read", about=f"suppliers.Prequalification:{row.pk}", by=request.user, at=at)
    shown = {
        "row": row,
        "organisation": row.organisation,
        "supplier": row.organisation.supplier,
        "declaration": row.declaration,
        "doubtful": queries.does_not_hold(row.declaration),
        "decision": getattr(row, "decision", None),
        "due": due_day(row.submitted_at) if row.submitted_at else None,
        "questions": row.review_questions.select_related("asked_by", "answered_by").order_by("asked_at"),
        "decide_refusal": DecidePrequalificationPolicy(row, at).refusal(request.user),
        "ask_refusal": AskApplicantPolicy(row, at).refusal(request.user),
        "decision_form": decision_form,
        "question_form": question_form,
        "at": at,
        "token": uuid.uuid4(),
        "ask_token": uuid.uuid4(),
    }
    return render(request, "suppliers/review.html", shown)
