"""From a template to a public announcement: starting, writing, sending for approval, deciding."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import SignedIn, once, reads_and_writes, refused_page, typed
from accounts.models import User
from accounts.refused import Refused
from tenders import queries
from tenders.announcement_page import Step, page_for
from tenders.commands.announce_tender import announce_tender
from tenders.commands.copy_tender import copy_tender
from tenders.commands.describe_need import describe_need
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.return_announcement import return_announcement
from tenders.commands.save_announcement import save_announcement
from tenders.forms.announcement import COPY, NewTenderForm, ProposeForm, ReturnForm
from tenders.forms.section import SectionForm
from tenders.forms.sections import SECTION_FORMS, SECTION_NAMES
from tenders.models import Tender
from tenders.policies.announcement import ChangedMeanwhile, EditAnnouncementPolicy
from tenders.readiness import NotReady, missing_in_weights
from tenders.value_page import value_page
from tenders.views.own_tender import own_tender


@reads_and_writes
def new(request: SignedIn) -> HttpResponse:
    """Choose a template, a name and a unit."""
    units = queries.units_to_buy_for(request.user, at=clock.now())
    if not units.exists():
        return render(request, "403.html", {"reason": _("Only a procurement officer can start a tender.")}, status=403)
    origins = queries.staff_tenders(request.user, at=clock.now()).filter(framework=None).order_by("-created_at")
    form = NewTenderForm(typed(request), units=units, origins=origins)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _start(request, form.cleaned_data))
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "tenders/new.html", {"form": form})


def _start(request: SignedIn, values: dict[str, Any]) -> str:
    procedure, origin = values.pop("procedure"), values.pop("origin", None)
    if procedure == COPY:
        tender = copy_tender(origin_id=origin.pk, **values, by=request.user, at=clock.now())
        said = _("The tender has been started as a copy of %(origin)s. The dates are new.") % {"origin": origin.reference}
    else:
        tender = describe_need(procedure=procedure, **values, by=request.user, at=clock.now())
        said = _("The tender has been started. Everything the template holds is filled in.")
    messages.success(request, said)
    return reverse("tenders:announcement_section", args=[tender.reference, "need"])


@login_not_required
@require_safe
def announcement(request: HttpRequest, reference: str) -> HttpResponse:
    """What will be announced, or has been; with what is left to do for those who work on it."""
    tender = queries.visible_tenders(request.user, at=clock.now()).filter(reference=reference).select_related("unit", "budget").first()
    if tender is None and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if tender is None:
        raise Http404
    return _show(request, tender)


def _show(request: HttpRequest, tender: Tender, **forms: Any) -> HttpResponse:
    at = clock.now()
    page = page_for(tender, request.user, at=at)
    if page.may_propose and isinstance(page.user, User):
        forms.setdefault("propose_form", ProposeForm(None, approvers=queries.possible_approvers(tender, page.user, at=at)))
    if page.may_decide or page.may_take_back:
        forms.setdefault("return_form", ReturnForm(None))
    return render(request, "tenders/announcement.html", {"tender": tender, "page": page, **forms})


@reads_and_writes
def propose(request: SignedIn, reference: str) -> HttpResponse:
    """Send for approval."""
    tender = own_tender(request, reference)
    if (data := typed(request)) is None:
        return redirect("tenders:announcement", reference=reference)
    form = ProposeForm(data, approvers=queries.possible_approvers(tender, request.user, at=clock.now()))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _propose(request, tender, form))
        except Refused as refused:
            if not page_for(tender, request.user, at=clock.now()).may_propose:
                raise
            form.add_error(None, str(refused))
    elif request.method == "POST":
        EditAnnouncementPolicy(tender, clock.now()).check(request.user)
    return _show(request, tender, propose_form=form)


def _propose(request: SignedIn, tender: Tender, form: ProposeForm) -> str:
    approver = form.cleaned_data["approver"]
    propose_announcement(tender_id=tender.pk, approver=approver, by=request.user, at=clock.now())
    messages.success(request, _("%(name)s has been asked to approve the announcement.") % {"name": approver.name})
    return queries.announcement_url(tender)


@reads_and_writes
def send_back(request: SignedIn, reference: str) -> HttpResponse:
    """The approver sends it back, or the officer takes it back, with a reason."""
    tender = own_tender(request, reference)
    if (data := typed(request)) is None:
        return redirect("tenders:announcement", reference=reference)
    form = ReturnForm(data)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _send_back(request, tender, form.cleaned_data["reason"]))
        except Refused as refused:
            page = page_for(tender, request.user, at=clock.now())
            if not (page.may_decide or page.may_take_back):
                raise
            form.add_error(None, str(refused))
    return _show(request, tender, return_form=form)


def _send_back(request: SignedIn, tender: Tender, reason: str) -> str:
    return_announcement(tender_id=tender.pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The announcement is a draft again."))
    return queries.announcement_url(tender)


@reads_and_writes
def announce(request: SignedIn, reference: str) -> HttpResponse:
    """The approver announces what the page showed."""
    tender = own_tender(request, reference)
    if request.method == "POST":
        try:
            return once(request, lambda: _announce(request, tender))
        except Refused as refused:
            return _show(request, tender, announce_refusal=str(refused))
    return redirect("tenders:announcement", reference=reference)


def _announce(request: SignedIn, tender: Tender) -> str:
    announce_tender(tender_id=tender.pk, content_hash=request.POST.get("content_hash", ""), by=request.user, at=clock.now())
    messages.success(request, _("The tender has been announced. This is what everybody sees."))
    return reverse("insight:tender", args=[tender.reference])


@reads_and_writes
def section(request: SignedIn, reference: str, section: str) -> HttpResponse:
    """One section of the draft."""
    tender = own_tender(request, reference)
    if section not in SECTION_FORMS:
        raise Http404
    if refusal := EditAnnouncementPolicy(tender, clock.now()).refusal(request.user):
        return refused_page(request, refusal, back=queries.announcement_url(tender))
    form = SECTION_FORMS[section](typed(request), tender=tender)
    if request.method == "POST" and form.is_valid() and (saved := _saved(request, tender, section, form)):
        return saved
    shown = {"tender": tender, "form": form, "name": SECTION_NAMES[section], "step": Step(section)}
    if section == "value":
        shown["page"] = value_page(tender, at=clock.now())
    return render(request, f"tenders/section_{section}.html", shown)


def _saved(request: SignedIn, tender: Tender, section: str, form: SectionForm) -> HttpResponse | None:
    """Where to go when it is saved; None when it was refused, with the reason at the field it is about."""
    try:
        return once(request, lambda: _save(request, tender, section, form))
    except NotReady as refused:
        for missing in refused.missing:
            form.add_error(missing.field if missing.field in form.fields else None, str(missing.text))
    except ChangedMeanwhile as refused:
        form.show_newer()
        form.add_error(None, str(refused))
    except Refused as refused:
        form.add_error(None, str(refused))
    return None


def _save(request: SignedIn, tender: Tender, section: str, form: SectionForm) -> str:
    draft_no = form.cleaned_data["draft_no"]
    save_announcement(tender_id=tender.pk, section=section, values=form.values, draft_no=draft_no, by=request.user, at=clock.now())
    messages.success(request, _("Saved: %(section)s.") % {"section": SECTION_NAMES[section]})
    if section == "criteria" and not form.stays:
        _warn_of_weights(request, tender)
    if form.stays:
        return request.path + form.place
    following = Step(section).following if request.POST.get("do") == "next" else ""
    return reverse("tenders:announcement_section", args=[tender.reference, following]) if following else queries.announcement_url(tender)


def _warn_of_weights(request: SignedIn, tender: Tender) -> None:
    for missing in missing_in_weights(tender.stages.prefetch_related("criteria")):
        messages.warning(request, " ".join([str(missing.text), _("You can go on, but not send it for approval before they do.")]))
