"""What the window joins from the desks. A new desk adds one line to each of the two lists."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.roles import Role
from accounts.work import CaseLink, RoadStep, Waiting
from tenders.models import Approval, Assignment, Tender
from tenders.queries import dialogue, work
from tenders.queries.visibility import staff_tenders

WAITING = [
    work.waiting_for,
    dialogue.waiting_for,
]
FACTS = [
    work.facts_for,
    dialogue.facts_for,
]


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """All that waits for the person, from every desk."""
    return [row for desk in WAITING for row in desk(user, at=at)]


def links_and_road(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> tuple[list[CaseLink], list[RoadStep]]:
    """The side pages this person may open, and the stops of the road, in the order of the desks."""
    facts = [desk(tender, user, at=at) for desk in FACTS]
    return [link for each in facts for link in each.links], [step for each in facts for step in each.road]


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


