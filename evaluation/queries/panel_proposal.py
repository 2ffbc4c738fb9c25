"""Who is proposed for the panel, and who may sit in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from evaluation.models import PanelSeat
from evaluation.queries.opening import opened_stage_of
from evaluation.queries.panel import PANEL, must_declare
from tenders.models import Approval, Assignment, Tender
from tenders.phases import StagePhase
from tenders.queries.visibility import PREPARERS, is_auditor

# Once the chair has closed the scoring, another panel would be judging what others have judged
JUDGED = {StagePhase.SCORED, StagePhase.PROPOSED, StagePhase.APPROVED}


@dataclass(frozen=True)
class Members:
    """A panel by name: one chair, evaluators and observers, each list by name."""

    chair: User
    evaluators: list[User]
    observers: list[User]

    @property
    def seats(self) -> list[tuple[Role, User]]:
        """Every person with the seat, the chair first."""
        evaluators = [(Role.EVALUATOR, user) for user in self.evaluators]
        return [(Role.CHAIR, self.chair), *evaluators, *((Role.OBSERVER, user) for user in self.observers)]


def panel_proposals(tender: Tender) -> QuerySet[Approval]:
    """Every panel that was proposed, the last one first."""
    rows = Approval.objects.filter(tender=tender, what=Approval.What.PANEL)
    return rows.select_related("tender__unit", "proposed_by", "approved_by", "returned_by").order_by("-proposed_at")


def waiting_panel_of(tender: Tender) -> Approval | None:
    """The panel that waits for the approver; None when there is none."""
    return panel_proposals(tender).filter(approved_at=None, returned_at=None).first()


def last_panel_of(tender: Tender) -> Approval | None:
    """The panel as it was last proposed, whatever was answered."""
    return panel_proposals(tender).first()


def members_in(approval: Approval) -> Members:
    """The people in a proposal, as they stood in it."""
    content = approval.content
    found = {str(user.pk): user for user in User.objects.filter(pk__in=[content["chair"], *content["evaluators"], *content["observers"]])}

    def named(keys: list[str]) -> list[User]:
        return sorted((found[key] for key in keys), key=lambda user: user.name)

    return Members(found[content["chair"]], named(content["evaluators"]), named(content["observers"]))


def members_of(seats: Sequence[PanelSeat]) -> Members | None:
    """The panel that sits, by name; None when nobody leads it."""
    by_role = {role: [seat.user for seat in seats if seat.role == role] for role in PANEL}
    if not by_role[Role.CHAIR]:
        return None
    return Members(by_role[Role.CHAIR][0], by_role[Role.EVALUATOR], by_role[Role.OBSERVER])


def sees_panel(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> bool:
    """Those who prepare, judge or decide in the tender, and the unit's auditors."""
    return must_declare(user, tender, at=at) or is_auditor(user, tender, at=at)


def possible_members(tender: Tender, role: Role, *, at: datetime) -> QuerySet[User]:
    """Those who hold the role in the tender's unit, without those who prepare or decide in the tender."""
    preparers = Assignment.objects.filter(tender=tender, role__in=PREPARERS).values("user")
    return people.people_with_role(role, tender.unit, at=at).exclude(pk__in=preparers)


def panel_is_judged(tender: Tender) -> bool:
    """Whether the scoring of the stage under way is closed."""
    stage = opened_stage_of(tender)
    return stage is not None and stage.phase in JUDGED
