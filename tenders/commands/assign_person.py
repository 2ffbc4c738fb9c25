"""Somebody gets a task in a tender."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from tenders.models import Assignment, Tender


@command
def assign_person(*, tender_id: UUID, user: User, role: Role, reason: str = "", by: User, at: datetime) -> Assignment:
    """Give `user` the task `role` in this tender; the same again changes nothing.

    Called inside the command that decides it (the panel is confirmed, a contract is drafted, a substitute is named), under
    the tender's lock; who may is decided there.
    """
    tender = Tender.objects.get(pk=tender_id)
    given = {"assigned_at": at, "assigned_by": by}
    assignment, made = Assignment.objects.get_or_create(tender=tender, user=user, role=role, defaults=given)
    if made:
        facts = {"role": role.value}
        journal.record("tenders.person_assigned", by=by, at=at, stream=tender, about=[tender, user], reason=reason, facts=facts)
    return assignment
