"""Somebody's task in a tender ends."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from tenders.models import Assignment, Tender


@command
def release_person(*, tender_id: UUID, user: User, role: Role, reason: str = "", by: User, at: datetime) -> None:
    """Take the task away; what was done in it stays done. Called inside the command that decides it, as `assign_person` is."""
    tender = Tender.objects.get(pk=tender_id)
    gone, _rows = Assignment.objects.filter(tender=tender, user=user, role=role).delete()
    if gone:
        facts = {"role": role.value}
        journal.record("tenders.person_released", by=by, at=at, stream=tender, about=[tender, user], reason=reason, facts=facts)
