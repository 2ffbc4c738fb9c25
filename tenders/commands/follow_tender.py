"""Somebody wants to be told what happens in a tender."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import Organisation, User
from tenders.models import Follower, Tender
from tenders.policies.dialogue import FollowPolicy


@command
def follow_tender(*, tender_id: UUID, organisation: Organisation | None, by: User, at: datetime) -> None:
    """Follow for an organisation, or for oneself when `organisation` is None. Following twice changes nothing."""
    tender = Tender.objects.get(pk=tender_id)
    FollowPolicy(tender, organisation).check(by)
    follower = Follower(tender=tender, organisation=organisation, user=None if organisation else by, since=at)
    if Follower.objects.filter(tender=tender, organisation=follower.organisation, user=follower.user).exists():
        return
    Follower.objects.bulk_create([follower], ignore_conflicts=True)
    journal.record("tenders.tender_followed", by=by, at=at, stream=organisation or by, about=[tender])
