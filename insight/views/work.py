"""My work."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock, wording
from accounts import queries as people
from accounts.http import SignedIn
from accounts.local_time import oslo_day
from contracts.queries import work as contracts_work
from insight import my_work, others, queries
from insight.road import HowFar, how_far
from tenders.models import Stage, Tender
from tenders.offers import current_stage
from tenders.phases import ENDED_PHASES, StagePhase, TenderPhase
from tenders.queries.visibility import units_to_buy_for
from tenders.queries.work import road_of


@require_safe
def my(request: SignedIn) -> HttpResponse:
    """What waits for me, by when; the tenders I have a task in; what waits for others."""
    at = clock.now()
    rows = my_work.near(queries.waiting_for(request.user, at=at), at=at)
    context = {
        "today": wording.day(oslo_day(at)),
        "heading": my_work.heading(rows),
        "lead": my_work.lead(rows, at=at),
        "groups": my_work.groups(rows, at=at),
        "cases": [_case(tender, at) for tender in queries.own_cases(request.user, at=at)],
        "others": others.waiting_for_others(request.user),
        "may_describe": units_to_buy_for(request.user, at=at).exists(),
        "roles": partial(people.roles_of, request.user, at=at),
        "had_role": partial(people.has_had_a_role, request.user),
    }
    return render(request, "insight/my_work.html", context)


@dataclass(frozen=True)
class Case:
    """A row of «your tenders»."""

    tender: Tender
    far: HowFar
    next: str


def _case(tender: Tender, at: datetime) -> Case:
    stages, contracts = list(tender.stages.all()), list(tender.contracts.all())
    stops = [*road_of(tender, at), *contracts_work.road_of(tender, stages, contracts)]
    # The draft, which the road leaves out from the announcement on
    return Case(tender, how_far(stops, passed=1 if tender.announced_at else 0), _next(tender, at))


def _next(tender: Tender, at: datetime) -> str:
    """What happens next, and when."""
    stage = current_stage(list(tender.stages.all()))
    if tender.phase in ENDED_PHASES:
        return _ended(tender)
    if tender.phase == TenderPhase.IN_DIALOGUE:
        return _("Input from the market")
    if tender.phase != TenderPhase.ANNOUNCED or stage is None:
        return _("To be announced")
    if stage.state_at(at) == Stage.State.WAITING and stage.opens_at:
        return _("Opens %(day)s") % {"day": wording.short_day(stage.opens_at)}
    if stage.state_at(at) == Stage.State.OPEN and stage.closes_at:
        return _("Deadline %(day)s") % {"day": wording.short_day(stage.closes_at)}
    if stage.state_at(at) == Stage.State.CLOSED:
        return _("To be opened by two people")
    if stage.phase == StagePhase.APPROVED:
        return _("The standstill, and then the end of the stage")
    return _("Answer by %(day)s") % {"day": wording.short_day(stage.answer_by)} if stage.answer_by else ""


def _ended(tender: Tender) -> str:
    """What is left when the last stage is decided."""
    nobody = any(stage.phase == StagePhase.UNSELECTED for stage in tender.stages.all())
    return _("Contract and delivery") if tender.phase == TenderPhase.CONCLUDED and not nobody else _("Nothing more")
