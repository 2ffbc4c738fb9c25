"""A letter that could not be made is tried again."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import step_many
from letters.models import Letter
from letters.phases import LETTER_STEPS, LetterPhase


@command
def retry_letter(*, letter_id: UUID, by: User, at: datetime) -> None:
    """Let the worker try a stuck letter three more times. Who may is decided by the command of the desk that calls this one."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("batch").get(pk=letter_id)
    if not step_many(Letter.objects.filter(pk=letter_id), LetterPhase.STUCK, LetterPhase.WAITING, steps=LETTER_STEPS, tries=0):
        raise Refused(_("This letter does not wait for anybody to try it again."))
    journal.record("letters.letter_retried", by=by, at=at, stream=letter.batch.stream, about=[letter], facts={"tries": letter.tries})
