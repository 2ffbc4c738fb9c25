"""Payments: the list, the supplier's request, and the steps to the money."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock, wording
from accounts import queries as people
from accounts.http import SignedIn, typed
from accounts.models import User
from accounts.page_parts import Cell, Column
from accounts.refused import Refused
from accounts.roles import Role
from contracts import contract_words as words
from contracts.commands.accept_delivery import accept_delivery
from contracts.commands.approve_payment import approve_payment
from contracts.commands.refuse_payment import refuse_payment
from contracts.commands.register_payment import register_payment
from contracts.commands.request_payment import request_payment
from contracts.commands.send_payment import send_payment
from contracts.documents.notices import contract_url, payment_url
from contracts.forms.payments import RefusePaymentForm, RequestPaymentForm
from contracts.models import Milestone, PaymentRequest
from contracts.phases import PaymentPhase
from contracts.policies import payments as policies
from contracts.policies.contracts import ManagePolicy
from contracts.queries.payments import newest_request, payments_for
from contracts.views.case import done, milestone_of, payment_of, tender_of
from tenders.queries import is_assigned


@require_safe
def payments(request: SignedIn, reference: str) -> HttpResponse:
    """Those the person may see, the newest first."""
    at = clock.now()
    tender = tender_of(request, reference, at=at)
    rows = list(payments_for(request.user, tender, at=at))
    total = sum(row.amount for row in rows if row.phase == PaymentPhase.PAID)
    columns = [Column(_("Milestone")), Column(_("Requested")), Column(_("Amount"), number=True), Column(_("State"))]
    heading = _("%(money)s is paid") % {"money": wording.money(total)} if rows else _("Nobody has asked for payment yet")
    shown = {"tender": tender, "heading": heading, "columns": columns, "rows": [_row(row, reference) for row in rows]}
    return render(request, "contracts/payments.html", shown)


def _row(row: PaymentRequest, reference: str) -> list[Cell]:
    milestone = row.milestone
    return [
        Cell(milestone.title, href=reverse("contracts:payment", args=[reference, row.pk]), note=milestone.contract.organisation.name),
        Cell(wording.short_day_with_year(row.requested_at)),
        Cell(wording.money(row.amount)),
        Cell("", tag=words.payment_tag(row)),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def request(request: SignedIn, reference: str, milestone_id: UUID) -> HttpResponse:
    """The supplier asks to be paid for a milestone."""
    milestone = milestone_of(request, reference, milestone_id)
    if not people.represents(request.user, milestone.contract.organisation):
        raise Http404
    earlier = newest_request(milestone)
    form = RequestPaymentForm(typed(request), earlier=earlier, same=earlier is not None and earlier.milestone_id == milestone.pk)
    if request.method == "POST" and form.is_valid():
        try:
            return _request(request, milestone, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
    refusal = policies.MayRequestPaymentPolicy(milestone, clock.now()).refusal(request.user)
    mended = earlier if earlier and earlier.milestone_id == milestone.pk and earlier.phase == PaymentPhase.REFUSED else None
    shown = {"tender": milestone.contract.tender, "contract": milestone.contract, "milestone": milestone}
    return render(request, "contracts/request_payment.html", {**shown, "form": form, "refusal": refusal, "refused": mended})


def _request(request: SignedIn, milestone: Milestone, values: dict[str, Any]) -> HttpResponse:
    said, to = _("We have got the request. The contract manager is told."), contract_url(milestone.contract)
    return done(request, lambda: request_payment(milestone_id=milestone.pk, by=request.user, at=clock.now(), **values), said, to)


@require_safe
def payment(request: SignedIn, reference: str, payment_id: UUID) -> HttpResponse:
    """What was delivered, who has decided what, and the next step."""
    found = payment_of(request, reference, payment_id)
    contract = found.milestone.contract
    context = {
        "tender": contract.tender,
        "contract": contract,
        "payment": found,
        "heading": words.payment_heading(found),
        "facts": words.payment_facts(found),
        "history": words.payment_history(found),
        **_what_to_do(found, request.user, clock.now()),
    }
    return render(request, "contracts/payment.html", context)


def _what_to_do(found: PaymentRequest, user: User, at: datetime) -> dict[str, Any]:
    """The button of the phase for the one whose turn it is, and whether they can refuse."""
    contract = found.milestone.contract
    manages = ManagePolicy(contract, at).role_of(user) is not None
    approver = is_assigned(user, contract.tender, Role.APPROVER, at=at)
    steps = {
        PaymentPhase.REQUESTED: (manages, "accept"),
        PaymentPhase.ACCEPTED: (approver, "approve_payment"),
        PaymentPhase.APPROVED: (manages, "send"),
        PaymentPhase.SENT: (manages, "register"),
    }
    may, name = steps.get(PaymentPhase(found.phase), (False, ""))
    if not may:
        asks_again = found.phase == PaymentPhase.REFUSED and not policies.MayRequestPaymentPolicy(found.milestone, at).refusal(user)
        return {"act_url": "", "refuses": False, "asks_again": asks_again}
    url = reverse(f"contracts:{name}", args=[contract.tender.reference, found.pk])
    refuses = not policies.RefusePaymentPolicy(found, at).refusal(user)
    act_refusal = policies.NEXT_STEP[found.phase](found, at).refusal(user)
    return {"act_url": url, "act_label": words.payment_step(found), "act_refusal": act_refusal, "refuses": refuses}


@require_POST
def accept(request: SignedIn, reference: str, payment_id: UUID) -> HttpResponse:
    found = payment_of(request, reference, payment_id)
    return _step(request, found, accept_delivery, _("The delivery is accepted. The approver is told."))


@require_POST
def approve(request: SignedIn, reference: str, payment_id: UUID) -> HttpResponse:
    found = payment_of(request, reference, payment_id)
    return _step(request, found, approve_payment, _("The payment is approved. The supplier and the contract manager are told."))


@require_POST
def send(request: SignedIn, reference: str, payment_id: UUID) -> HttpResponse:
    found = payment_of(request, reference, payment_id)
    return _step(request, found, send_payment, _("It is noted that accounting has got it."))


@require_POST
def register(request: SignedIn, reference: str, payment_id: UUID) -> HttpResponse:
    found = payment_of(request, reference, payment_id)
    return _step(request, found, register_payment, _("It is registered as paid. The supplier is told."))


def _step(request: SignedIn, found: PaymentRequest, command: Callable[..., PaymentRequest], said: str) -> HttpResponse:
    """Take the step, and go back to the page of the request."""
    return done(request, lambda: command(payment_id=found.pk, by=request.user, at=clock.now()), said, payment_url(found))


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: SignedIn, reference: str, payment_id: UUID) -> HttpResponse:
    """The one whose turn it is refuses, with a reason."""
    found = payment_of(request, reference, payment_id)
    policy = policies.RefusePaymentPolicy(found, clock.now())
    if policy.role_of(request.user) is None:
        raise Http404
    form = RefusePaymentForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _refuse(request, found, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
    shown = {"tender": found.milestone.contract.tender, "payment": found, "form": form, "refusal": policy.refusal(request.user)}
    return render(request, "contracts/refuse.html", shown)


def _refuse(request: SignedIn, found: PaymentRequest, reason: str) -> HttpResponse:
    said = _("The request is refused. The supplier is told why.")
    return done(
        request, lambda: refuse_payment(payment_id=found.pk, reason=reason, by=request.user, at=clock.now()), said, payment_url(found)
    )
