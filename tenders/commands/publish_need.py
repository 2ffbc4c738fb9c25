"""The officer lets everybody read what has been written since the need was last published."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from tenders.models import MarketDialogue, Tender
from tenders.policies.market import RunDialoguePolicy
from tenders.published_need import Invitation, publish


@command
def publish_need(*, tender_id: UUID, invitation: Invitation, by: User, at: datetime) -> None:
    """Publish the need anew as it stands in the draft, with what is asked and whom to contact. `NotReady` as for opening."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    RunDialoguePolicy(tender, at).check(by)
    dialogue = MarketDialogue.objects.select_for_update(of=("self",)).get(tender=tender, ended_at=None)
    publish(tender, dialogue, invitation, at=at)
    dialogue.version += 1
    dialogue.published_at, dialogue.published_by = at, by
    dialogue.save()
    dialogue.counties.set(tender.counties.all())
    facts = {"version": dialogue.version, "input_until": dialogue.input_until.isoformat()}
    journal.record("tenders.need_published", by=by, at=at, stream=tender, about=[dialogue], role=Role.OFFICER, facts=facts)
