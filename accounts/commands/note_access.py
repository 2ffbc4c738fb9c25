"""Who saw or opened what."""

from datetime import datetime

from accounts.command import command
from accounts.models import AccessEvent, User


@command(journal=False)
def note_access(*, what: str, about: str, by: User, at: datetime) -> None:
    """Keep that `by` saw or opened something that is not for everybody. `about` is `app.Model:key`."""
    AccessEvent.objects.create(actor_id=by.pk, what=what, about=about, at=at)
