"""Who sits in the panel, who has declared, and what each person may see of what was opened."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Role
from evaluation.models import Conflict, FormalCheck, ImpartialityDeclaration, PanelSeat
from evaluation.queries.submissions import opened_submissions
from suppliers.models import Submission
from tenders.models import Stage, Tender
from tenders.queries import roles_in
from tenders.queries.visibility import PREPARERS, sees_preparing

SCORERS = (Role.CHAIR, Role.EVALUATOR)
PANEL = (Role.CHAIR, Role.EVALUATOR, Role.OBSERVER)
DECLARERS = (*PREPARERS, *PANEL)


def seats_of(tender: Tender) -> QuerySet[PanelSeat]:
    """The panel as it sits now, the chair first."""
    return PanelSeat.objects.filter(tender=tender, ended_at=None).select_related("user").order_by("role", "user__name")


def panel_roles(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> list[Role]:
    """As what the person sits in the panel, and the role is still held."""
    return roles_in(user, tender, PANEL, at=at)


def is_scorer(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> bool:
    return bool(roles_in(user, tender, SCORERS, at=at))


def must_declare(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> bool:
    """Everybody who prepares or decides. Auditors look at what was done, and do neither."""
    return bool(roles_in(user, tender, DECLARERS, at=at))


def as_what(user: User, tender: Tender, *, at: datetime) -> Role:
    """The first role in which the person prepares, judges or decides; ValueError of somebody who does not."""
    held = roles_in(user, tender, DECLARERS, at=at)
    if not held:
        raise ValueError(f"{user.pk} has no part in {tender.pk}")
    return held[0]


def declaration_of(user: User, stage: Stage) -> ImpartialityDeclaration | None:
    return ImpartialityDeclaration.objects.filter(stage=stage, user=user).first()


def has_declared(user: User, stage: Stage) -> bool:
    return ImpartialityDeclaration.objects.filter(stage=stage, user=user).exists()


def conflicts_of(user: User, stage: Stage) -> QuerySet[Conflict]:
    return Conflict.objects.filter(declaration__stage=stage, declaration__user=user)


def without_conflicts(rows: QuerySet[Submission], user: User, stage: Stage) -> QuerySet[Submission]:
    """For the person, what they have a tie to is not there."""
    return rows.exclude(pk__in=conflicts_of(user, stage).values("submission"))


def superior_has_conflict(user: User, submission: Submission) -> bool:
    """Whether the person's leader has a tie to it: then the person can't decide on it (forvaltningsloven § 6 third paragraph)."""
    if user.reports_to_id is None:
        return False
    return Conflict.objects.filter(submission=submission, declaration__user=user.reports_to_id).exists()


def may_decide_all(user: User, stage: Stage) -> bool:
    """Whether the person has declared and neither they nor their leader has a tie to anybody in the stage: a decision concerns them all."""
    ties = Conflict.objects.filter(declaration__stage=stage, declaration__user__in=[user.pk, user.reports_to_id or user.pk])
    return has_declared(user, stage) and not ties.exists()


def submissions_for_staff(user: User | AnonymousUser, stage: Stage, *, at: datetime) -> QuerySet[Submission]:
    """With name and content. For officer and approver once they have declared, without what they have a tie to; for auditors all.

    Empty before the opening, and to everybody else.
    """
    if stage.sealed or not isinstance(user, User) or not sees_preparing(user, stage.tender, at=at):
        return Submission.objects.none()
    if must_declare(user, stage.tender, at=at):
        return without_conflicts(opened_submissions(stage), user, stage) if has_declared(user, stage) else Submission.objects.none()
    return opened_submissions(stage)


def admitted_submissions(stage: Stage) -> QuerySet[Submission]:
    """What the formal check let in. Who may see it is asked elsewhere."""
    admitted = FormalCheck.objects.filter(submission__stage=stage, admitted=True).values("submission")
    return opened_submissions(stage).filter(pk__in=admitted)


def submissions_for_panel(user: User | AnonymousUser, stage: Stage, *, at: datetime) -> QuerySet[Submission]:
    """What a member of the panel judges: admitted, and without a tie. Empty before the person has declared, and to all others.

    Views of a blind stage never hand the rows on: they make `BlindSubmission`s of them.
    """
    if stage.sealed or not isinstance(user, User) or not panel_roles(user, stage.tender, at=at) or not has_declared(user, stage):
        return Submission.objects.none()
    return without_conflicts(admitted_submissions(stage), user, stage)
