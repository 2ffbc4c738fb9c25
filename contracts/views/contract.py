"""One contract: the agreement on the page and as PDF, and the steps that belong to it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import clock, journal, wording
from accounts import queries as people
from accounts.commands.note_access import note_access
from accounts.http import SignedIn
from accounts.local_time import oslo_day
from accounts.models import User
from accounts.page_parts import Cell, Column
from accounts.refused import Refused
from accounts.roles import Role
from contracts import contract_words as words
from contracts.commands.approve_contract import approve_contract
from contracts.commands.complete_contract import complete_contract
from contracts.commands.sign_contract import sign_contract
from contracts.commands.start_contract import start_contract
from contracts.documents import agreement as documents
from contracts.documents.notices import contract_url, payment_url
from contracts.models import Contract, Milestone, PaymentRequest
from contracts.phases import CONTRACT_FINAL, ContractPhase, PaymentPhase
from contracts.policies import contracts as policies
from contracts.policies.payments import MayRequestPaymentPolicy, waits_for
from contracts.queries.contracts import next_stage
from contracts.views.case import contract_of, done
from letters import pdf
from tenders.queries import is_assigned


@require_safe
def contract(request: SignedIn, reference: str, contract_id: UUID) -> HttpResponse:
    """What is agreed, how far it has come, and the one thing this person can do now."""
    at = clock.now()
    found = contract_of(request, reference, contract_id)
    milestones = _milestones(found)
    context = {
        "tender": found.tender,
        "contract": found,
        "heading": words.contract_heading(found),
        "facts": words.contract_facts(found),
        "history": words.contract_history(found),
        "columns": [Column(_("Milestone")), Column(_("Due")), Column(_("Amount"), number=True), Column(_("State"))],
        "milestones": [_row(row) for row in milestones],
        **_document(found, milestones),
        **_what_to_do(found, milestones, request.user, at),
    }
    return render(request, "contracts/contract.html", context)


def _milestones(found: Contract) -> list[Milestone]:
    return list(found.milestones.prefetch_related("payment_requests").order_by("no"))


def _document(found: Contract, milestones: list[Milestone]) -> dict[str, Any]:
    """In the supplier's language, as it is on paper and when it is signed."""
    language = found.organisation.language
    with translation.override(language):
        return {
            "language": language,
            "title": documents.title_of(found),
            "sections": documents.sections(found, milestones),
            "signatures": documents.signatures(found),
            "signatures_heading": _("Signatures"),
        }


def _row(milestone: Milestone) -> list[Cell]:
    """With the state of what was asked for last, also when that was refused."""
    asked = _asked(milestone) or _refused(milestone)
    state = Cell("", tag=words.payment_tag(asked)) if asked else Cell(_("Not requested"))
    return [
        Cell(f"{milestone.no}. {milestone.title}", href=payment_url(asked) if asked else "", note=milestone.delivers),
        Cell(words.due_words(milestone)),
        Cell(wording.money(milestone.amount)),
        state,
    ]


def _asked(milestone: Milestone) -> PaymentRequest | None:
    """The request that was not refused."""
    return next((row for row in milestone.payment_requests.all() if row.phase != PaymentPhase.REFUSED), None)


def _refused(milestone: Milestone) -> PaymentRequest | None:
    """The request that was refused last."""
    refused = [row for row in milestone.payment_requests.all() if row.phase == PaymentPhase.REFUSED]
    return max(refused, key=lambda row: row.requested_at, default=None)


