"""The dialogue ends without a tender: the need is a draft again, and what was published of it stays public."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import take_step
from accounts.words import clean_text
from letters.commands.send_notices import send_notices
from tenders.commands.cancel_meeting import cancel_meeting
from tenders.follower_notices import notices_to, recipients_of
from tenders.market_notices import ended_words, tender_path
from tenders.models import MarketDialogue, Tender
from tenders.phases import TENDER_STEPS, TenderPhase
from tenders.policies.market import RunDialoguePolicy
from tenders.queries.dialogue import followers_to_tell
from tenders.queries.meetings import coming_meetings


@command
def end_dialogue(*, tender_id: UUID, reason: str, by: User, at: datetime) -> None:
    """End it with a reason that everybody reads and all who follow are told; meetings to come are cancelled with it.

    Those who follow go on following, and hear of a tender that comes later.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    RunDialoguePolicy(tender, at).check(by)
    reason = clean_text(reason).strip()
    if not reason:
        raise Refused(_("Write why the dialogue ends. Everybody reads it, and those who follow are told."))
    for meeting in coming_meetings(tender, at=at):
        cancel_meeting(meeting_id=meeting.pk, reason=reason, dialogue_ends=True, by=by, at=at)
    dialogue = MarketDialogue.objects.select_for_update(of=("self",)).get(tender=tender, ended_at=None)
    dialogue.ended_at, dialogue.ended_by, dialogue.end_reason = at, by, reason
    dialogue.save(update_fields=["ended_at", "ended_by", "end_reason"])
    to = recipients_of(followers_to_tell(tender))
    notices = notices_to(to, lambda: ended_words(tender, reason), path=tender_path(tender))
    send_notices(kind="dialogue_ended", about=dialogue, stream=tender, notices=notices, by=by, at=at)
    take_step(
        tender,
        TenderPhase.DRAFT,
        steps=TENDER_STEPS,
        event="tenders.dialogue_ended",
        by=by,
        at=at,
        stream=tender,
        about=[dialogue],
        reason=reason,
    )
