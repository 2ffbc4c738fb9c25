"""An officer asks the market before anything is announced."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from letters.commands.send_notices import send_notices
from tenders.models import MarketDialogue, Tender
from tenders.phases import TENDER_STEPS, TenderPhase
from tenders.policies.market import OpenDialoguePolicy
from tenders.published_need import Invitation, publish
from tenders.theme_notices import theme_notices


@command
def open_dialogue(*, tender_id: UUID, invitation: Invitation, by: User, at: datetime) -> MarketDialogue:
    """Make the need public as it stands, with what Nav wonders about. Nothing is announced by it (anskaffelsesforskriften § 8-1).
    Those who follow a theme that it fits are told.

    Raises `NotReady` when the need is not written, or when the last day for input has passed.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    OpenDialoguePolicy(tender, at).check(by)
    dialogue = MarketDialogue(tender=tender, opened_at=at, opened_by=by, published_at=at, published_by=by)
    publish(tender, dialogue, invitation, at=at)
    dialogue.save()
    dialogue.counties.set(tender.counties.all())
    take_step(
        tender,
        TenderPhase.IN_DIALOGUE,
        steps=TENDER_STEPS,
        event="tenders.dialogue_opened",
        by=by,
        at=at,
        stream=tender,
        about=[dialogue],
        facts={"input_until": dialogue.input_until.isoformat()},
    )
    send_notices(kind="theme", about=dialogue, stream=tender, notices=theme_notices(tender), by=by, at=at)
    return dialogue
