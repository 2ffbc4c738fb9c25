"""The answer, for those who act for the organisation that got it, and for nobody else."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.commands.note_access import note_access
from accounts.http import SignedIn, once, typed
from accounts.roles import Role
from evaluation.commands.vacate_place import vacate_place
from evaluation.decision_letter import DecisionLetter
from evaluation.decision_road import road_of
from evaluation.forms.selection import VacateForm
from evaluation.models import SelectionPlace
from evaluation.policies.selection import VacatePlacePolicy
from evaluation.queries import selection as queries
from evaluation.views.stages import tender_asked
from letters.models import Letter
from suppliers.hours_asked import HoursAsked, hours_asked
from tenders.models import Tender


@require_safe
def decision(request: SignedIn, reference: str) -> HttpResponse:
    """The newest answer, or the one in the stage and to the organisation that the address names."""
    tender, letter = _answer(request, reference)
    note_access(what="letters.letter_read", about=f"letters.Letter:{letter.pk}", by=request.user, at=clock.now())
    return render(request, "evaluation/decision.html", _shown(request, tender, letter))


def _answer(request: SignedIn, reference: str) -> tuple[Tender, Letter]:
    tender = tender_asked(request, reference, at=clock.now())
    own = list(queries.own_decision_letters(request.user, tender))
    stage, number = request.GET.get("stage", ""), request.GET.get("to", "")
    wanted = [one for one in own if not stage or str(one.facts["stage"]) == stage]
    letter = next((one for one in wanted if not number or (one.organisation and one.organisation.number == number)), None)
    if letter is None:
        raise Http404
    return tender, letter


def _shown(request: SignedIn, tender: Tender, letter: Letter) -> dict[str, Any]:
    at, approved = clock.now(), letter.batch.approved_at
    page = DecisionLetter.of(letter.facts, written_at=approved or at, released_at=letter.released_at)
    selection, place = queries.selection_of(letter), _place(letter)
    others = [one for one in queries.own_decision_letters(request.user, tender) if one.pk != letter.pk]
    return {
        "tender": tender,
        "letter": letter,
        "page": page,
        "road": road_of(page, at=at),
        "annulled": selection if selection and selection.annulled_at else None,
        "place": place if place and VacatePlacePolicy(place, at).role_of(request.user) == Role.SUPPLIER else None,
        "asked": _hours_asked(request, tender, letter),
        "others": [(_to(one), _address(tender, one)) for one in others],
    }


def _hours_asked(request: SignedIn, tender: Tender, letter: Letter) -> HoursAsked | None:
    submission = queries.submission_of_letter(letter)
    return hours_asked(submission, request.user, back=_address(tender, letter)) if submission else None


def _to(letter: Letter) -> str:
    name = letter.organisation.name if letter.organisation else ""
    return _("%(stage)s: %(name)s") % {"stage": letter.facts["stage_name"], "name": name}


def _address(tender: Tender, letter: Letter) -> str:
    number = letter.organisation.number if letter.organisation else ""
    return f"{reverse('evaluation:decision', args=[tender.reference])}?stage={letter.facts['stage']}&to={number}"


def _place(letter: Letter) -> SelectionPlace | None:
    selection = queries.selection_of(letter)
    if selection is None or letter.organisation is None:
        return None
    place = queries.place_of(letter.organisation, selection.stage)
    if place is not None:
        place.stage = selection.stage
    return place


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedIn, reference: str) -> HttpResponse:
    """The supplier gives the place up."""
    tender, letter = _answer(request, reference)
    place = _place(letter)
    if place is None or place.item is None:
        raise Http404
    refusal, form = VacatePlacePolicy(place, clock.now()).refusal(request.user), VacateForm(typed(request))
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _withdraw(request, tender, letter, place, form.cleaned_data["reason"]))
    back = _address(tender, letter)
    shown = {"tender": tender, "place": place, "form": form, "back": back, "refusal": refusal, "own": True}
    return render(request, "evaluation/vacate.html", shown)


def _withdraw(request: SignedIn, tender: Tender, letter: Letter, place: SelectionPlace, reason: str) -> str:
    vacate_place(place_id=place.pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("You have given the place up. We have told those who work on the tender."))
    return _address(tender, letter)
