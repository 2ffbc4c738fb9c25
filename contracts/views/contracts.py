"""The contracts of a tender: the list, drafting, planning milestones, ending early."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock, wording
from accounts import queries as people
from accounts.http import SignedIn, typed
from accounts.local_time import oslo_day
from accounts.number_words import number_word
from accounts.page_parts import Cell, Column, Fact
from accounts.refused import Refused
from accounts.roles import Role
from contracts.commands.draft_contracts import draft_contracts
from contracts.commands.plan_milestones import plan_milestones
from contracts.commands.terminate_contract import terminate_contract
from contracts.contract_words import left_fact, phase_tag
from contracts.documents.notices import contract_url
from contracts.forms.contracts import ROWS, DraftForm, PlanForm, TerminateForm
from contracts.framework_days import last_day_of
from contracts.models import Contract
from contracts.phases import ContractPhase
from contracts.policies.contracts import MOST_MILESTONES, ManagePolicy, MayDraftPolicy, MayPlanPolicy, TerminateContractPolicy
from contracts.queries.contracts import contracts_for, items_without_contract, next_stage, stages_to_agree, works_with_contracts
from contracts.queries.frameworks import announced_call_offs
from contracts.views.case import contract_of, done, tender_of
from evaluation.models import SelectionItem
from evaluation.queries.prices import paid_to
from tenders.models import Stage, Tender
from tenders.queries import is_assigned

MORE_ROWS = 2


@require_safe
def contracts(request: SignedIn, reference: str) -> HttpResponse:
    """Those the person may see, and for the officer the way to draft the ones that are missing."""
    at = clock.now()
    tender = tender_of(request, reference, at=at)
    staff = works_with_contracts(request.user, tender, at=at)
    rows = list(contracts_for(request.user, tender, at=at))
    to_draft = _stage_to_draft(tender) if is_assigned(request.user, tender, Role.OFFICER, at=at) else None
    context = {
        "tender": tender,
        "heading": _heading(rows),
        "facts": _facts(tender) if staff else [],
        "columns": _columns(staff),
        "rows": [_row(row, reference, staff=staff) for row in rows],
        "to_draft": to_draft,
        "draft_refusal": MayDraftPolicy(to_draft, at).refusal(request.user) if to_draft else "",
    }
    return render(request, "contracts/contracts.html", context)


def _facts(tender: Tender) -> list[Fact]:
    """In a framework agreement money is bound by its call-offs."""
    if tender.procedure == Tender.Procedure.FRAMEWORK:
        return [left_fact(tender), Fact(_("Call-offs announced"), str(announced_call_offs(tender).count()))]
    budget = tender.budget
    return [
        Fact(_("Contracted"), wording.money(budget.contracted), tender.get_vat_basis_display()),
        Fact(_("Approved for payment"), wording.money(budget.paid)),
        Fact(_("Left to contract"), wording.money(budget.awarded - budget.contracted), _("of what is awarded")),
    ]


def _heading(rows: list[Contract]) -> str:
    if not rows:
        return _("Nothing is agreed yet")
    text = ngettext("One contract", "%(number)s contracts", len(rows)) % {"number": number_word(len(rows))}
    return text[0].upper() + text[1:]


def _columns(staff: bool) -> list[Column]:
    what = [Column(_("With")), Column(_("What"), wide=True)] if staff else [Column(_("What"))]
    return [*what, Column(_("State")), Column(_("Amount"), number=True), Column(_("Approved for payment"), number=True)]


def _row(row: Contract, reference: str, *, staff: bool) -> list[Cell]:
    """Nav looks for the supplier, and the supplier for which agreement it is."""
    url, kind = reverse("contracts:contract", args=[reference, row.pk]), row.get_kind_display()
    what = (
        [Cell(row.organisation.name, href=url), Cell(kind, note=row.stage.name)] if staff else [Cell(kind, href=url, note=row.stage.name)]
    )
    return [
        *what,
        Cell("", tag=phase_tag(row)),
        Cell(_("By call-off") if row.is_framework else wording.money(row.amount)),
        Cell("" if row.is_framework else wording.money(row.paid)),
    ]


def _stage_to_draft(tender: Tender) -> Stage | None:
    """The first decided stage where somebody in a place has no contract."""
    return next((stage for stage in stages_to_agree(tender) if items_without_contract(stage)), None)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedIn, reference: str) -> HttpResponse:
    """One contract for each who is selected and has none."""
    at = clock.now()
    tender = tender_of(request, reference, at=at)
    stage = _stage_to_draft(tender)
    if stage is None or not is_assigned(request.user, tender, Role.OFFICER, at=at):
        raise Http404
    managers = people.people_with_role(Role.CONTRACT_MANAGER, tender.unit, at=at)
    first, last = _suggested_days(stage, at)
    form = DraftForm(typed(request), managers=managers, starts_on=first, ends_on=last)
    if request.method == "POST" and form.is_valid():
        try:
            return _draft(request, stage, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
    refusal = MayDraftPolicy(stage, at).refusal(request.user)
    items = items_without_contract(stage)
    names = [_named(item, stage) for item in items]
    shown = {"tender": tender, "stage": stage, "form": form, "names": names, "refusal": refusal, "later": next_stage(stage)}
    return render(request, "contracts/draft.html", shown)


def _named(item: SelectionItem, stage: Stage) -> str:
    """With what was offered, where price counts."""
    name = item.submission.organisation.name
    return f"{name}, {wording.money(paid_to(stage, item.submission_id))}" if stage.price_criterion else name


def _suggested_days(stage: Stage, at: datetime) -> tuple[date, date]:
    """From tomorrow; a finalist agreement until four weeks after the deadline, a framework as announced, others for half a year."""
    first = oslo_day(at) + timedelta(days=1)
    later = next_stage(stage)
    if later and later.closes_at:
        return first, oslo_day(later.closes_at) + timedelta(weeks=4)
    if stage.tender.months:
        return first, last_day_of(stage.tender.months, first)
    return first, first + timedelta(days=180)


def _draft(request: SignedIn, stage: Stage, values: dict[str, Any]) -> HttpResponse:
    said = _("The contracts are drafted. The approver is told.")
    to = reverse("contracts:contracts", args=[stage.tender.reference])
    return done(request, lambda: draft_contracts(stage_id=stage.pk, by=request.user, at=clock.now(), **values), said, to)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedIn, reference: str, contract_id: UUID) -> HttpResponse:
    """The milestones in rows; «more rows» only adds rows and keeps what was typed."""
    at = clock.now()
    found = contract_of(request, reference, contract_id)
    if ManagePolicy(found, at).role_of(request.user) is None or not found.plans_milestones:
        raise Http404
    kept, more = typed(request), "more" in request.POST
    existing = list(found.milestones.all())
    count = _count_of(request, default=max(ROWS, len(existing))) + (MORE_ROWS if more else 0)
    form = PlanForm(kept, milestones=existing if kept is None else [], rows=count)
    if request.method == "POST" and not more and form.is_valid():
        try:
            return _plan(request, found, form.milestones)
        except Refused as refused:
            form.add_error(None, str(refused))
    shown = {
        "tender": found.tender,
        "contract": found,
        "form": form,
        "more": more,
        "refusal": MayPlanPolicy(found, at).refusal(request.user),
    }
    return render(request, "contracts/plan.html", shown)


def _count_of(request: SignedIn, *, default: int) -> int:
    written = request.POST.get("rows", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) <= len(str(MOST_MILESTONES)) else default


def _plan(request: SignedIn, found: Contract, milestones: list[dict[str, Any]]) -> HttpResponse:
    said, to = _("The milestones are planned. Start the work when they are right."), contract_url(found)
    return done(request, lambda: plan_milestones(contract_id=found.pk, milestones=milestones, by=request.user, at=clock.now()), said, to)


@require_http_methods(["GET", "HEAD", "POST"])
def terminate(request: SignedIn, reference: str, contract_id: UUID) -> HttpResponse:
    """The approver ends it early, with a reason."""
    at = clock.now()
    found = contract_of(request, reference, contract_id)
    if not is_assigned(request.user, found.tender, Role.APPROVER, at=at):
        raise Http404
    form = TerminateForm(typed(request), draft=found.phase == ContractPhase.DRAFT)
    if request.method == "POST" and form.is_valid():
        try:
            return _terminate(request, found, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
    refusal = TerminateContractPolicy(found, at).refusal(request.user)
    return render(request, "contracts/terminate.html", {"tender": found.tender, "contract": found, "form": form, "refusal": refusal})


def _terminate(request: SignedIn, found: Contract, reason: str) -> HttpResponse:
    told = _("The draft is rejected. The officer is told."), _("The contract has ended. The supplier is told.")
    said, to = told[found.phase != ContractPhase.DRAFT], contract_url(found)
    return done(request, lambda: terminate_contract(contract_id=found.pk, reason=reason, by=request.user, at=clock.now()), said, to)
