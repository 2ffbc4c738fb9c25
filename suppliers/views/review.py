"""The reviewer's side of prequalification: the list, one application, questions and the decision."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock, wording
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
from suppliers.views.application_shown import decided_columns, decided_row, statements_of, tag_of, to_review
from suppliers.views.paths import of_review
from suppliers.views.supplier_rows import form_name

DECIDED_SHOWN = 50


@require_safe
def prequalifications(request: SignedIn) -> HttpResponse:
    """Applications that wait, the oldest first; and those decided last."""
    at = clock.now()
    if not queries.is_reviewer(request.user, at=at):
        raise PermissionDenied
    applications = queries.applications_for(request.user, at=at)
    waiting = list(applications.filter(phase__in=queries.IN_REVIEW).order_by("submitted_at", "pk"))
    decided = applications.exclude(phase__in=queries.IN_REVIEW).order_by("-decision__decided_at")[:DECIDED_SHOWN]
    number = len(waiting)
    heading = ngettext("%(number)d application is under way", "%(number)d applications are under way", number) % {"number": number}
    shown = {
        "heading": heading if waiting else _("Prequalifications"),
        "lead": _("The oldest stands first. We promise an answer within ten working days."),
        "waiting": [to_review(row, due_day(row.submitted_at), at=at) for row in waiting if row.submitted_at],
        "decided": [decided_row(row) for row in decided],
        "columns": decided_columns(),
    }
    return render(request, "suppliers/prequalifications.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
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


@require_http_methods(["GET", "HEAD", "POST"])
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
    messages.success(request, _("The application from %(name)s is decided. The letter is on its way.") % {"name": row.organisation.name})
    return reverse("suppliers:prequalifications")


def _asked(request: SignedIn, row: Prequalification, form: QuestionForm) -> str:
    ask_applicant(prequalification_id=row.pk, text=form.cleaned_data["text"], by=request.user, at=clock.now())
    messages.success(request, _("The question has been sent to %(name)s.") % {"name": row.organisation.name})
    return reverse("suppliers:review", args=[row.pk])


def _review_page(request: SignedIn, row: Prequalification, *, decision_form: DecisionForm, question_form: QuestionForm) -> HttpResponse:
    at = clock.now()
    note_access(what="suppliers.application_read", about=f"suppliers.Prequalification:{row.pk}", by=request.user, at=at)
    shown = {
        "row": row,
        "organisation": row.organisation,
        "supplier": row.organisation.supplier,
        "form_name": form_name(row.organisation),
        "crumbs": of_review(row.organisation),
        "tag": tag_of(row),
        "lead": _lead(row),
        "declaration": row.declaration,
        "statements": statements_of(row.declaration),
        "doubtful": queries.does_not_hold(row.declaration),
        "decision": getattr(row, "decision", None),
        "questions": list(row.review_questions.order_by("asked_at")),
        "decide_refusal": DecidePrequalificationPolicy(row, at).refusal(request.user),
        "ask_refusal": AskApplicantPolicy(row, at).refusal(request.user),
        "decision_form": decision_form,
        "question_form": question_form,
        "token": uuid.uuid4(),
        "ask_token": uuid.uuid4(),
    }
    return render(request, "suppliers/review.html", shown)


def _lead(row: Prequalification) -> str:
    if row.submitted_at is None or row.phase not in queries.IN_REVIEW:
        return ""
    days = {"sent": wording.day(row.submitted_at), "due": wording.day(due_day(row.submitted_at))}
    return _("Sent %(sent)s. We have promised an answer by %(due)s.") % days
