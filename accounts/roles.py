"""What a person may be at Nav. A role is granted for a unit and holds for the units below it."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """One task each. The supplier is a member of an organisation and holds none of these."""

    OFFICER = "officer", _("Procurement officer")
    APPROVER = "approver", _("Approver")
    CHAIR = "chair", _("Panel chair")
    EVALUATOR = "evaluator", _("Evaluator")
    OBSERVER = "observer", _("Panel observer")
    KEY_HOLDER = "key_holder", _("Key holder")
    CONTRACT_MANAGER = "contract_manager", _("Contract manager")
    REVIEWER = "reviewer", _("Prequalification reviewer")
    LOCAL_OFFICE = "local_office", _("Local office")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    # Whoever acts for their own firm, and the clock: they stand in the tables of lives, but nobody is granted them.
    SUPPLIER = "supplier", _("Supplier")
    CLOCK = "clock", _("The clock")


GRANTABLE = [role for role in Role if role not in {Role.SUPPLIER, Role.CLOCK}]

# The table of a life: (from, to) -> (the role that takes the step, or the roles that may, and the command that owns it)
Steps = Mapping[tuple[Any, Any], tuple[Role | tuple[Role, ...], str]]


def roles_of(who: Role | tuple[Role, ...]) -> tuple[Role, ...]:
    return who if isinstance(who, tuple) else (who,)
