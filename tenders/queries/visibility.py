"""Who may know of which tender, and who does what in it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Q, QuerySet, When

from accounts import queries as people
from accounts.models import Unit, User
from accounts.roles import Role
from tenders.models import Approval, Assignment, Stage, Tender
from tenders.phases import PUBLIC_PHASES, StagePhase

PREPARERS = (Role.OFFICER, Role.APPROVER)
DIRECTORATE_FIRST = Case(When(kind=Unit.Kind.DIRECTORATE, then=0), default=1)


def visible_tenders(user: User | AnonymousUser, *, at: datetime) -> QuerySet[Tender]:
    """Announced tenders for everybody; the others for those who work on them, and for the auditors of the unit."""
    announced = Q(phase__in=PUBLIC_PHASES)
    if not isinstance(user, User) or not user.is_active:
        return Tender.objects.filter(announced)
    return Tender.objects.filter(announced | _of_own_desk(user, at))


def staff_tenders(user: User, *, at: datetime) -> QuerySet[Tender]:
    """Tenders in any phase that the person works on or audits: whose announcement page they may open."""
    return Tender.objects.filter(_of_own_desk(user, at))


def sees_draft(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> bool:
    """Whether the person works on the tender or audits it, and so may read what is not announced yet."""
    return isinstance(user, User) and staff_tenders(user, at=at).filter(pk=tender.pk).exists()


def _of_own_desk(user: User, at: datetime) -> Q:
    """Assigned in a role that is still held in the tender's unit; an auditor of the unit needs no assignment."""
    mine = Q(pk__in=[])
    for role, units in _units_by_role(user, at).items():
        in_unit = Q(unit__in=units) | Q(unit__parent__in=units) | Q(unit__parent__parent__in=units)
        if role == Role.AUDITOR:
            mine |= in_unit
        else:
            mine |= in_unit & Q(pk__in=Assignment.objects.filter(user=user, role=role).values("tender"))
    return mine


def _units_by_role(user: User, at: datetime) -> dict[str, list[UUID]]:
    held: dict[str, list[UUID]] = defaultdict(list)
    for role, unit in people.standing_grants(at=at).filter(user=user).values_list("role", "unit_id"):
        held[role].append(unit)
    return held


def is_assigned(user: User | AnonymousUser, tender: Tender, role: Role, *, at: datetime) -> bool:
    """Assigned to the tender in this role, and the role is still held in the tender's unit."""
    return bool(roles_in(user, tender, [role], at=at))


def roles_in(user: User | AnonymousUser, tender: Tender, roles: Sequence[Role], *, at: datetime) -> list[Role]:
    """Those of the roles in which the person is assigned to the tender and still held in its unit, in the order given."""
    if not isinstance(user, User):
        return []
    assigned = set(tender.assignments.filter(user=user, role__in=roles).values_list("role", flat=True))
    return [role for role in roles if role in assigned and people.has_role(user, role, tender.unit, at=at)]


def is_auditor(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> bool:
    """Auditors of the tender's unit need no assignment."""
    return isinstance(user, User) and people.has_role(user, Role.AUDITOR, tender.unit, at=at)


def sees_preparing(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> bool:
    """What is proposed and not decided yet: for officer and approver of the tender, and auditors. Never suppliers, never the panel."""
    return bool(roles_in(user, tender, PREPARERS, at=at)) or is_auditor(user, tender, at=at)


def assigned_people(tender: Tender, role: Role) -> QuerySet[User]:
    return User.objects.filter(assignments__tender=tender, assignments__role=role).order_by("name")


def possible_approvers(tender: Tender, proposer: User, *, at: datetime) -> QuerySet[User]:
    """Approvers in the tender's unit, without the one who proposes."""
    return people.people_with_role(Role.APPROVER, tender.unit, at=at).exclude(pk=proposer.pk)


def units_to_buy_for(user: User, *, at: datetime) -> QuerySet[Unit]:
    """Units in which the person may describe a need, the directorate first."""
    return people.units_with_role(user, Role.OFFICER, at=at).order_by(DIRECTORATE_FIRST, "kind", "name")


def open_stage_of(tender: Tender, *, at: datetime) -> Stage | None:
    """The stage that takes submissions at `at`; None when there is none."""
    return tender.stages.filter(phase=StagePhase.ANNOUNCED, opens_at__lte=at, closes_at__gt=at).order_by("no").first()


def waiting_approval_of(tender: Tender) -> QuerySet[Approval]:
    """The announcement that waits for approval: one row or none."""
    return tender.approvals.filter(what=Approval.What.ANNOUNCEMENT, approved_at=None, returned_at=None)


def latest_approval_of(tender: Tender) -> Approval | None:
    """The announcement as it was last proposed, with the people in it; None before the first time."""
    rows = tender.approvals.filter(what=Approval.What.ANNOUNCEMENT).select_related("proposed_by", "approved_by", "returned_by")
    return rows.order_by("-proposed_at").first()
