"""Who is qualified, who applies, and what an application still lacks; as sentences."""

from datetime import datetime

from django.db.models import QuerySet

from accounts import queries as people
from accounts.local_time import oslo_day
from accounts.models import Organisation, User
from accounts.roles import Role
from suppliers.models import Prequalification, PrequalificationDecision, SelfDeclaration, Supplier
from suppliers.phases import PrequalificationPhase as Phase

UNDER_WAY = (Phase.DRAFT, Phase.SUBMITTED, Phase.QUESTION)
IN_REVIEW = (Phase.SUBMITTED, Phase.QUESTION)
STATEMENTS = ("no_convictions", "taxes_paid", "not_insolvent", "no_serious_faults")


def standing_decisions(*, at: datetime) -> QuerySet[PrequalificationDecision]:
    """Every yes whose last day has not passed."""
    return PrequalificationDecision.objects.filter(qualified=True, valid_until__gte=oslo_day(at))


def standing_decision(organisation: Organisation, *, at: datetime) -> PrequalificationDecision | None:
    """The yes that holds longest for the organisation; None when there is none."""
    own = standing_decisions(at=at).filter(prequalification__organisation=organisation)
    return own.order_by("-valid_until").first()


def is_qualified(organisation: Organisation, *, at: datetime) -> bool:
    return standing_decision(organisation, at=at) is not None


def qualified_directory(*, at: datetime) -> QuerySet[Supplier]:
    """The suppliers that are qualified now: what everybody may know of them is number, name, county and kind."""
    qualified = standing_decisions(at=at).values("prequalification__organisation")
    return Supplier.objects.filter(organisation__in=qualified).select_related("organisation", "county")


def own_prequalifications(user: User) -> QuerySet[Prequalification]:
    """The applications of the organisations that the person acts for today."""
    own = people.own_organisations(user).values("pk")
    return Prequalification.objects.filter(organisation__in=own).select_related("organisation", "declaration", "decision")


def newest_of(organisation: Organisation) -> Prequalification | None:
    """The application that was started last; None when there has been none."""
    made = Prequalification.objects.filter(organisation=organisation).select_related("declaration", "decision")
    return made.order_by("-started_at").first()


def is_under_way(organisation: Organisation) -> bool:
    return Prequalification.objects.filter(organisation=organisation, phase__in=UNDER_WAY).exists()


def is_reviewer(user: User, *, at: datetime) -> bool:
    """Prequalification is national: the role counts in the directorate."""
    grants = people.standing_grants(at=at).filter(user=user, role=Role.REVIEWER, unit__kind="directorate")
    return user.is_active and grants.exists()


def applications_for(reviewer: User, *, at: datetime) -> QuerySet[Prequalification]:
    """What a reviewer may see: every application that has been sent, never a draft. Nothing for others."""
    if not is_reviewer(reviewer, at=at):
        return Prequalification.objects.none()
    sent = Prequalification.objects.exclude(phase=Phase.DRAFT)
    return sent.select_related("organisation__supplier__county", "declaration", "decision__decided_by")


def missing_in(declaration: SelfDeclaration) -> list[str]:
    """The names of the fields that must be filled in before the application can be sent, in the order of the form."""
    missing = [name for name in ("social_purpose", "new_way", "surplus") if not getattr(declaration, name).strip()]
    if declaration.surplus == "reinvested" and not declaration.surplus_text.strip():
        missing.append("surplus_text")
    missing += [name for name in STATEMENTS if getattr(declaration, name) is None]
    if does_not_hold(declaration) and not declaration.explanation.strip():
        missing.append("explanation")
    return missing


def does_not_hold(declaration: SelfDeclaration) -> list[str]:
    """The statements that the organisation says no to."""
    return [name for name in STATEMENTS if getattr(declaration, name) is False]
