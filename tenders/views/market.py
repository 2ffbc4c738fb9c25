"""Talking to the market before the announcement: the public page, publishing the need, and ending it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import SignedIn, once, reads_and_writes, refused_page, typed
from accounts.refused import Refused
from tenders.commands.end_dialogue import end_dialogue
from tenders.commands.open_dialogue import open_dialogue
from tenders.commands.publish_need import publish_need
from tenders.forms.market import EndDialogueForm, InvitationForm, say_at_fields
from tenders.market_page import market_page
from tenders.models import MarketDialogue, Tender
from tenders.policies.market import OpenDialoguePolicy, RunDialoguePolicy
from tenders.queries.market import dialogue_url, has_asked_market, open_dialogue_of, readable_tenders
from tenders.queries.visibility import sees_draft
from tenders.queries.work import announcement_url
from tenders.readiness import missing_in_public_need
from tenders.views.own_tender import own_tender


@login_not_required
@require_safe
def market(request: HttpRequest, reference: str) -> HttpResponse:
    """What the market was asked and told, for everybody, also when the dialogue has ended; and what the officer can do, for the officer."""
    at = clock.now()
    tender = get_object_or_404(readable_tenders(request.user, at=at).select_related("unit"), reference=reference)
    if not has_asked_market(tender) and not sees_draft(request.user, tender, at=at):
        raise Http404
    return render(request, "tenders/market.html", {"tender": tender, "page": market_page(tender, request.user, at=at), "at": at})


@reads_and_writes
def need(request: SignedIn, reference: str) -> HttpResponse:
    """The officer opens the dialogue, or publishes the need anew."""
    tender, at = own_tender(request, reference), clock.now()
    dialogue = open_dialogue_of(tender)
    policy = RunDialoguePolicy(tender, at) if dialogue else OpenDialoguePolicy(tender, at)
    if request.method != "POST" and (refusal := policy.refusal(request.user)):
        return refused_page(request, refusal, back=announcement_url(tender))
    form = InvitationForm(typed(request), dialogue=dialogue, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _publish(request, tender, dialogue, form))
        except Refused as refused:
            say_at_fields(form, refused)
    shown = {"tender": tender, "dialogue": dialogue, "form": form, "missing": list(missing_in_public_need(tender))}
    return render(request, "tenders/market_need.html", shown)


def _publish(request: SignedIn, tender: Tender, dialogue: MarketDialogue | None, form: InvitationForm) -> str:
    publishes = publish_need if dialogue else open_dialogue
    publishes(tender_id=tender.pk, invitation=form.invitation, by=request.user, at=clock.now())
    said = _("Published. This is what everybody reads now.") if dialogue else _("The market dialogue is open. Everybody can read the need.")
    messages.success(request, said)
    return dialogue_url(tender)


@reads_and_writes
def end(request: SignedIn, reference: str) -> HttpResponse:
    """The officer ends the dialogue without a tender."""
    tender = own_tender(request, reference)
    if request.method != "POST" and (refusal := RunDialoguePolicy(tender, clock.now()).refusal(request.user)):
        return refused_page(request, refusal, back=announcement_url(tender))
    form = EndDialogueForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _end(request, tender, form.cleaned_data["reason"]))
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "tenders/market_end.html", {"tender": tender, "form": form})


def _end(request: SignedIn, tender: Tender, reason: str) -> str:
    end_dialogue(tender_id=tender.pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The dialogue has ended. Those who follow are told, and the need is a draft again."))
    return announcement_url(tender)
