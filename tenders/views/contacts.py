"""The log of the market dialogue: writing a contact down, and publishing what was shared."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts import clock
from accounts.http import SignedIn, once, reads_and_writes, refused_page, typed
from accounts.refused import Refused
from tenders.commands.log_contact import log_contact
from tenders.commands.publish_contact import publish_contact
from tenders.forms.market import ContactForm, SharedForm, say_at_fields
from tenders.models import MarketContact, Tender
from tenders.policies.market import LogContactPolicy
from tenders.queries.contacts import contacts_seen_by
from tenders.queries.market import dialogue_url
from tenders.views.own_tender import own_tender


def _refusal(request: SignedIn, tender: Tender) -> HttpResponse | None:
    """Instead of an empty form, for those who may not fill it in."""
    refusal = LogContactPolicy(tender, clock.now()).refusal(request.user)
    if request.method == "POST" or not refusal:
        return None
    return refused_page(request, refusal, back=dialogue_url(tender))


@reads_and_writes
def log(request: SignedIn, reference: str) -> HttpResponse:
    """The officer writes a contact down."""
    tender = own_tender(request, reference)
    if page := _refusal(request, tender):
        return page
    form = ContactForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _log(request, tender, form))
        except Refused as refused:
            say_at_fields(form, refused)
    return render(request, "tenders/contact_log.html", {"tender": tender, "form": form})


def _log(request: SignedIn, tender: Tender, form: ContactForm) -> str:
    log_contact(tender_id=tender.pk, contact=form.contact, by=request.user, at=clock.now())
    messages.success(request, _("Written down. Only the staff sees it until you publish what was shared."))
    return dialogue_url(tender)


@reads_and_writes
def publish(request: SignedIn, reference: str, contact_key: UUID) -> HttpResponse:
    """The officer reads once more what all are told, and publishes it."""
    tender = own_tender(request, reference)
    contact = get_object_or_404(contacts_seen_by(request.user, tender, at=clock.now()), pk=contact_key)
    if page := _refusal(request, tender):
        return page
    form = SharedForm(typed(request), initial={"shared": contact.shared})
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _publish(request, contact, form.cleaned_data["shared"]))
        except Refused as refused:
            say_at_fields(form, refused)
    return render(request, "tenders/contact_publish.html", {"tender": tender, "contact": contact, "form": form})


def _publish(request: SignedIn, contact: MarketContact, shared: str) -> str:
    publish_contact(contact_id=contact.pk, shared=shared, by=request.user, at=clock.now())
    messages.success(request, _("Published. Everybody reads it on this page."))
    return dialogue_url(contact.tender)
