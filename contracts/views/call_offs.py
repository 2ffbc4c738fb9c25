"""Call-offs from a framework agreement: starting one, and announcing it with its invitations."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import clock, wording
from accounts import queries as people
from accounts.http import SignedIn, once, reads_and_writes, typed
from accounts.refused import Refused
from accounts.roles import Role
from contracts.commands.announce_call_off import announce_call_off
from contracts.commands.start_call_off import start_call_off
from contracts.forms.call_offs import CallOffForm
from contracts.policies.call_offs import MayStartCallOffPolicy
from contracts.queries.frameworks import left_of
from contracts.views.case import done
from tenders.models import Tender
from tenders.queries import announcement_url, staff_tenders, visible_tenders


@reads_and_writes
def start(request: SignedIn, reference: str) -> HttpResponse:
    """A name, an amount and the criteria; the rest is written in the sections of the draft."""
    at = clock.now()
    visible = visible_tenders(request.user, at=at).filter(procedure=Tender.Procedure.FRAMEWORK)
    framework = get_object_or_404(visible.select_related("unit", "budget"), reference=reference)
    if not people.has_role(request.user, Role.OFFICER, framework.unit, at=at):
        raise Http404
    form = CallOffForm(typed(request), framework=framework)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _start(request, framework, form.cleaned_data))
        except Refused as refused:
            form.add_error(None, str(refused))
    refusal = MayStartCallOffPolicy(framework, at).refusal(request.user)
    left = wording.money(left_of(framework))
    return render(request, "contracts/start_call_off.html", {"tender": framework, "form": form, "left": left, "refusal": refusal})


def _start(request: SignedIn, framework: Tender, values: dict[str, Any]) -> str:
    tender = start_call_off(framework_id=framework.pk, by=request.user, at=clock.now(), **values)
    messages.success(request, _("The call-off has been started. What the framework agreement says is filled in."))
    return reverse("tenders:announcement_section", args=[tender.reference, "need"])


@reads_and_writes
def announce(request: SignedIn, reference: str) -> HttpResponse:
    """The approver announces what the page showed, for those it showed."""
    mine = staff_tenders(request.user, at=clock.now()).filter(procedure=Tender.Procedure.CALL_OFF)
    tender = get_object_or_404(mine, reference=reference)
    if request.method != "POST":
        return redirect(announcement_url(tender))
    seen, invited = request.POST.get("content_hash", ""), _invited(request)
    said, to = (
        _("The call-off has been announced. Everybody in the framework agreement is invited."),
        reverse("insight:tender", args=[reference]),
    )
    return done(
        request,
        lambda: announce_call_off(tender_id=tender.pk, content_hash=seen, invited=invited, by=request.user, at=clock.now()),
        said,
        to,
    )


def _invited(request: SignedIn) -> list[UUID]:
    """The keys of the organisations that the page showed."""
    try:
        return [UUID(key) for key in request.POST.getlist("invited")]
    except ValueError as wrong:
        raise Http404 from wrong
