"""An administrator ends a role."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import RoleGrant, User
from accounts.policies import EndRolePolicy
from accounts.roles import Role


@command
def end_role(*, grant_id: UUID, by: User, at: datetime) -> RoleGrant:
    """End a role from now on. What was done in it stays done."""
    grant = RoleGrant.objects.select_for_update(of=("self",)).select_related("unit", "user").get(pk=grant_id)
    EndRolePolicy(grant, at).check(by)
    grant.ended_at, grant.ended_by = at, by
    grant.save(update_fields=["ended_at", "ended_by"])
    about = [grant, grant.user, grant.unit]
    journal.record("accounts.role_ended", by=by, at=at, stream="roles", about=about, role=Role.ADMINISTRATOR, facts={"role": grant.role})
    return grant
