"""The cover page of a tender, and how it will look to others before it is announced."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import SignedIn
from accounts.models import User
from accounts.work import Waiting
from contracts.policies.cancellation import ProposeCancellationPolicy
from insight import outcome, queries
from insight.cases import LinksAndRoad, links_and_road
from insight.framework import call_offs_of
from insight.hours import hours_of
from insight.preview import as_announced
from insight.road import road
from insight.views.need import need_in_dialogue
from suppliers.queries.invitations import may_enter
from tenders import offers
from tenders.documents import announcement_content
from tenders.models import Stage, Tender
from tenders.phases import ENDED_PHASES, PUBLIC_PHASES, TenderPhase
from tenders.policies.amendment import may_amend
from tenders.queries import amendments, dialogue
from tenders.queries.market import latest_dialogue_of, readable_tenders
from tenders.queries.visibility import visible_tenders
from tenders.threshold.effort import effort_of


@login_not_required
@require_safe
def tender(request: HttpRequest, reference: str) -> HttpResponse:
    """Need, money, road, what is asked, answers; and the one thing this person can do now."""
    at = clock.now()
    found = get_object_or_404(_with_all_shown(readable_tenders(request.user, at=at)), reference=reference)
    if found.announced_at is None and (talked := latest_dialogue_of(found)):
        return need_in_dialogue(request, found, talked, at=at)
    shown = _cover(found, request.user, links_and_road(found, request.user, at=at), at)
    return render(request, "insight/tender.html", shown)


@require_safe
def preview(request: SignedIn, reference: str) -> HttpResponse:
    """The cover page of a draft as a visitor would see it if it were announced now. Nothing on it can be done."""
    at = clock.now()
    found = get_object_or_404(_with_all_shown(visible_tenders(request.user, at=at)), reference=reference)
    if found.phase in PUBLIC_PHASES:
        return redirect("insight:tender", reference=reference)
    as_announced(found, at=at)
    visitor = AnonymousUser()
    _links, steps = links_and_road(found, visitor, at=at)
    shown = {**_cover(found, visitor, ([], steps), at), "preview": True}
    return render(request, "insight/tender.html", shown)


def _with_all_shown(tenders: QuerySet[Tender]) -> QuerySet[Tender]:
    return tenders.select_related("unit", "budget", "framework").prefetch_related("stages__criteria", "counties")


def _cover(found: Tender, user: User | AnonymousUser, known: LinksAndRoad, at: datetime) -> dict[str, Any]:
    """All that the page shows this person."""
    stages, content = list(found.stages.all()), announcement_content(found)
    return {
        "tender": found,
        "content": content,
        "stage": offers.current_stage(stages) if found.phase not in ENDED_PHASES else None,
        "call_offs": call_offs_of(found, user, at=at),
        "hours": hours_of(found, user, at=at, estimated=effort_of(content).hours),
        "results": outcome.results_of(found),
        "ended": outcome.ending_of(found, stages),
        "cancel_url": _cancel_url(found, user, at),
        "amend_url": _amend_url(found, user, at),
        "amendments": amendments.amendments_of(found),
        "prizes": offers.prizes(stages),
        "prize_label": offers.prize_label(found),
        "over": found.phase in ENDED_PHASES,
        "known": known,
        "road": road(known[1]),
        "answered": dialogue.answered_questions(found),
        "at": at,
        **_what_to_do(found, user),
    }


def _cancel_url(found: Tender, user: User | AnonymousUser, at: datetime) -> str:
    """The page of cancelling, for the officer who could propose it now."""
    may = isinstance(user, User) and not ProposeCancellationPolicy(found, at).refusal(user)
    return reverse("contracts:cancellation", args=[found.reference]) if may else ""


def _amend_url(found: Tender, user: User | AnonymousUser, at: datetime) -> str:
    """The page of amending, for the officer who could propose it now."""
    return reverse("tenders:amend", args=[found.reference]) if may_amend(found, user, at=at) else ""


def _what_to_do(found: Tender, user: User | AnonymousUser) -> dict[str, Any]:
    """What waits for the person in this case; else to write, for those who may."""
    at, cover = clock.now(), reverse("insight:tender", args=[found.reference])
    outside = dialogue.is_outside(user, found, at=at)
    rows = queries.waiting_for(user, at=at) if isinstance(user, User) else []
    own = [row for row in rows if row.case_url == cover]
    ready = [row for row in own if row.open_from is None or row.open_from <= at]
    announced = found.phase == TenderPhase.ANNOUNCED
    stage = next((row for row in found.stages.all() if row.is_open_at(at)), None)
    begins = stage is not None and not ready and outside and _may_write(user, stage)
    if stage and begins:
        place = reverse("suppliers:submission", args=[found.reference, stage.no])
        ready = [Waiting(_write(stage.name), found.name, cover, "", _write(stage.name), place)]
    later = next((row for row in own if row not in ready), None)
    still_open = announced and found.questions_close_at is not None and at < found.questions_close_at
    return {
        "action": next(iter(ready), None),
        "begins": begins,
        "later": later,
        "follows": announced and outside,
        "still_open": still_open,
        "asking_ended": found.questions_close_at is not None and found.questions_close_at <= at,
        "asks": still_open and outside,
    }


def _may_write(user: User | AnonymousUser, stage: Stage) -> bool:
    """Anybody in a stage that is open to all; in one by invitation, those who act for one who is invited."""
    return stage.entry == Stage.Entry.OPEN or (isinstance(user, User) and may_enter(user, stage))


def _write(name: str) -> str:
    return _("Write %(what)s") % {"what": name[:1].lower() + name[1:]}
