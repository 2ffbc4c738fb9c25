"""Once a day: one hash over all stream heads."""

from datetime import datetime

from accounts import journal
from accounts.command import command
from accounts.local_time import oslo_day
from accounts.models import Anchor, JournalStream, User


@command
def anchor_journal(*, by: User, at: datetime) -> Anchor | None:
    """Anchor yesterday's end of every chain, once a day. None when today's anchor is there already."""
    if Anchor.objects.filter(day=oslo_day(at)).exists():
        return None
    heads = {head.name: [head.seq, head.hash] for head in JournalStream.objects.order_by("name")}
    digest = journal.digest_of(heads)
    anchor = Anchor.objects.create(day=oslo_day(at), heads=heads, hash=digest, made_at=at)
    journal.record("accounts.journal_anchored", by=by, at=at, stream=journal.ANCHORS, facts={"hash": digest, "streams": len(heads)})
    return anchor
