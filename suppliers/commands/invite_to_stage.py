"""Those who were selected are let into the next stage."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import Organisation, User
from suppliers.models import StageInvitation
from tenders.models import Stage


@command
def invite_to_stage(*, stage_id: UUID, organisations: Sequence[Organisation], ground: str, by: User, at: datetime) -> list[StageInvitation]:
    """Invite each of them once. Called inside the command that decides it, under the tender's lock; who may is decided there."""
    stage = Stage.objects.select_related("tender").get(pk=stage_id)
    made = [StageInvitation(stage=stage, organisation=one, ground=ground, invited_at=at, invited_by=by) for one in organisations]
    StageInvitation.objects.bulk_create(made)
    facts = {"stage": stage.no, "invited": len(made)}
    journal.record("suppliers.stage_invitations_sent", by=by, at=at, stream=stage.tender, about=[stage, *made], reason=ground, facts=facts)
    return made
