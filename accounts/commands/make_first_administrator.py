"""The first administrator of a new installation."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import RoleGrant, Unit, User
from accounts.refused import Refused
from accounts.roles import Role


@command
def make_first_administrator(*, email: str, by: User, at: datetime) -> RoleGrant:
    """Make a signed-up person administrator of the directorate. Refused when there is an administrator already."""
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise Refused(_("Nobody has signed up with this address. Sign up first, then run the command again."))
    if RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR, ended_at=None).exists():
        raise Refused(_("There is an administrator already. Administrators grant roles on the page for roles."))
    unit = Unit.objects.get(kind=Unit.Kind.DIRECTORATE)
    grant = RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR, unit=unit, granted_at=at, granted_by=by)
    journal.record("accounts.first_administrator_made", by=by, at=at, stream="roles", about=[grant, user, unit])
    return grant
