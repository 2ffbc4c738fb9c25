"""Once a day: one hash over all stream heads."""

import hashlib
import json
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
    digest = hashlib.sha256(json.dumps(heads, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    anchor = Anchor.objects.create(day=oslo_day(at), heads=heads, hash=digest, made_at=at)
    journal.record("accounts.journal_anchored", by=by, at=at, stream="anchors", facts={"hash": digest, "streams": len(heads)})
    return anchor
