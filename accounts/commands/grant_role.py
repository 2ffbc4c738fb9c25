"""An administrator grants a role in a unit."""

from datetime import date, datetime

from accounts import journal
from accounts.command import command
from accounts.local_time import oslo_day
from accounts.models import RoleGrant, Unit, User
from accounts.policies import GrantRolePolicy
from accounts.roles import Role


@command
def grant_role(*, to: User, role: Role, unit: Unit, until: date | None = None, by: User, at: datetime) -> RoleGrant:
    """Give `to` a role in `unit` and the units below it, at most to and including `until`."""
    GrantRolePolicy(unit, to, at, until).check(by)
    # One whose last day has passed gives way; the database holds at most one that is not ended
    lapsed = RoleGrant.objects.filter(user=to, role=role, unit=unit, ended_at=None, until__lt=oslo_day(at))
    lapsed.update(ended_at=at, ended_by=by)
    grant = RoleGrant.objects.create(user=to, role=role, unit=unit, until=until, granted_at=at, granted_by=by)
    journal.record(
        "accounts.role_granted",
        by=by,
        at=at,
        stream="roles",
        about=[grant, to, unit],
        role=Role.ADMINISTRATOR,
        facts={"role": role.value, "until": until.isoformat() if until else None},
    )
    return grant
