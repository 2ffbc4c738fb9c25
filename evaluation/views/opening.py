"""The opening of a stage: before, between the two presses, and afterwards."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.http import SignedIn, once
from accounts.models import User
from accounts.refused import Refused
from evaluation import opening_words as words
from evaluation import queries
from evaluation.addresses import stage_address
from evaluation.commands.press_opening import press_opening
from evaluation.documents.opening import opening_protocol
from evaluation.models import OpeningPress
from evaluation.opening_words import Openers
from evaluation.policies.opening import PressOpeningPolicy
from evaluation.views.stages import stage_asked
from letters import pdf
from tenders.models import Stage, Tender
from tenders.queries import assigned_people, visible_tenders
from tenders.queries.amendments import amendments_in
from tenders.queries.visibility import sees_preparing


@login_not_required
@require_safe
def opening(request: HttpRequest, reference: str) -> HttpResponse:
    """For those who open and audit from the announcement on; for everybody, without names, once the stage is opened.

    The stage that is next to be opened, or was opened last; `?stage=` names an earlier one.
    """
    at = clock.now()
    tender = get_object_or_404(visible_tenders(request.user, at=at), reference=reference)
    staff = sees_preparing(request.user, tender, at=at)
    stage = queries.stage_of_opening(tender) if staff and "stage" not in request.GET else stage_asked(request, tender)
    if stage is None:
        raise Http404
    if stage.sealed and isinstance(request.user, User):
        return render(request, "evaluation/sealed.html", _sealed(stage, request.user, at=at))
    return render(request, "evaluation/opened.html", _opened(stage, staff=staff, at=at))


def _sealed(stage: Stage, user: User, *, at: datetime) -> dict[str, Any]:
    """The same for any number of sketches: nothing here asks for them."""
    openers = _openers(stage, at=at)
    own = queries.last_press_of(user, stage)
    return {
        "tender": stage.tender,
        "stage": stage,
        "heading": words.sealed_heading(stage, openers, at=at),
        "lead": words.sealed_lead(stage, openers, at=at),
        "road": words.two_people(stage, openers, at=at),
        "opens": bool(queries.roles_in_opening(user, stage.tender, at=at)),
        "label": queries.open_together(stage.tender, openers.others(user.name)),
        "refusal": PressOpeningPolicy(stage, openers.presses, at).refusal(user),
        "lapsed": own if own and own not in openers.presses else None,
        "token": uuid.uuid4(),
        "others": queries.opened_stages(stage.tender),
    }


def _openers(stage: Stage, *, at: datetime) -> Openers:
    names = {role: [person.name for person in assigned_people(stage.tender, role)] for role in queries.OPENERS}
    return Openers(names, list(queries.standing_presses(stage, at=at)))


def _opened(stage: Stage, *, staff: bool, at: datetime) -> dict[str, Any]:
    done = queries.opening_of(stage)
    presses: list[OpeningPress] = list(queries.standing_presses(stage, at=at)) if staff else []
    return {
        "tender": stage.tender,
        "stage": stage,
        "staff": staff,
        "opening": done,
        "heading": words.opened_heading(stage.tender, done),
        "lead": words.opened_lead(done, presses),
        "facts": words.protocol_facts(stage, done, presses, list(amendments_in(stage))),
        "ledger": queries.ledger_of(stage),
        "sketches_url": stage_address("submissions", stage),
        "others": [one for one in queries.opened_stages(stage.tender) if one != stage],
    }


@require_POST
def press(request: SignedIn, reference: str) -> HttpResponse:
    """One of the two says «open». Whoever isn't one of them finds no such page."""
    tender, stage = _for_openers(request, reference, at=clock.now())
    return once(request, lambda: _press(request, tender, stage))


def _press(request: SignedIn, tender: Tender, stage: Stage) -> str:
    if press_opening(stage_id=stage.pk, by=request.user, at=clock.now()):
        messages.success(request, _("The stage is open. Everything that is opened is now compared with its receipt."))
    else:
        messages.success(request, _("You have said open. It counts for fifteen minutes."))
    return reverse("evaluation:opening", args=[tender.reference])


def _for_openers(request: SignedIn, reference: str, *, at: datetime) -> tuple[Tender, Stage]:
    tender = get_object_or_404(visible_tenders(request.user, at=at), reference=reference)
    stage = queries.stage_of_opening(tender)
    if stage is None or not queries.roles_in_opening(request.user, tender, at=at):
        raise Http404
    return tender, stage


@require_safe
def protocol(request: SignedIn, reference: str) -> HttpResponse:
    """The protocol of the opening as PDF, for those who open and audit. `?stage=` as for the page."""
    at = clock.now()
    tender = get_object_or_404(visible_tenders(request.user, at=at), reference=reference)
    stage = stage_asked(request, tender)
    if stage is None or not sees_preparing(request.user, tender, at=at):
        raise Http404
    if not pdf.available():
        raise Refused(_("No PDF can be made here just now. The page of the opening says the same."))
    content = pdf.render_pdf(opening_protocol(stage, list(queries.standing_presses(stage, at=at))))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{tender.reference}-opening-{stage.no}.pdf"'
    return response
