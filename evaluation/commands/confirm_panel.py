"""The approver confirms the panel: from here on those people judge."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from evaluation.models import PanelSeat
from evaluation.policies.panel import ConfirmPanelPolicy, SitInPanelPolicy
from evaluation.queries.panel import seats_of
from evaluation.queries.panel_proposal import members_in, panel_proposals
from tenders.commands.assign_person import assign_person
from tenders.commands.release_person import release_person
from tenders.models import Tender


@command
def confirm_panel(*, approval_id: UUID, by: User, at: datetime) -> None:
    """Seat the proposed panel. Seats that are not in it end, and with them the task in the tender; what was done stays done.

    Everything is checked once more: somebody may have lost a role, or got a task in the tender, since it was proposed.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(approvals=approval_id)
    approval = panel_proposals(tender).select_for_update(of=("self",)).get(pk=approval_id)
    ConfirmPanelPolicy(tender, approval, at).check(by)
    members = members_in(approval)
    SitInPanelPolicy(tender, members, at).check(by)
    approval.approved_at, approval.approved_by = at, by
    approval.save(update_fields=["approved_at", "approved_by"])
    facts = {"content": approval.content_hash}
    journal.record("evaluation.panel_confirmed", by=by, at=at, stream=tender, about=[approval], role=Role.APPROVER, facts=facts)
    _seat(tender, members.seats, by=by, at=at)


def _seat(tender: Tender, wanted: list[tuple[Role, User]], *, by: User, at: datetime) -> None:
    """End what is not wanted any more first: each person has one seat, and there is one chair."""
    sitting = {(Role(seat.role), seat.user): seat for seat in seats_of(tender)}
    for (role, user), seat in sitting.items():
        if (role, user) not in wanted:
            seat.ended_at, seat.ended_by = at, by
            seat.save(update_fields=["ended_at", "ended_by"])
            release_person(tender_id=tender.pk, user=user, role=role, by=by, at=at)
    for role, user in wanted:
        if (role, user) not in sitting:
            PanelSeat.objects.create(tender=tender, user=user, role=role, seated_at=at, seated_by=by)
            assign_person(tender_id=tender.pk, user=user, role=role, by=by, at=at)
