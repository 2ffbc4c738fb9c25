"""A form that is sent twice counts once."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import FormToken, User
from accounts.refused import Refused


@command(journal=False)
def answer_once(*, token: UUID, act: Callable[[], str], by: User, at: datetime) -> str:
    """Do `act` and keep the address it answers with. The same token again gives that address and does nothing.

    A double click waits for the first one: the row is inserted before `act`, in the same transaction.
    When `act` is refused nothing is kept, so the form can be mended and sent again.
    """
    FormToken.objects.bulk_create([FormToken(token=token, user=by, answer="", used_at=at)], ignore_conflicts=True)
    row = FormToken.objects.select_for_update().get(token=token)
    if row.user_id != by.pk:
        raise Refused(_("This form belongs to somebody else. Open the page again."))
    if not row.answer:
        row.answer = act()
        row.save(update_fields=["answer"])
    return row.answer
