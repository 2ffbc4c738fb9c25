"""What is known about the opening of a stage: who presses, what was written when it was opened, and what was found after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts import journal
from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from evaluation.models import OpeningPress
from suppliers.models import Receipt
from suppliers.phases import SubmissionPhase
from tenders.models import Stage, Tender
from tenders.phases import StagePhase
from tenders.queries import roles_in

OPENERS = (Role.OFFICER, Role.APPROVER)
PRESS_COUNTS_FOR = timedelta(minutes=15)

OPENED = "evaluation.stage_opened"
DIFFERS = "evaluation.content_differs"
VERIFIED = "evaluation.opening_verified"
CONTRADICTED = "evaluation.opening_contradicted"
_EVENTS = (OPENED, DIFFERS, VERIFIED, CONTRADICTED)


def stage_of_opening(tender: Tender) -> Stage | None:
    """The stage that is next to be opened; when there is none, the one that was opened last. What is cancelled never is."""
    stages = [stage for stage in Stage.objects.filter(tender=tender).order_by("no") if stage.phase != StagePhase.PLANNED]
    for stage in stages:
        stage.tender = tender
    next_ones = [stage for stage in stages if stage.phase == StagePhase.ANNOUNCED]
    opened = [stage for stage in stages if not stage.sealed]
    return next_ones[0] if next_ones else opened[-1] if opened else None


def opened_stage_of(tender: Tender) -> Stage | None:
    """The stage that was opened last."""
    stage = Stage.objects.filter(tender=tender, opened_at__isnull=False).order_by("-no").first()
    if stage is not None:
        stage.tender = tender
    return stage


def opened_stages(tender: Tender) -> list[Stage]:
    """Every stage that is opened, the first one first."""
    stages = list(Stage.objects.filter(tender=tender, opened_at__isnull=False).order_by("no"))
    for stage in stages:
        stage.tender = tender
    return stages


def opened_stage_with(tender: Tender, submission_id: UUID) -> Stage | None:
    """The opened stage of the tender that a submission belongs to."""
    stage = Stage.objects.filter(tender=tender, opened_at__isnull=False, submissions=submission_id).first()
    if stage is not None:
        stage.tender = tender
    return stage


def roles_in_opening(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> list[Role]:
    """As what the person may press: assigned to the tender as officer or approver, and the role still held."""
    return roles_in(user, tender, OPENERS, at=at)


def standing_presses(stage: Stage, *, at: datetime) -> QuerySet[OpeningPress]:
    """Presses that count at `at`, the first one first. From the opening on: the two that opened."""
    presses = OpeningPress.objects.filter(stage=stage, lapsed_at=None).select_related("pressed_by").order_by("pressed_at")
    return presses.filter(pressed_at__gt=at - PRESS_COUNTS_FOR) if stage.sealed else presses


def presses_run_out(stage: Stage, *, at: datetime) -> QuerySet[OpeningPress]:
    """Presses whose fifteen minutes are over, and that nobody has marked as lapsed yet."""
    return OpeningPress.objects.filter(stage=stage, lapsed_at=None, pressed_at__lte=at - PRESS_COUNTS_FOR).order_by("pressed_at")


def last_press_of(user: User, stage: Stage) -> OpeningPress | None:
    return OpeningPress.objects.filter(stage=stage, pressed_by=user).order_by("-pressed_at").first()


@dataclass(frozen=True)
class Opening:
    """What the journal says of the opening: when, how many, the root hash, and what the comparison found afterwards."""

    at: datetime
    count: int
    root: str
    verified_at: datetime | None
    contradicted_at: datetime | None
    differing: Sequence[UUID]


def opening_of(stage: Stage) -> Opening:
    """Of a stage that is opened; LookupError of one that isn't."""
    lines = list(people.journal_of(journal.stream_of(stage.tender)).filter(event__in=_EVENTS, facts__stage=stage.no))
    opened = next((line for line in lines if line.event == OPENED), None)
    if opened is None:
        raise LookupError(f"{stage} has no line that says it was opened")
    times = {line.event: line.at for line in lines}
    differing = [UUID(line.facts["submission"]) for line in lines if line.event == DIFFERS]
    return Opening(
        at=opened.at,
        count=opened.facts["submissions"],
        root=opened.facts["root"],
        verified_at=times.get(VERIFIED),
        contradicted_at=times.get(CONTRADICTED),
        differing=differing,
    )


def ledger_of(stage: Stage) -> QuerySet[Receipt]:
    """Receipts of what was opened, in the order it came; none before the opening. For everybody, and so without names."""
    opened = Receipt.objects.filter(
        version__submission__stage=stage, version__submission__phase=SubmissionPhase.OPENED, version__replaced_at=None
    )
    return opened.only("commitment", "received_at").order_by("received_at", "commitment")
