"""Declarations of impartiality: one's own, who has declared, and ties that are found later."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts import clock, journal
from accounts.commands.note_access import note_access
from accounts.http import SignedIn, once, reads_and_writes, typed
from accounts.local_time import oslo_day
from accounts.refused import Refused
from evaluation import declaration_words as words
from evaluation import queries
from evaluation.addresses import stage_address
from evaluation.code_names import number_of
from evaluation.commands.declare_conflict import NOT_DECIDED, declare_conflict
from evaluation.commands.declare_impartiality import declare_impartiality
from evaluation.forms.impartiality import DeclarationForm, NamedTieForm, TieForm
from evaluation.impartiality_rules import rules_on
from evaluation.policies.impartiality import DeclarePolicy, TellTiePolicy
from evaluation.queries.declarations import declarations_in, declarers, names_in, sees_who_declared, ties_seen_by
from evaluation.queries.panel import declaration_of, must_declare, panel_roles, submissions_for_panel
from evaluation.queries.panel_proposal import sees_panel
from evaluation.views.stages import stage_asked, tender_asked
from suppliers.models import Submission
from tenders.models import Stage, Tender
from tenders.phases import StagePhase


@reads_and_writes
def declarations(request: SignedIn, reference: str) -> HttpResponse:
    """The form for whoever has not declared; afterwards what it means, and the list for those who follow up."""
    at = clock.now()
    tender, stage = _asked(request, reference, at=at)
    if stage is None:
        return render(request, "evaluation/declarations_sealed.html", {"tender": tender, "stage": queries.stage_of_opening(tender)})
    policy = DeclarePolicy(stage, at)
    if policy.refusal(request.user):
        return _declared(request, stage, at=at)
    form = DeclarationForm(typed(request), names=names_in(stage))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _declare(request, stage, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _form_page(request, stage, form, at=at)


def _asked(request: SignedIn, reference: str, *, at: datetime) -> tuple[Tender, Stage | None]:
    tender = tender_asked(request, reference, at=at)
    if tender.announced_at is None or not sees_panel(request.user, tender, at=at):
        raise Http404
    return tender, stage_asked(request, tender)


def _form_page(request: SignedIn, stage: Stage, form: DeclarationForm, *, at: datetime) -> HttpResponse:
    note_access(what="evaluation.names_listed", about=journal.about_of(stage), by=request.user, at=at)
    shown = {
        "tender": stage.tender,
        "stage": stage,
        "form": form,
        "rules": rules_on(oslo_day(at)),
        "address": stage_address("declarations", stage),
    }
    return render(request, "evaluation/declare.html", shown | _list_of(request, stage, at=at))


def _list_of(request: SignedIn, stage: Stage, *, at: datetime) -> dict[str, Any]:
    """Who has declared, for those who follow up; ties with names only for those who see names."""
    if not sees_who_declared(request.user, stage.tender, at=at):
        return {"rows": [], "missing": 0}
    ties = list(ties_seen_by(request.user, stage, at=at))
    if ties:
        note_access(what="evaluation.ties_read", about=journal.about_of(stage), by=request.user, at=at)
    people, declared = declarers(stage.tender, at=at), declarations_in(stage)
    return {
        "columns": words.declared_columns(),
        "rows": words.declared_rows(people, declared),
        "missing": words.undeclared(people, declared),
        "tie_columns": words.tie_columns(),
        "ties": words.tie_rows(ties),
    }


def _declare(request: SignedIn, stage: Stage, form: DeclarationForm) -> str:
    declare_impartiality(stage_id=stage.pk, conflicts=form.conflicts, by=request.user, at=clock.now())
    messages.success(request, _("Thank you. You have declared, and can begin."))
    return stage_address("declarations", stage)


def _declared(request: SignedIn, stage: Stage, *, at: datetime) -> HttpResponse:
    """A POST that comes too late, or from an auditor, is told why."""
    if request.method == "POST":
        DeclarePolicy(stage, at).check(request.user)
    own = declaration_of(request.user, stage)
    listed = _list_of(request, stage, at=at)
    shown = {
        "tender": stage.tender,
        "stage": stage,
        "own": own,
        "tied": own is not None and own.conflicts.exists(),
        "next_url": _sketches_of(request, stage, at=at) if own else "",
        "heading": words.declared_heading(own, listed["missing"]),
        "tie_address": stage_address("tie", stage),
    }
    return render(request, "evaluation/declared.html", shown | listed)


def _sketches_of(request: SignedIn, stage: Stage, *, at: datetime) -> str:
    """Where whoever has declared begins: the panel at the sheets, officer and approver at the formal check; until the scoring is closed."""
    if stage.phase != StagePhase.OPENED:
        return ""
    return stage_address("scores" if panel_roles(request.user, stage.tender, at=at) else "submissions", stage)


@reads_and_writes
def tie(request: SignedIn, reference: str) -> HttpResponse:
    """A tie that was found later, told by name."""
    at = clock.now()
    stage = _declared_stage(request, reference, at=at)
    form = NamedTieForm(typed(request), names=names_in(stage), chosen=request.GET.get("of", ""))
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _tell(request, stage, _handed_in_by(stage, form.cleaned_data["organisation"]), form))
    note_access(what="evaluation.names_listed", about=journal.about_of(stage), by=request.user, at=at)
    address, back = stage_address("tie", stage), stage_address("declarations", stage)
    return _tie_page(request, stage, form, code_name="", address=address, back=back)


def _handed_in_by(stage: Stage, organisation: UUID) -> UUID:
    return queries.opened_submissions(stage).get(organisation=organisation).pk


@reads_and_writes
def tie_of(request: SignedIn, reference: str, number: int) -> HttpResponse:
    """A tie told from a sketch, for a member of the panel who knows it by its code name."""
    at = clock.now()
    stage = _declared_stage(request, reference, at=at)
    form = TieForm(typed(request))
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _tell(request, stage, _numbered(request, stage, number, at=at).pk, form))
    found = _numbered(request, stage, number, at=at)
    address, back = stage_address("tie_of", stage, number), stage_address("sheet", stage, number)
    return _tie_page(request, stage, form, code_name=found.code_name, address=address, back=back)


def _numbered(request: SignedIn, stage: Stage, number: int, *, at: datetime) -> Submission:
    """Inside `once`: sent again, the form finds its first answer although the sketch is not there any more."""
    seen = submissions_for_panel(request.user, stage, at=at).filter(code_name__startswith=f"{number} ")
    found = next((row for row in seen if number_of(row.code_name) == number), None)
    if found is None:
        raise Http404
    return found


def _declared_stage(request: SignedIn, reference: str, *, at: datetime) -> Stage:
    tender, stage = _asked(request, reference, at=at)
    if stage is None or not must_declare(request.user, tender, at=at):
        raise Http404
    TellTiePolicy(stage, at).check(request.user)
    return stage


def _tie_page(request: SignedIn, stage: Stage, form: TieForm, *, code_name: str, address: str, back: str) -> HttpResponse:
    shown = {
        "tender": stage.tender,
        "stage": stage,
        "form": form,
        "code_name": code_name,
        "address": address,
        "decided": stage.phase not in NOT_DECIDED,
        "back": back,
    }
    return render(request, "evaluation/tie.html", shown)


def _tell(request: SignedIn, stage: Stage, submission_id: UUID, form: TieForm) -> str:
    declare_conflict(submission_id=submission_id, ground=form.cleaned_data["ground"], by=request.user, at=clock.now())
    messages.success(
        request, _("Thank you for telling. What they handed in is not here for you any more, and your points on it do not count.")
    )
    return stage_address("declarations", stage)
