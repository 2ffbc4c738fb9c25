"""An approver announces a call-off: its amount is set aside, and everybody in the framework agreement is invited."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F

from accounts import journal
from accounts.command import command
from accounts.local_time import oslo_day
from accounts.models import User
from accounts.roles import Role
from contracts.documents.call_off import call_off_ground, call_off_invitations
from contracts.policies.call_offs import AnnounceCallOffPolicy
from contracts.queries.frameworks import suppliers_in
from letters.commands.send_notices import send_notices
from suppliers.commands.invite_to_stage import invite_to_stage
from tenders.commands.announce_tender import announce_tender
from tenders.models import Budget, Stage, Tender


@command
def announce_call_off(*, tender_id: UUID, content_hash: str, invited: Collection[UUID], by: User, at: datetime) -> None:
    """Announce what the approver has read, for those they have read are `invited` (keys of organisations).

    One left out, or one too many, is refused; so is more than what is left of the highest value. The framework's row is
    locked first, so that call-offs are announced one at a time.
    """
    framework = Tender.objects.select_for_update(of=("self",)).get(call_offs=tender_id)
    tender = Tender.objects.select_for_update(of=("self",)).select_related("budget").get(pk=tender_id)
    AnnounceCallOffPolicy(tender, framework, invited, at).check(by)
    announce_tender(tender_id=tender.pk, content_hash=content_hash, with_invitations=True, by=by, at=at)
    stage = Stage.objects.select_related("tender").get(tender=tender, no=1)
    Budget.objects.filter(tender=framework).update(planned=F("planned") + tender.budget.planned)
    suppliers = suppliers_in(framework, on=oslo_day(at))
    invite_to_stage(stage_id=stage.pk, organisations=suppliers, ground=call_off_ground(framework), by=by, at=at)
    send_notices(kind="stage_invitation", about=stage, stream=tender, notices=call_off_invitations(stage, suppliers), by=by, at=at)
    facts = {"reference": tender.reference, "amount": str(tender.budget.planned), "invited": len(suppliers)}
    journal.record("contracts.call_off_announced", by=by, at=at, stream=framework, about=[tender], role=Role.APPROVER, facts=facts)