def _what_to_do(found: Contract, milestones: list[Milestone], user: User, at: datetime) -> dict[str, Any]:
    """The step the contract waits for, when it is this person's; with why not yet."""
    approver = is_assigned(user, found.tender, Role.APPROVER, at=at)
    manages = policies.ManagePolicy(found, at).role_of(user) is not None
    signing = policies.SignContractPolicy(found, at)
    role = signing.role_of(user)
    approves = approver and found.phase == ContractPhase.DRAFT
    signed = found.supplier_signed_at if role == Role.SUPPLIER else found.buyer_signed_at
    signs = found.phase == ContractPhase.APPROVED and role is not None and signed is None
    plans = manages and found.plans_milestones and found.phase == ContractPhase.SIGNED
    ended = not found.is_framework or found.ends_on < oslo_day(at)
    completes = manages and ended and found.phase == ContractPhase.RUNNING
    to_ask = _to_ask(found, milestones, role)
    decides = next((asked for row in milestones if (asked := _asked(row)) and waits_for(asked, user, at=at)), None)
    return {
        "approves": approves,
        "approve_refusal": policies.ApproveContractPolicy(found, at).refusal(user) if approves else "",
        "signs": signs,
        "sign_refusal": signing.refusal(user) if signs else "",
        "plans": plans,
        "plan_refusal": policies.MayPlanPolicy(found, at).refusal(user) if plans else "",
        "start_refusal": policies.StartContractPolicy(found, at).refusal(user) if plans else "",
        "decides": decides,
        "decide_label": words.payment_step(decides) if decides else "",
        "completes": completes,
        "complete_refusal": policies.CompleteContractPolicy(found, at).refusal(user) if completes else "",
        "ends_early": approver and found.phase not in CONTRACT_FINAL,
        "to_ask": to_ask,
        "refused": _refused(to_ask) if to_ask else None,
        "signers": _signers(found, user),
        "ask_refusal": MayRequestPaymentPolicy(to_ask, at).refusal(user) if to_ask else "",
        "later": next_stage(found.stage) if found.kind == Contract.Kind.FINALIST else None,
    }


def _signers(found: Contract, user: User) -> str:
    """Who signs and asks for payment, told to one who acts for the supplier and represents it not; «» for everybody else."""
    members = people.members_of(found.organisation)
    if found.phase in CONTRACT_FINAL or people.represents(user, found.organisation) or not members.filter(pk=user.pk).exists():
        return ""
    return ", ".join(person.name for person in members if people.represents(person, found.organisation))


def _to_ask(found: Contract, milestones: list[Milestone], role: Role | None) -> Milestone | None:
    """The first milestone that nobody has asked to be paid for, for the supplier of a contract that runs."""
    if role != Role.SUPPLIER or found.phase != ContractPhase.RUNNING:
        return None
    return next((row for row in milestones if _asked(row) is None), None)


@require_safe
def agreement(request: SignedIn, reference: str, contract_id: UUID) -> HttpResponse:
    """The agreement as PDF, in the supplier's language. It is noted that it was fetched."""
    found = contract_of(request, reference, contract_id)
    if not pdf.available():
        raise Refused(_("No PDF can be made here just now. The page of the contract says the same."))
    note_access(what="contracts.agreement_fetched", about=journal.about_of(found), by=request.user, at=clock.now())
    content = pdf.render_pdf(documents.agreement_pdf(found, _milestones(found)))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.tender.reference}-{found.organisation.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def approve(request: SignedIn, reference: str, contract_id: UUID) -> HttpResponse:
    found = contract_of(request, reference, contract_id)
    return _step(request, found, approve_contract, _("The contract is approved. The supplier is told."))


@require_POST
def sign(request: SignedIn, reference: str, contract_id: UUID) -> HttpResponse:
    return _step(request, contract_of(request, reference, contract_id), sign_contract, _("You have signed."))


@require_POST
def start(request: SignedIn, reference: str, contract_id: UUID) -> HttpResponse:
    found = contract_of(request, reference, contract_id)
    return _step(request, found, start_contract, _("The work has started. The supplier is told."))


@require_POST
def complete(request: SignedIn, reference: str, contract_id: UUID) -> HttpResponse:
    found = contract_of(request, reference, contract_id)
    return _step(request, found, complete_contract, _("The contract is completed. The supplier is told."))


def _step(request: SignedIn, found: Contract, command: Callable[..., Contract], said: str) -> HttpResponse:
    """Take the step, and go back to the page of the contract."""
    return done(request, lambda: command(contract_id=found.pk, by=request.user, at=clock.now()), said, contract_url(found))
