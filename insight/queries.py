"""What the window joins from the desks."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from accounts.work import CaseFacts, Waiting
from contracts.models import Contract, PaymentRequest
from contracts.phases import ContractPhase, PaymentPhase
from contracts.queries import cancellation_work
from contracts.queries import work as contracts_work
from evaluation.models import Selection
from evaluation.queries import panel_work, scores_work, selection_work, stage_end_work
from evaluation.queries import work as evaluation_work
from suppliers.queries import confirmations, submissions
from suppliers.queries import work as suppliers_work
from tenders.models import Approval, Assignment, Tender
from tenders.phases import TenderPhase
from tenders.queries import people as tenders_people
from tenders.queries import work as tenders_work
from tenders.queries.visibility import staff_tenders

# A new desk adds one line to each of these
WAITING = [
    tenders_work.waiting_for,
    suppliers_work.waiting_for,
    confirmations.waiting_for,
    submissions.waiting_for,
    evaluation_work.waiting_for,
    panel_work.waiting_for,
    scores_work.waiting_for,
    selection_work.waiting_for,
    stage_end_work.waiting_for,
    contracts_work.waiting_for,
    cancellation_work.waiting_for,
]
FACTS = [
    tenders_work.facts_for,
    submissions.facts_for,
    evaluation_work.facts_for,
    panel_work.facts_for,
    scores_work.facts_for,
    selection_work.facts_for,
    tenders_people.facts_for,
    stage_end_work.facts_for,
    contracts_work.facts_for,
    cancellation_work.facts_for,
]


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """All that waits for the person, from every desk."""
    return [row for desk in WAITING for row in desk(user, at=at)]


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> list[CaseFacts]:
    """What every desk knows of the tender that this person may see, in the order of the desks."""
    return [desk(tender, user, at=at) for desk in FACTS]


def own_cases(user: User, *, at: datetime) -> QuerySet[Tender]:
    """Tenders the person has a task in, with all that «my work» shows of them; the newest first."""
    return (
        staff_tenders(user, at=at)
        .filter(pk__in=Assignment.objects.filter(user=user).values("tender"))
        .exclude(phase=TenderPhase.SHELVED)
        .select_related("budget")
        .prefetch_related("stages", Prefetch("contracts", Contract.objects.select_related("organisation")))
        .order_by("-created_at")
    )


def approvals_others_must_give(user: User) -> QuerySet[Approval]:
    """What the person has proposed and another has not yet decided."""
    waiting = Approval.objects.filter(proposed_by=user, approved_at=None, returned_at=None).select_related("tender")
    return waiting.prefetch_related(_tasks_by_name("tender__assignments")).order_by("proposed_at")


def selections_others_must_approve(user: User) -> QuerySet[Selection]:
    """Selections that the person has proposed as chair."""
    waiting = Selection.objects.filter(proposed_by=user, approved_at=None, returned_at=None).select_related("stage__tender")
    return waiting.prefetch_related(_tasks_by_name("stage__tender__assignments")).order_by("proposed_at")


def contracts_others_must_approve(user: User) -> QuerySet[Contract]:
    """Contracts that the person has drafted."""
    waiting = Contract.objects.filter(drafted_by=user, phase=ContractPhase.DRAFT).select_related("tender", "organisation")
    return waiting.prefetch_related(_tasks_by_name("tender__assignments")).order_by("drafted_at", "pk")


def payments_others_must_decide(user: User) -> QuerySet[PaymentRequest]:
    """What the person asked to be paid for and Nav has not decided on, and deliveries they accepted that are not approved for payment."""
    asked = Q(requested_by=user, phase__in=(PaymentPhase.REQUESTED, PaymentPhase.ACCEPTED))
    waiting = PaymentRequest.objects.filter(asked | Q(accepted_by=user, phase=PaymentPhase.ACCEPTED))
    related = waiting.select_related("milestone__contract__tender", "milestone__contract__organisation")
    return related.prefetch_related(_tasks_by_name("milestone__contract__tender__assignments")).order_by("requested_at", "pk")


def _tasks_by_name(path: str) -> "Prefetch[Any]":
    return Prefetch(path, Assignment.objects.select_related("user").order_by("user__name"))
