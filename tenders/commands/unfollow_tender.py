"""Somebody no longer wants to be told."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import Organisation, User
from tenders.models import Follower, Tender
from tenders.policies.dialogue import FollowPolicy


@command
def unfollow_tender(*, tender_id: UUID, organisation: Organisation | None, by: User, at: datetime) -> None:
    """Stop following for an organisation, or for oneself when `organisation` is None. Stopping twice changes nothing."""
    tender = Tender.objects.get(pk=tender_id)
    FollowPolicy(tender, organisation).check(by)
    gone, _rows = Follower.objects.filter(tender=tender, organisation=organisation, user=None if organisation else by).delete()
    if gone:
        journal.record("tenders.tender_unfollowed", by=by, at=at, stream=organisation or by, about=[tender])
