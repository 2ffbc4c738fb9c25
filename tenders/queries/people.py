"""Who does what in a tender, and who may see that."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from accounts.work import CaseFacts, CaseLink
from tenders.models import Assignment, Tender
from tenders.queries.visibility import staff_tenders


def people_tenders(user: User, *, at: datetime) -> QuerySet[Tender]:
    """Tenders whose people the person may see: those they work on or audit, and those of units they administer."""
    working = staff_tenders(user, at=at).values("pk")
    units = people.units_with_role(user, Role.ADMINISTRATOR, at=at).values("pk")
    return Tender.objects.filter(Q(pk__in=working) | Q(unit__in=units)).select_related("unit")


def tasks_in(tender: Tender, *, at: datetime) -> list[tuple[Assignment, bool]]:
    """Everybody's task in the order of the list of roles, and whether the role is still held in the unit."""
    order = [role.value for role in Role]
    rows = tender.assignments.select_related("user", "assigned_by").order_by("user__name")
    found = sorted(rows, key=lambda row: order.index(row.role))
    held = {role: set(people.people_with_role(Role(role), tender.unit, at=at)) for role in {row.role for row in found}}
    return [(row, row.user in held[row.role]) for row in found]


def possible_substitutes(tender: Tender, role: Role, by: User, *, at: datetime) -> QuerySet[User]:
    """Those who hold the role in the unit and have not the task already, without the one who asks."""
    has = tender.assignments.filter(role=role).values("user")
    return people.people_with_role(role, tender.unit, at=at).exclude(pk__in=has).exclude(pk=by.pk)


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """The page of the people, for those who may see it."""
    if not isinstance(user, User) or not people_tenders(user, at=at).filter(pk=tender.pk).exists():
        return CaseFacts()
    return CaseFacts(links=[CaseLink("people", _("People"), reverse("tenders:people", args=[tender.reference]))])
