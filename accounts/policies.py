"""A policy answers two questions with one rule: may this person do it (else stop), and why not (else «»)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import queries
from accounts.local_time import oslo_day
from accounts.models import Organisation, RoleGrant, Unit, User
from accounts.refused import Refused
from accounts.roles import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Policy:
    """One rule, three uses: the command stops by it, the page hides or disables by it, and it explains."""

    def check(self, by: User) -> None:
        """Raise Refused, worded for `by`, when the step is not allowed."""
        raise NotImplementedError

    def refusal(self, by: User) -> str:
        """Why `by` may not, in the reader's language; «» when they may."""
        try:
            self.check(by)
        except Refused as refused:
            return str(refused)
        return ""

    @staticmethod
    def require(holds: bool, reason: "_StrOrPromise") -> None:
        if not holds:
            raise Refused(reason)


@dataclass(frozen=True)
class GrantRolePolicy(Policy):
    """An administrator of the unit grants roles, and nobody to themselves."""

    unit: Unit
    to: User
    at: datetime
    until: date | None = None

    def check(self, by: User) -> None:
        self.require(
            queries.has_role(by, Role.ADMINISTRATOR, self.unit, at=self.at), _("Only an administrator of the unit can grant roles.")
        )
        self.require(by != self.to, _("You can't give yourself a role. Ask another administrator."))
        self.require(self.to.is_active, _("This person can't log in, so a role would have no effect."))
        lasts = self.until is None or self.until >= oslo_day(self.at)
        self.require(lasts, _("The last day has passed. Choose today or a later day."))


@dataclass(frozen=True)
class EndRolePolicy(Policy):
    """An administrator of the unit ends roles; never the last administrator's."""

    grant: RoleGrant
    at: datetime

    def check(self, by: User) -> None:
        unit = self.grant.unit
        self.require(queries.has_role(by, Role.ADMINISTRATOR, unit, at=self.at), _("Only an administrator of the unit can end roles."))
        self.require(by != self.grant.user, _("You can't end your own role. Ask another administrator."))
        self.require(self.grant.ended_at is None, _("This role has already been ended."))


@dataclass(frozen=True)
class ActForOrganisationPolicy(Policy):
    """Only a representative acts for the organisation."""

    organisation: Organisation

    def check(self, by: User) -> None:
        self.require(queries.represents(by, self.organisation), _("Only a representative of the organisation can do this."))
