"""The standstill is over: an officer proposes that the stage ends, and when the next one is."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.policies.settlement import ProposeSettlementPolicy
from evaluation.queries import settlement
from tenders.documents import content_hash, snapshot_of
from tenders.models import Approval, Stage, Tender
from tenders.readiness import NotReady
from tenders.stage_dates import StageDates, missing_in_stage_dates


@command
def propose_settlement(
    *,
    stage_id: UUID,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    answer_by: date | None = None,
    by: User,
    at: datetime,
) -> Approval:
    """Put the end of the stage before the approver, with the dates of the next stage when there is one.

    `opens_at` None: when the approver says yes. Raises `NotReady` with everything that is wrong with the dates; the next
    stage never gets less time than was announced.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(stages=stage_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    stage.tender = tender
    ProposeSettlementPolicy(stage, at).check(by)
    following = settlement.next_stage_of(stage)
    content = {"stage": stage.no, "next": following.no if following else None}
    if following is not None:
        content |= _dates(following, opens_at, closes_at, answer_by, at=at).as_content()
    approval = Approval.objects.create(
        tender=tender,
        what=settlement.SETTLEMENT,
        content=snapshot_of(content),
        content_hash=content_hash(content),
        proposed_at=at,
        proposed_by=by,
    )
    facts = {"stage": stage.no, "content": approval.content_hash}
    journal.record("evaluation.settlement_proposed", by=by, at=at, stream=tender, about=[stage, approval], role=Role.OFFICER, facts=facts)
    return approval


def _dates(following: Stage, opens_at: datetime | None, closes_at: datetime | None, answer_by: date | None, *, at: datetime) -> StageDates:
    if closes_at is None or answer_by is None:
        raise Refused(_("Say when the next stage ends, and when those who take part in it get their answer."))
    dates = StageDates(opens_at, closes_at, answer_by)
    if missing := list(missing_in_stage_dates(following, dates, at=at)):
        raise NotReady(missing)
    return dates
