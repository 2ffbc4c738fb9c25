"""Nobody can go on: an officer proposes to close the stage without selection."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.words import clean_text
from evaluation.policies.settlement import ProposeClosingPolicy
from evaluation.queries import settlement
from tenders.documents import content_hash, snapshot_of
from tenders.models import Approval, Stage, Tender


@command
def propose_closing(*, stage_id: UUID, reason: str, by: User, at: datetime) -> Approval:
    """Put it before the approver, with the reason that every letter will give. Refused while somebody can still be selected."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(stages=stage_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    stage.tender = tender
    ProposeClosingPolicy(stage, at).check(by)
    why = clean_text(reason).strip()
    if not why:
        raise Refused(_("Write the reason. It stands in every letter."))
    content = {"stage": stage.no, "reason": why}
    approval = Approval.objects.create(
        tender=tender,
        what=settlement.CLOSING,
        content=snapshot_of(content),
        content_hash=content_hash(content),
        proposed_at=at,
        proposed_by=by,
    )
    about, facts = [stage, approval], {"stage": stage.no}
    journal.record("evaluation.closing_proposed", by=by, at=at, stream=tender, about=about, role=Role.OFFICER, reason=why, facts=facts)
    return approval
