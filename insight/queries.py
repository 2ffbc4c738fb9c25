"""What the window joins from the desks."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.roles import Role
from accounts.work import CaseFacts, Waiting
from evaluation.queries import work as evaluation_work
from suppliers.queries import submissions
from suppliers.queries import work as suppliers_work
from tenders.models import Approval, Assignment, Tender
from tenders.queries import work as tenders_work
from tenders.queries.visibility import staff_tenders

# A new desk adds one line to each of these
WAITING = [
    tenders_work.waiting_for,
    suppliers_work.waiting_for,
    submissions.waiting_for,
    evaluation_work.waiting_for,
]
FACTS = [
    tenders_work.facts_for,
    submissions.facts_for,
    evaluation_work.facts_for,
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
        .select_related("budget")
        .prefetch_related("stages")
        .order_by("-created_at")
    )


def approvals_others_must_give(user: User) -> QuerySet[Approval]:
    """What the person has proposed and another has not yet decided."""
    approvers = Assignment.objects.filter(role=Role.APPROVER).select_related("user").order_by("user__name")
    return (
        Approval.objects.filter(proposed_by=user, approved_at=None, returned_at=None)
        .select_related("tender")
        .prefetch_related(Prefetch("tender__assignments", approvers, to_attr="approvers"))
        .order_by("proposed_at")
    )
