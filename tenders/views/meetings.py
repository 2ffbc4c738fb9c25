"""Dialogue meetings: holding them, for the officer; signing up and giving the place back, for everybody else."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts import queries as people
from accounts.http import SignedIn, once, reads_and_writes, refused_page, typed
from accounts.models import Organisation
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.cancel_meeting import cancel_meeting
from tenders.commands.change_meeting import change_meeting
from tenders.commands.hold_meeting import hold_meeting
from tenders.commands.join_meeting import join_meeting
from tenders.commands.leave_meeting import leave_meeting
from tenders.forms.market import CancelMeetingForm, JoinForm, MeetingForm, say_at_fields
from tenders.models import Meeting, Tender
from tenders.policies.meetings import ChangeMeetingPolicy, HoldMeetingPolicy, SignUpPolicy
from tenders.queries.market import dialogue_url, readable_tenders
from tenders.queries.meetings import free_seat, meetings_of, own_sign_ups, sign_ups_seen_by
from tenders.queries.visibility import is_assigned
from tenders.views.own_tender import own_tender


def _meeting(tender: Tender, meeting_id: UUID) -> Meeting:
    return get_object_or_404(meetings_of(tender).select_related("tender__unit"), pk=meeting_id)


@reads_and_writes
def new(request: SignedIn, reference: str) -> HttpResponse:
    """The officer invites to a meeting."""
    tender = own_tender(request, reference)
    if request.method != "POST" and (refusal := HoldMeetingPolicy(tender, clock.now()).refusal(request.user)):
        return refused_page(request, refusal, back=dialogue_url(tender))
    form = MeetingForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _hold(request, tender, form))
        except Refused as refused:
            say_at_fields(form, refused)
    return render(request, "tenders/meeting.html", {"tender": tender, "form": form})


def _hold(request: SignedIn, tender: Tender, form: MeetingForm) -> str:
    hold_meeting(tender_id=tender.pk, plan=form.plan, by=request.user, at=clock.now())
    messages.success(request, _("Everybody can see the meeting and sign up for it."))
    return dialogue_url(tender)


@reads_and_writes
def change(request: SignedIn, reference: str, meeting_id: UUID) -> HttpResponse:
    """Who comes, and what can be changed; for the officer."""
    tender, at = own_tender(request, reference), clock.now()
    meeting = _meeting(tender, meeting_id)
    refusal = HoldMeetingPolicy(tender, at).refusal(request.user) or ChangeMeetingPolicy(meeting, at).refusal(request.user)
    form = MeetingForm(typed(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _change(request, meeting, form))
        except Refused as refused:
            say_at_fields(form, refused)
    shown = {"tender": tender, "meeting": meeting, "form": form, "refusal": refusal}
    shown["sign_ups"] = sign_ups_seen_by(request.user, meeting, at=at)
    shown["sees_names"] = is_assigned(request.user, tender, Role.OFFICER, at=at)
    return render(request, "tenders/meeting.html", shown)


def _change(request: SignedIn, meeting: Meeting, form: MeetingForm) -> str:
    change_meeting(meeting_id=meeting.pk, plan=form.plan, by=request.user, at=clock.now())
    messages.success(request, _("The meeting has been changed. All who have signed up are told."))
    return dialogue_url(meeting.tender)


@reads_and_writes
def cancel(request: SignedIn, reference: str, meeting_id: UUID) -> HttpResponse:
    """The officer cancels a meeting."""
    tender = own_tender(request, reference)
    meeting = _meeting(tender, meeting_id)
    if request.method != "POST" and (refusal := ChangeMeetingPolicy(meeting, clock.now()).refusal(request.user)):
        return refused_page(request, refusal, back=dialogue_url(tender))
    form = CancelMeetingForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _cancel(request, meeting, form.cleaned_data["reason"]))
        except Refused as refused:
            say_at_fields(form, refused)
    return render(request, "tenders/meeting_cancel.html", {"tender": tender, "meeting": meeting, "form": form})


def _cancel(request: SignedIn, meeting: Meeting, reason: str) -> str:
    cancel_meeting(meeting_id=meeting.pk, reason=reason, by=request.user, at=clock.now())
    messages.success(request, _("The meeting has been cancelled. All who had signed up are told."))
    return dialogue_url(meeting.tender)


def _readable_meeting(request: SignedIn, reference: str, meeting_id: UUID) -> Meeting:
    tender = get_object_or_404(readable_tenders(request.user, at=clock.now()), reference=reference)
    return _meeting(tender, meeting_id)


@reads_and_writes
def join(request: SignedIn, reference: str, meeting_id: UUID) -> HttpResponse:
    """Sign up, and see what one has signed up for."""
    meeting, at = _readable_meeting(request, reference, meeting_id), clock.now()
    own = list(own_sign_ups(request.user, meeting.tender).filter(meeting=meeting))
    free = [row for row in people.own_organisations(request.user) if row not in {one.organisation for one in own}]
    form = JoinForm(typed(request), organisations=free, name=request.user.name)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _join(request, meeting, form))
        except Refused as refused:
            say_at_fields(form, refused)
    refusal = SignUpPolicy(meeting, free[0] if free else None, at).refusal(request.user)
    shown = {"tender": meeting.tender, "meeting": meeting, "form": form, "refusal": refusal, "own": own}
    shown["full"] = free_seat(meeting) is None
    return render(request, "tenders/meeting_join.html", shown)


def _join(request: SignedIn, meeting: Meeting, form: JoinForm) -> str:
    mine = {row.number: row for row in people.own_organisations(request.user)}
    organisation, persons = mine.get(form.cleaned_data["who"]), form.cleaned_data["persons"]
    row = join_meeting(meeting_id=meeting.pk, organisation=organisation, persons=persons, by=request.user, at=clock.now())
    said = (
        _("You have a place at the meeting.")
        if row.seat
        else _("The meeting is full. You are in line, and we write to you if you get a place.")
    )
    messages.success(request, said)
    return dialogue_url(meeting.tender)


@require_POST
def leave(request: SignedIn, reference: str, meeting_id: UUID) -> HttpResponse:
    """Give the place back."""
    meeting = _readable_meeting(request, reference, meeting_id)
    mine = {row.number: row for row in people.own_organisations(request.user)}
    organisation = mine.get(request.POST.get("who", ""))
    return once(request, lambda: _leave(request, meeting, organisation))


def _leave(request: SignedIn, meeting: Meeting, organisation: Organisation | None) -> str:
    leave_meeting(meeting_id=meeting.pk, organisation=organisation, by=request.user, at=clock.now())
    messages.success(request, _("You are no longer signed up for the meeting."))
    return dialogue_url(meeting.tender)
