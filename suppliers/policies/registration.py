"""Who may register an organisation, and who may describe it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.policies import ActForOrganisationPolicy, Policy


@dataclass(frozen=True)
class RegisterSupplierPolicy(Policy):
    """Whoever has an account registers an organisation once; nobody learns who did it before them."""

    organisation: Organisation

    def check(self, by: User) -> None:
        self.require(by.is_active, _("Log in with your own account to register an organisation."))
        taken = Organisation.objects.filter(number=self.organisation.number).exclude(pk=self.organisation.pk).exists()
        self.require(not taken, _("This organisation is registered already. Ask a colleague there to let you in."))


@dataclass(frozen=True)
class DescribeSupplierPolicy(Policy):
    """A representative keeps the description true."""

    organisation: Organisation

    def check(self, by: User) -> None:
        ActForOrganisationPolicy(self.organisation).check(by)
