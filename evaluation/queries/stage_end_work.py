"""What the window is told of how stages end: what waits for officer and approver, and the page of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts import wording
from accounts.local_time import oslo
from accounts.models import User
from accounts.roles import Role
from accounts.work import CaseFacts, CaseLink, Waiting
from evaluation.addresses import stage_address
from evaluation.models import Selection
from evaluation.queries.opening import opened_stage_of
from evaluation.queries.settlement import CLOSING, SETTLEMENT
from evaluation.queries.submissions import stages_with_nobody_to_judge
from evaluation.standstill import Standstill
from tenders.models import Approval, Assignment, Stage, Tender
from tenders.phases import StagePhase
from tenders.queries.approvals import proposals
from tenders.queries.visibility import sees_preparing


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """Stages the officer can end, also those whose standstill still runs, and ends the approver is asked to approve."""
    return [*_to_propose(user, at), *_to_approve(user, at)]


def _to_propose(user: User, at: datetime) -> Iterator[Waiting]:
    own = _own_stages(user, Role.OFFICER, at).filter(phase__in=(StagePhase.OPENED, StagePhase.APPROVED))
    stages = list(own)
    if not stages:
        return
    ends = {stage.pk: stage for stage in stages if stage.phase == StagePhase.APPROVED}
    empty = stages_with_nobody_to_judge([stage for stage in stages if stage.phase == StagePhase.OPENED])
    standstills = standstills_of(ends.values())
    asked = _asked_about(stages)
    for stage in stages:
        if stage.pk in standstills and (SETTLEMENT, stage.tender_id, stage.no) not in asked:
            yield _to_settle(stage, standstills[stage.pk])
        elif stage.pk in empty and (CLOSING, stage.tender_id, stage.no) not in asked:
            why = _("Nothing that was handed in is admitted, so there is nobody to judge.")
            yield _waiting(stage, "closing", _("Close «%(stage)s» without selection"), why, _("Go on"))


def standstills_of(stages: Iterable[Stage]) -> dict[UUID, Standstill]:
    """The standstill of each of the stages in which all letters are out: one statement for all of them."""
    by_key = {stage.pk: stage for stage in stages}
    rows = Selection.objects.filter(stage__in=by_key, approved_at__isnull=False, annulled_at=None, batch__isnull=False)
    released: dict[UUID, list[datetime | None]] = defaultdict(list)
    for key, moment in rows.values_list("stage", "batch__released_at"):
        released[key].append(moment)
    out = {key: [moment for moment in moments if moment is not None] for key, moments in released.items()}
    whole = [key for key, moments in released.items() if len(out[key]) == len(moments)]
    return {key: Standstill.counted_from(max(out[key]), by_key[key].standstill_days) for key in whole}


def _to_settle(stage: Stage, standstill: Standstill) -> Waiting:
    day = standstill.first_signing_day
    why = _("The standstill runs to and including %(day)s.") % {"day": wording.day(standstill.last_day)}
    return _waiting(stage, "settlement", _("End «%(stage)s»"), why, _("Go on"), open_from=oslo(day, time(0)))


def _asked_about(stages: Iterable[Stage]) -> set[tuple[str, UUID, int]]:
    """What waits for an approver already, as kind, tender and number of the stage."""
    tenders = {stage.tender_id for stage in stages}
    waiting = Approval.objects.filter(tender__in=tenders, what__in=(SETTLEMENT, CLOSING), approved_at=None, returned_at=None)
    return {(row.what, row.tender_id, row.content["stage"]) for row in waiting}


def _to_approve(user: User, at: datetime) -> Iterator[Waiting]:
    waiting = Approval.objects.filter(_mine(user, Role.APPROVER, at), what__in=(SETTLEMENT, CLOSING), approved_at=None, returned_at=None)
    rows = list(waiting.exclude(proposed_by=user).select_related("tender", "proposed_by").order_by("proposed_at"))
    names = _stages_of(rows)
    for row in rows:
        stage = names[(row.tender_id, row.content["stage"])]
        settles = row.what == SETTLEMENT
        title = _("Approve the end of «%(stage)s»") if settles else _("Approve closing «%(stage)s» without selection")
        why = _("%(name)s asks for your approval. Two people decide how a stage ends.") % {"name": row.proposed_by.name}
        yield _waiting(stage, "settlement" if settles else "closing", title, why, _("Read and decide"))


def _stages_of(rows: Iterable[Approval]) -> dict[tuple[UUID, int], Stage]:
    stages = Stage.objects.filter(tender__in={row.tender_id for row in rows}).select_related("tender")
    return {(stage.tender_id, stage.no): stage for stage in stages}


def _own_stages(user: User, role: Role, at: datetime) -> QuerySet[Stage]:
    return Stage.objects.filter(_mine(user, role, at)).select_related("tender").order_by("closes_at", "pk")


def _mine(user: User, role: Role, at: datetime) -> Q:
    """Of tenders in which the person has the role, and still holds it."""
    assigned = Assignment.objects.filter(user=user, role=role).values("tender")
    return Q(tender__in=assigned, tender__unit__in=people.units_with_role(user, role, at=at))


def _waiting(stage: Stage, page: str, title: str, why: str, button: str, open_from: datetime | None = None) -> Waiting:
    tender = stage.tender
    return Waiting(
        title=title % {"stage": stage.name},
        case=f"{tender.name} · {tender.reference}",
        case_url=reverse("insight:tender", args=[tender.reference]),
        why=why,
        button=button,
        url=stage_address(page, stage),
        open_from=open_from,
    )


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """One link, to the page of the way in which the stage that was opened last ends; for officer, approver and auditors."""
    stage = opened_stage_of(tender)
    if stage is None or not sees_preparing(user, tender, at=at):
        return CaseFacts()
    page = _page_of(stage)
    if not page:
        return CaseFacts()
    return CaseFacts(links=[CaseLink("stage_end", _("End of the stage"), reverse(f"evaluation:{page}", args=[tender.reference]))])


def _page_of(stage: Stage) -> str:
    if stage.phase in {StagePhase.APPROVED, StagePhase.SETTLED}:
        return "settlement"
    if stage.phase in {StagePhase.SCORED, StagePhase.UNSELECTED}:
        return "closing"
    empty = stage.phase == StagePhase.OPENED and stage.pk in stages_with_nobody_to_judge([stage])
    return "closing" if empty or proposals(stage.tender, CLOSING, stage).filter(approved_at=None, returned_at=None).exists() else ""
