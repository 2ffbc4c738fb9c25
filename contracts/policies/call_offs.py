"""Who may start and announce a call-off, and when the framework agreement holds it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts import wording
from accounts.local_time import oslo_day
from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from contracts.queries.frameworks import left_of, running_agreements, suppliers_in
from tenders.models import Tender

_LEFT = _("The call-off is %(amount)s, and %(left)s is left of the framework agreement. Make it smaller.")
_LEFT_OUT = _("%(name)s is in the framework agreement and must be invited too. Open the page again and read it before you announce.")
_ENDS = _("The framework agreement ends %(day)s, before the deadline of the call-off. Choose an earlier deadline.")


def _above(amount: Decimal, left: Decimal) -> str:
    return str(_LEFT) % {"amount": wording.money(amount), "left": wording.money(left)}


def _left_out(name: str) -> str:
    return str(_LEFT_OUT) % {"name": name}


def _ends_before(day: date) -> str:
    return str(_ENDS) % {"day": wording.day(day)}


above, left_out, ends = lazy(_above, str), lazy(_left_out, str), lazy(_ends_before, str)


@dataclass(frozen=True)
class RunningFrameworkPolicy(Policy):
    """Somebody has signed, and the agreement has not run out (anskaffelsesforskriften § 11-1)."""

    framework: Tender
    at: datetime

    def check(self, by: User) -> None:
        framework = self.framework.procedure == Tender.Procedure.FRAMEWORK
        self.require(framework, _("Call-offs are made from a framework agreement."))
        runs = running_agreements(self.framework, on=oslo_day(self.at)).exists()
        self.require(runs, _("No framework agreement runs: nobody has signed, or it has run out."))


@dataclass(frozen=True)
class MayStartCallOffPolicy(Policy):
    """A procurement officer of the unit, as long as something is left."""

    framework: Tender
    at: datetime

    def check(self, by: User) -> None:
        held = people.has_role(by, Role.OFFICER, self.framework.unit, at=self.at)
        self.require(held, _("Only a procurement officer of the unit can start a call-off."))
        RunningFrameworkPolicy(self.framework, self.at).check(by)
        self.require(left_of(self.framework) > 0, _("Nothing is left of the highest value of the framework agreement."))


@dataclass(frozen=True)
class StartCallOffPolicy(Policy):
    """Within what is left, and judged by criteria that were stated with the framework agreement (§ 26-3)."""

    framework: Tender
    amount: Decimal
    criteria: Collection[int]
    at: datetime

    def check(self, by: User) -> None:
        MayStartCallOffPolicy(self.framework, self.at).check(by)
        self.require(self.amount > 0, _("Write what the call-off pays."))
        WithinHighestValuePolicy(self.framework, self.amount).check(by)
        stated = set(self.framework.stages.filter(no=1).values_list("criteria__no", flat=True))
        self.require(bool(self.criteria), _("Choose at least one criterion."))
        self.require(set(self.criteria) <= stated, _("Choose among the criteria that were stated with the framework agreement."))


@dataclass(frozen=True)
class WithinHighestValuePolicy(Policy):
    """What is set aside is never more than the highest value; the budget's constraint has the last word."""

    framework: Tender
    amount: Decimal

    def check(self, by: User) -> None:
        left = left_of(self.framework)
        self.require(self.amount <= left, above(self.amount, left))


@dataclass(frozen=True)
class AnnounceCallOffPolicy(Policy):
    """Everybody in the framework agreement is invited, and nobody else (anskaffelsesforskriften §§ 26-2 and 26-3).

    `invited`: the keys of those the approver has read that are invited.
    """

    call_off: Tender
    framework: Tender
    invited: Collection[UUID]
    at: datetime

    def check(self, by: User) -> None:
        RunningFrameworkPolicy(self.framework, self.at).check(by)
        open_to_all = not self.call_off.prequalification_required
        self.require(open_to_all, _("Everybody in the framework agreement can take part, so prequalification can't be required."))
        WithinHighestValuePolicy(self.framework, self.call_off.budget.planned).check(by)
        suppliers = suppliers_in(self.framework, on=oslo_day(self.at))
        for supplier in suppliers:
            self.require(supplier.pk in self.invited, left_out(supplier.name))
        known = set(self.invited) <= {supplier.pk for supplier in suppliers}
        self.require(known, _("Somebody who is invited has no framework agreement that runs. Open the page again and read it."))
        self._check_deadline()

    def _check_deadline(self) -> None:
        """Every agreement still holds when the call-off takes its last submission."""
        last = running_agreements(self.framework, on=oslo_day(self.at)).order_by("ends_on").values_list("ends_on", flat=True)[0]
        deadline = self.call_off.stages.get(no=1).closes_at
        self.require(deadline is None or oslo_day(deadline) <= last, ends(last))
