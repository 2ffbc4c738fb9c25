"""Who declares and has declared, the names they look through, and which ties a person may read of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from evaluation.models import Conflict, ImpartialityDeclaration
from evaluation.queries.panel import DECLARERS, submissions_for_staff
from evaluation.queries.submissions import opened_submissions
from tenders.models import Assignment, Stage, Tender
from tenders.queries import is_assigned
from tenders.queries.visibility import sees_preparing


@dataclass(frozen=True)
class Name:
    """An organisation that has handed in: its key, name and number, and nothing that leads to a code name."""

    key: UUID
    name: str
    number: str


def names_in(stage: Stage) -> list[Name]:
    """Everybody that was opened in the stage, in alphabetical order. Who may see it is asked elsewhere."""
    opened = opened_submissions(stage).prefetch_related(None)
    rows = opened.values_list("organisation", "organisation__name", "organisation__number")
    return sorted((Name(*row) for row in rows), key=lambda one: (one.name.casefold(), one.number))


def declarers(tender: Tender, *, at: datetime) -> list[tuple[User, list[Role]]]:
    """Everybody who prepares, judges or decides, with their roles that still hold; by name."""
    held = {role: set(people.people_with_role(role, tender.unit, at=at).values_list("pk", flat=True)) for role in DECLARERS}
    roles: dict[User, list[Role]] = {}
    for row in Assignment.objects.filter(tender=tender, role__in=DECLARERS).select_related("user"):
        if row.user_id in held[Role(row.role)]:
            roles.setdefault(row.user, []).append(Role(row.role))
    return sorted(((user, sorted(own, key=DECLARERS.index)) for user, own in roles.items()), key=lambda pair: pair[0].name)


def declarations_in(stage: Stage) -> dict[UUID, ImpartialityDeclaration]:
    """Person -> their declaration in the stage."""
    return {row.user_id: row for row in ImpartialityDeclaration.objects.filter(stage=stage)}


def sees_who_declared(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> bool:
    """Officer, approver and auditor, and the chair, who leads the others."""
    return sees_preparing(user, tender, at=at) or is_assigned(user, tender, Role.CHAIR, at=at)


def ties_seen_by(user: User, stage: Stage, *, at: datetime) -> QuerySet[Conflict]:
    """Ties in the stage, for those who see names there: never a tie to a submission that is not there for the person."""
    seen = submissions_for_staff(user, stage, at=at).prefetch_related(None).order_by().values("pk")
    ties = Conflict.objects.filter(declaration__stage=stage, submission__in=seen)
    return ties.select_related("declaration__user", "submission__organisation").order_by("declaration__user__name", "declared_at")
