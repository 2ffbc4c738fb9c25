"""An officer proposes who shall judge."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from evaluation.policies.panel import AppointPanelPolicy, SitInPanelPolicy
from evaluation.queries.panel_proposal import Members, waiting_panel_of
from tenders.documents import content_hash
from tenders.models import Approval, Tender


@command
def appoint_panel(
    *, tender_id: UUID, chair: User, evaluators: Sequence[User], observers: Sequence[User] = (), by: User, at: datetime
) -> Approval:
    """Put a panel before the approver: a chair, at least two evaluators, and observers who follow without giving points.

    It takes the place of the panel that sits, when it is confirmed. Nobody sits who prepares or decides in the tender, or
    who does not hold the role in its unit. Whether somebody has a tie to a supplier is declared when the names are known.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    AppointPanelPolicy(tender, waiting_panel_of(tender), at).check(by)
    members = Members(chair, list(evaluators), list(observers))
    SitInPanelPolicy(tender, members, at).check(by)
    content = {"chair": str(chair.pk), "evaluators": _keys(evaluators), "observers": _keys(observers)}
    approval = Approval.objects.create(
        tender=tender,
        what=Approval.What.PANEL,
        content=content,
        content_hash=content_hash(content),
        proposed_at=at,
        proposed_by=by,
    )
    facts = {"content": approval.content_hash}
    journal.record("evaluation.panel_appointed", by=by, at=at, stream=tender, about=[approval], role=Role.OFFICER, facts=facts)
    return approval


def _keys(people: Sequence[User]) -> list[str]:
    return sorted(str(user.pk) for user in people)
