"""What is known about people, roles and organisations, as sentences."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.local_time import oslo_day
from accounts.models import AccessEvent, JournalEntry, Membership, Organisation, RoleGrant, Unit, User
from accounts.models.person import CLOCK_ID
from accounts.roles import Role


def standing_grants(*, at: datetime) -> QuerySet[RoleGrant]:
    """Roles that hold at `at`: granted, not ended, and their last day has not passed."""
    return RoleGrant.objects.filter(Q(until=None) | Q(until__gte=oslo_day(at)), ended_at=None, granted_at__lte=at)


def unit_and_above(unit: Unit) -> list[UUID]:
    """The unit and every unit above it: a role there holds here too. Three levels at most."""
    chain = [unit.pk]
    parent_id = unit.parent_id
    while parent_id is not None:
        chain.append(parent_id)
        parent_id = Unit.objects.values_list("parent_id", flat=True).get(pk=parent_id)
    return chain


def has_role(user: User, role: Role, unit: Unit, *, at: datetime) -> bool:
    return user.is_active and standing_grants(at=at).filter(user=user, role=role, unit__in=unit_and_above(unit)).exists()


def has_role_somewhere(user: User, roles: Iterable[Role], *, at: datetime) -> bool:
    return standing_grants(at=at).filter(user=user, role__in=list(roles)).exists()


def units_with_role(user: User, role: Role, *, at: datetime) -> QuerySet[Unit]:
    """Units where the person has the role, with all units below them."""
    own = list(standing_grants(at=at).filter(user=user, role=role).values_list("unit_id", flat=True))
    return Unit.objects.filter(Q(pk__in=own) | Q(parent__in=own) | Q(parent__parent__in=own)).distinct()


def people_with_role(role: Role, unit: Unit, *, at: datetime) -> QuerySet[User]:
    grants = standing_grants(at=at).filter(role=role, unit__in=unit_and_above(unit))
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("name")


def roles_of(user: User, *, at: datetime) -> list[Role]:
    """The roles a person holds somewhere, in the order of the list of roles."""
    held = set(standing_grants(at=at).filter(user=user).values_list("role", flat=True))
    return [role for role in Role if role.value in held]


def has_had_a_role(user: User) -> bool:
    """Whether the person works or has worked for Nav here, also when the role has ended."""
    return RoleGrant.objects.filter(user=user).exists()


def only_at_nav(user: User, *, at: datetime) -> bool:
    """Whether the person has a role at Nav and acts for no organisation: what suppliers can do is not theirs to be offered."""
    return standing_grants(at=at).filter(user=user).exists() and not own_organisations(user).exists()


def grants_to_manage(user: User, *, at: datetime) -> QuerySet[RoleGrant]:
    """Every role in the units where the person is administrator, also ended ones."""
    units = units_with_role(user, Role.ADMINISTRATOR, at=at)
    return RoleGrant.objects.filter(unit__in=units).select_related("user", "unit", "granted_by")


def people() -> QuerySet[User]:
    """People who can log in. The clock is none of them."""
    return User.objects.filter(is_active=True).exclude(pk=CLOCK_ID)


def own_organisations(user: User) -> QuerySet[Organisation]:
    """Organisations the person acts for today."""
    return Organisation.objects.filter(memberships__user=user, memberships__ended_at=None).order_by("name")


def own_memberships(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user, ended_at=None).select_related("organisation").order_by("organisation__name")


def represents(user: User, organisation: Organisation) -> bool:
    return organisation.memberships.filter(user=user, ended_at=None, part=Membership.Part.REPRESENTATIVE).exists()


def members_of(organisation: Organisation) -> QuerySet[User]:
    return User.objects.filter(memberships__organisation=organisation, memberships__ended_at=None, is_active=True).order_by("name")


def journal_of(stream: str) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(stream=stream).order_by("-seq")


def accesses_to(about: str) -> QuerySet[AccessEvent]:
    return AccessEvent.objects.filter(about=about).order_by("at")
