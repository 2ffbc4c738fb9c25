"""Panels, declarations and formal checks of the tests, made by the real commands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from evaluation.commands.admit_submissions import admit_submissions
from evaluation.commands.appoint_panel import appoint_panel
from evaluation.commands.confirm_panel import confirm_panel
from evaluation.commands.declare_impartiality import declare_impartiality
from evaluation.queries import opened_submissions
from tenders.models import Approval, Stage, Tender


def proposed_panel(
    tender: Tender, ingrid: User, chair: User, evaluators: Sequence[User], observers: Sequence[User] = (), at: datetime | None = None
) -> Approval:
    """A panel that waits for the approver; proposed two days after the announcement when no time is given."""
    at = at or tender.announced_at + timedelta(days=2)
    return appoint_panel(tender_id=tender.pk, chair=chair, evaluators=evaluators, observers=observers, by=ingrid, at=at)


def seated(
    tender: Tender,
    ingrid: User,
    arne: User,
    chair: User,
    evaluators: Sequence[User],
    observers: Sequence[User] = (),
    at: datetime | None = None,
) -> None:
    """A panel that Ingrid has appointed and Arne confirmed an hour later."""
    approval = proposed_panel(tender, ingrid, chair, evaluators, observers, at)
    confirm_panel(approval_id=approval.pk, by=arne, at=approval.proposed_at + timedelta(hours=1))


def all_declared(
    stage: Stage, *people: User, at: datetime | None = None, conflicts: Mapping[User, Mapping[UUID, str]] | None = None
) -> None:
    """Each has declared after the opening; `conflicts` says who has a tie: person -> {key of the organisation: the tie}."""
    for user in people:
        ties = (conflicts or {}).get(user, {})
        declare_impartiality(stage_id=stage.pk, conflicts=ties, by=user, at=at or after_opening(stage, 10))


def admitted(stage: Stage, ingrid: User, at: datetime | None = None) -> None:
    """Everything that was opened is let in to be judged."""
    keys = list(opened_submissions(stage).prefetch_related(None).values_list("pk", flat=True))
    admit_submissions(stage_id=stage.pk, submission_ids=keys, by=ingrid, at=at or after_opening(stage, 30))


def after_opening(stage: Stage, minutes: int) -> datetime:
    stage.refresh_from_db()
    return stage.opened_at + timedelta(minutes=minutes)
