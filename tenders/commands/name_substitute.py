"""One more person gets a task that others have in the tender: somebody is away, has left, or has a tie."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.assign_person import assign_person
from tenders.models import Assignment, Tender
from tenders.policies.people import NameSubstitutePolicy


@command
def name_substitute(*, tender_id: UUID, user: User, role: Role, reason: str, by: User, at: datetime) -> Assignment:
    """Name one more officer, approver or contract manager, with a reason that stands in the journal.

    Those who have the task keep it. Refused for oneself; and whoever sits in the panel neither prepares nor decides.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    NameSubstitutePolicy(tender, user, role, at).check(by)
    if not reason.strip():
        raise Refused(_("Write why one more is needed."))
    assignment = assign_person(tender_id=tender.pk, user=user, role=role, by=by, at=at)
    about, facts = [tender, user], {"role": Role(role).value}
    journal.record("tenders.substitute_named", by=by, at=at, stream=tender, about=about, reason=reason.strip(), facts=facts)
    return assignment
