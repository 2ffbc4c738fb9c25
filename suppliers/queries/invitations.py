"""Who is let into a stage that is entered by invitation."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts import queries as people
from accounts.models import Organisation, User
from suppliers.models import StageInvitation
from suppliers.phases import SubmissionPhase
from tenders.models import Stage, Tender
from tenders.phases import StagePhase


def standing_invitations(stage: Stage) -> QuerySet[StageInvitation]:
    return StageInvitation.objects.filter(stage=stage, ended_at=None).select_related("organisation").order_by("organisation__name")


def invited_stages(user: User, tender: Tender | None = None) -> QuerySet[Stage]:
    """Stages by invitation that an organisation the person acts for is let into; of one tender when it is given."""
    own = StageInvitation.objects.filter(organisation__in=people.own_organisations(user).order_by(), ended_at=None)
    stages = Stage.objects.filter(pk__in=own.values("stage"))
    return stages if tender is None else stages.filter(tender=tender)


def may_enter(user: User, stage: Stage) -> bool:
    """Whether the person could write in the stage for somebody: it is open to all, or they act for one who is invited."""
    return stage.entry == Stage.Entry.OPEN or invited_stages(user).filter(pk=stage.pk).exists()


def invitations_to_write(user: User, *, at: datetime) -> QuerySet[StageInvitation]:
    """Invitations to stages that take submissions now, for organisations that have not begun. Earliest deadline first."""
    own = StageInvitation.objects.filter(organisation__in=people.own_organisations(user).order_by(), ended_at=None)
    waiting = own.filter(stage__phase=StagePhase.ANNOUNCED, stage__opens_at__lte=at, stage__closes_at__gt=at)
    begun = SubmissionPhase.DRAFT, SubmissionPhase.SUBMITTED, SubmissionPhase.OPENED
    mine = Organisation.objects.filter(pk=OuterRef("organisation"), submissions__stage=OuterRef("stage"), submissions__phase__in=begun)
    return waiting.filter(~Exists(mine)).select_related("stage__tender", "organisation").order_by("stage__closes_at", "pk")


def is_invited(organisation: Organisation, stage: Stage) -> bool:
    return standing_invitations(stage).filter(organisation=organisation).exists()
