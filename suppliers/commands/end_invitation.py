"""An organisation no longer takes part in a stage."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import Organisation, User
from suppliers.models import StageInvitation
from tenders.models import Stage


@command
def end_invitation(*, stage_id: UUID, organisation: Organisation, reason: str, by: User, at: datetime) -> None:
    """End the invitation; without one nothing happens. Called inside the command that decides it; who may is decided there."""
    stage = Stage.objects.select_related("tender").get(pk=stage_id)
    standing = StageInvitation.objects.select_for_update().filter(stage=stage, organisation=organisation, ended_at=None)
    for invitation in standing:
        invitation.ended_at, invitation.ended_by = at, by
        invitation.save(update_fields=["ended_at", "ended_by"])
        about = [stage, invitation]
        journal.record("suppliers.stage_invitation_ended", by=by, at=at, stream=stage.tender, about=about, reason=reason)
