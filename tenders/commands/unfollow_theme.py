"""Somebody no longer wants to be told of new tenders about something."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from tenders.queries.themes import own_themes


@command
def unfollow_theme(*, theme_id: UUID, by: User, at: datetime) -> None:
    """Stop following, for oneself or for an organisation one acts for. Stopping twice changes nothing."""
    theme = own_themes(by).select_for_update(of=("self",)).filter(pk=theme_id).first()
    if theme is None:
        return
    journal.record("tenders.theme_unfollowed", by=by, at=at, stream=theme.organisation or by)
    theme.delete()
