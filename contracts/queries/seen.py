"""What «my work» needs to know about contracts: a number of statements that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from accounts import queries as people
from accounts.models import Membership, User
from accounts.roles import Role
from contracts.models import Contract, Milestone, PaymentRequest
from contracts.phases import CONTRACT_FINAL, PAYMENT_FINAL, ContractPhase
from contracts.queries.contracts import STAFF, agreed_contracts, ties_of
from evaluation.models import Selection, SelectionPlace
from evaluation.queries.submissions import senders_in
from evaluation.standstill import Standstill
from suppliers.phases import SubmissionPhase
from suppliers.queries.submissions import own_submissions
from tenders.models import Assignment, Stage
from tenders.phases import StagePhase, TenderPhase


@dataclass(frozen=True)
class Seen:
    """A contract with its milestones and requests, as what the person meets it, and what else the rows are made of."""

    contract: Contract
    roles: set[str]
    standstill: Standstill | None = None
    delivered: bool = False
    holds_place: bool = True
    failed_to_deliver: bool = False

    @property
    def url(self) -> str:
        return reverse("contracts:contract", args=[self.contract.tender.reference, self.contract.pk])


def roles_by_tender(user: User, at: datetime) -> dict[UUID, set[str]]:
    """Tender -> the roles that the person has in it and still holds in its unit."""
    granted: dict[str, list[UUID]] = defaultdict(list)
    for role, unit in people.standing_grants(at=at).filter(user=user, role__in=STAFF).values_list("role", "unit"):
        granted[role].append(unit)
    if not granted:
        return {}
    wanted = Q(pk__in=[])
    for role, units in granted.items():
        here = Q(tender__unit__in=units) | Q(tender__unit__parent__in=units) | Q(tender__unit__parent__parent__in=units)
        wanted |= Q(role=role) & here
    held: dict[UUID, set[str]] = defaultdict(set)
    for key, role in Assignment.objects.filter(wanted, user=user).values_list("tender", "role"):
        held[key].add(role)
    return held


def stages_without_contracts(tenders: list[UUID]) -> QuerySet[Stage]:
    """Decided, every letter out, and somebody in a place has no contract."""
    agreed = agreed_contracts().filter(stage=OuterRef("stage"), organisation=OuterRef("item__submission__organisation"))
    lacking = SelectionPlace.objects.filter(~Exists(agreed), stage=OuterRef("pk"), item__isnull=False)
    standing = Selection.objects.filter(stage=OuterRef("pk"), approved_at__isnull=False, annulled_at=None)
    decided = Stage.objects.filter(tender__in=tenders, phase__in=(StagePhase.APPROVED, StagePhase.SETTLED))
    running = decided.filter(tender__phase__in=(TenderPhase.ANNOUNCED, TenderPhase.CONCLUDED))
    out = running.filter(Exists(standing), ~Exists(standing.filter(batch__released_at=None)), Exists(lacking))
    return out.select_related("tender").order_by("tender__created_at", "no")


def seen_by(user: User, roles: dict[UUID, set[str]]) -> list[Seen]:
    """Living contracts of the person's tenders and organisations, without those they have a tie to."""
    part = Membership.Part.REPRESENTATIVE
    own = set(Membership.objects.filter(user=user, part=part, ended_at=None).values_list("organisation", flat=True))
    if not roles and not own:
        return []
    tied = set(ties_of(user).values_list("submission__stage__tender", "submission__organisation"))
    rows = [row for row in _living(roles, own) if row.organisation_id in own or (row.tender_id, row.organisation_id) not in tied]
    standstills, delivered = _standstills(row.stage for row in rows), _delivered(user) if own else {}
    places = set(
        SelectionPlace.objects.filter(stage__in={row.stage_id for row in rows}).values_list("stage", "item__submission__organisation")
    )
    failed = _failed_to_deliver(rows)
    return [
        Seen(
            contract=row,
            roles={Role.SUPPLIER.value} if row.organisation_id in own else roles[row.tender_id],
            standstill=standstills.get(row.stage_id),
            delivered=delivered.get((row.tender_id, row.organisation_id), 0) > row.stage.no,
            holds_place=(row.stage_id, row.organisation_id) in places,
            failed_to_deliver=row.pk in failed,
        )
        for row in rows
    ]


def _living(roles: Iterable[UUID], own: Iterable[UUID]) -> Iterator[Contract]:
    """Contracts that have not ended, and those whose last payment is still on its way."""
    on_its_way = Exists(PaymentRequest.objects.filter(milestone__contract=OuterRef("pk")).exclude(phase__in=PAYMENT_FINAL))
    ours = Contract.objects.filter(Q(tender__in=list(roles)) | Q(organisation__in=list(own), approved_at__isnull=False))
    living = ours.filter(~Q(phase__in=CONTRACT_FINAL) | on_its_way)
    requests = PaymentRequest.objects.order_by("requested_at")
    milestones = Milestone.objects.order_by("no").prefetch_related(Prefetch("payment_requests", requests))
    rows = living.select_related("tender", "organisation", "stage").prefetch_related(Prefetch("milestones", milestones))
    yield from rows.order_by("drafted_at", "pk")


def _standstills(stages: Iterable[Stage]) -> dict[UUID, Standstill]:
    """Of each of these stages whose letters are all out."""
    by_key = {stage.pk: stage for stage in stages}
    released: dict[UUID, list[datetime | None]] = defaultdict(list)
    standing = Selection.objects.filter(stage__in=by_key, approved_at__isnull=False, annulled_at=None, batch__isnull=False)
    for key, moment in standing.values_list("stage", "batch__released_at"):
        released[key].append(moment)
    whole = {key: [moment for moment in moments if moment] for key, moments in released.items() if None not in moments}
    return {key: Standstill.counted_from(max(moments), by_key[key].standstill_days) for key, moments in whole.items()}


def _failed_to_deliver(rows: Iterable[Contract]) -> set[UUID]:
    """Finalist agreements that run although the next stage is opened, or cancelled, and the supplier is not in it."""
    running = [row for row in rows if row.kind == Contract.Kind.FINALIST and row.phase == ContractPhase.RUNNING]
    over = Q(opened_at__isnull=False) | Q(phase=StagePhase.CANCELLED)
    opened = Stage.objects.filter(over, tender__in={row.tender_id for row in running}) if running else Stage.objects.none()
    stages, sent = list(opened.order_by("no").values_list("tender", "no")), senders_in(stages=opened) if running else set()
    later = {row.pk: next((no for tender, no in stages if tender == row.tender_id and no > row.stage.no), None) for row in running}
    return {row.pk for row in running if (no := later[row.pk]) and (row.tender_id, no, row.organisation_id) not in sent}


def _delivered(user: User) -> dict[tuple[UUID, UUID], int]:
    """Tender and organisation -> the last stage they have handed in to, of stages that are opened or cancelled."""
    handed_in = Q(phase=SubmissionPhase.OPENED) | Q(phase=SubmissionPhase.SUBMITTED, stage__phase=StagePhase.CANCELLED)
    rows = own_submissions(user).filter(handed_in).order_by("stage__no").values_list("stage__tender", "organisation", "stage__no")
    return {(tender, organisation): no for tender, organisation, no in rows}
