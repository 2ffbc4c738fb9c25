"""The applicant's side of prequalification: start, write, send, answer."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import clock
from accounts import queries as people
from accounts.http import SignedIn, once, typed
from accounts.journal import about_of
from accounts.models import Organisation, User
from accounts.policies import ActForOrganisationPolicy
from accounts.refused import Refused
from accounts.wording import clock_time
from letters.models import Letter
from letters.queries import own_letters
from suppliers.commands.answer_reviewer import answer_reviewer
from suppliers.commands.apply_for_prequalification import apply_for_prequalification
from suppliers.commands.save_declaration import save_declaration
from suppliers.commands.start_prequalification import start_prequalification
from suppliers.forms.prequalification import AnswerForm, DeclarationForm
from suppliers.models import Prequalification
from suppliers.phases import PrequalificationPhase as Phase
from suppliers.policies.prequalification import StartPrequalificationPolicy
from suppliers.queries import prequalification as queries
from suppliers.review_periods import due_day
from suppliers.views.application_shown import answer_of, missing_shown, road_of, statements_of, tag_of
from suppliers.views.paths import of_application, of_organisation


def _own(request: SignedIn, number: str) -> Organisation:
    return get_object_or_404(people.own_organisations(request.user), number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def prequalification(request: SignedIn, number: str) -> HttpResponse:
    """Where the application stands, and what can be done now. An answer to the reviewer is sent here."""
    organisation = _own(request, number)
    newest = queries.newest_of(organisation)
    asked = newest.review_questions.filter(answered_at=None).first() if newest else None
    form = AnswerForm(typed(request))
    if request.method == "POST" and asked is None:
        raise Refused(_("This question has been answered already."))
    if request.method == "POST" and asked and form.is_valid():
        try:
            return once(request, lambda: _answered(request, organisation, asked.pk, form.cleaned_data["answer"]))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _status_page(request, organisation, newest, form)


def _answered(request: SignedIn, organisation: Organisation, question_id: int, answer: str) -> str:
    answer_reviewer(question_id=question_id, answer=answer, by=request.user, at=clock.now())
    return reverse("suppliers:prequalification", args=[organisation.number])


def _status_page(request: SignedIn, organisation: Organisation, newest: Prequalification | None, form: AnswerForm) -> HttpResponse:
    at, user = clock.now(), request.user
    held = queries.standing_decision(organisation, at=at)
    due = due_day(newest.submitted_at) if newest and newest.submitted_at else None
    questions = list(newest.review_questions.order_by("asked_at")) if newest else []
    heading, lead = answer_of(newest, held=held, due=due)
    shown = {
        "organisation": organisation,
        "crumbs": of_organisation(organisation, _("Prequalification")),
        "heading": heading,
        "lead": lead,
        "tag": tag_of(newest),
        "road": road_of(newest, due=due),
        "newest": newest,
        "decision": getattr(newest, "decision", None),
        "held": held,
        "asked": next((question for question in questions if question.answered_at is None), None),
        "answered": [question for question in questions if question.answered_at],
        "statements": statements_of(newest.declaration) if newest else [],
        "asked_about": [
            _("Your social purpose"),
            _("What you do in a new way"),
            _("What happens to the surplus"),
            _("Taxes, convictions and other grounds for exclusion"),
        ],
        "letter": _letter(user, newest),
        "start_refusal": StartPrequalificationPolicy(organisation, at).refusal(user),
        "answer_refusal": ActForOrganisationPolicy(organisation).refusal(user),
        "form": form,
        "token": uuid.uuid4(),
    }
    return render(request, "suppliers/prequalification.html", shown)


def _letter(user: User, row: Prequalification | None) -> Letter | None:
    """The letter with the decision, once it has been released."""
    if row is None:
        return None
    return own_letters(user).filter(batch__about=about_of(row), batch__kind="prequalification_decision").first()


@require_POST
def start(request: SignedIn, number: str) -> HttpResponse:
    """Start an application and go to the self-declaration."""
    organisation = _own(request, number)
    return once(request, lambda: _started(request, organisation))


def _started(request: SignedIn, organisation: Organisation) -> str:
    start_prequalification(organisation_id=organisation.pk, by=request.user, at=clock.now())
    return reverse("suppliers:declaration", args=[organisation.number])


@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: SignedIn, number: str) -> HttpResponse:
    """Write the self-declaration; «save» keeps it as it is, «send» keeps it and applies."""
    organisation = _own(request, number)
    newest = queries.newest_of(organisation)
    if newest is None or newest.phase != Phase.DRAFT:
        # The form that sent it, sent once more, gets its first answer; any other is told that it came too late
        return once(request, _too_late) if request.method == "POST" else redirect("suppliers:prequalification", number=number)
    form = DeclarationForm(typed(request), initial=DeclarationForm.of(newest.declaration))
    if request.method == "POST" and form.is_valid():
        try:
            newest.declaration = save_declaration(prequalification_id=newest.pk, values=form.cleaned_data, by=request.user, at=clock.now())
            if "send" in request.POST:
                return once(request, lambda: _applied(request, newest))
        except Refused as refused:
            return _declaration_page(request, newest, form, refused=str(refused))
        messages.success(request, _("The draft is saved. You can close the page and go on later."))
        return redirect("suppliers:declaration", number=number)
    return _declaration_page(request, newest, form)


def _too_late() -> str:
    raise Refused(_("The application has been sent and can't be changed."))


def _applied(request: SignedIn, row: Prequalification) -> str:
    apply_for_prequalification(prequalification_id=row.pk, by=request.user, at=clock.now())
    return reverse("suppliers:prequalification", args=[row.organisation.number])


def _declaration_page(request: SignedIn, row: Prequalification, form: DeclarationForm, *, refused: str = "") -> HttpResponse:
    if refused:
        form.show_missing(queries.missing_in(row.declaration))
    if refused and not form.errors:
        form.add_error(None, refused)
    shown = {
        "refused": refused,
        "organisation": row.organisation,
        "crumbs": of_application(row.organisation, _("Self-declaration")),
        "tag": tag_of(row),
        "form": form,
        "missing": missing_shown(row.declaration, form),
        "refusal": ActForOrganisationPolicy(row.organisation).refusal(request.user),
        "token": uuid.uuid4(),
    }
    return render(request, "suppliers/declaration.html", shown)


@require_POST
def save(request: SignedIn, number: str) -> HttpResponse:
    """Saves while one writes: says when it was kept; 422 when a text is too long, 409 when the application has been sent."""
    row = queries.newest_of(_own(request, number))
    if row is None:
        raise Http404
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    at = clock.now()
    save_declaration(prequalification_id=row.pk, values=form.cleaned_data, by=request.user, at=at)
    return JsonResponse({"saved_at": clock_time(at)})
