"""What was handed in before a material amendment, and whether those who sent it have confirmed it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.work import Waiting
from suppliers.models import AmendmentConfirmation, Submission, SubmissionVersion
from suppliers.phases import SubmissionPhase
from suppliers.queries.submissions import own_submissions
from tenders.handed_in import worded
from tenders.models import Amendment, Stage


@dataclass(frozen=True)
class Mark:
    """An amendment that came after something was handed in."""

    no: int
    confirmed: bool


def amendments_to_confirm(submission: Submission) -> QuerySet[Amendment]:
    """Material ones that came after what is handed in now, and are not confirmed for it; the first one first. None for a draft."""
    version = submission.versions.filter(replaced_at=None, submission__phase=SubmissionPhase.SUBMITTED)
    done = AmendmentConfirmation.objects.filter(version__in=version, amendment=OuterRef("pk"))
    later = Amendment.objects.filter(stage=submission.stage_id, material=True, announced_at__gte=version.values("handed_in_at")[:1])
    return later.exclude(Exists(done)).order_by("no")


def marks_of(stage: Stage, versions: Iterable[SubmissionVersion]) -> dict[UUID, list[Mark]]:
    """By version, the material amendments that came after it. For the buyer, after the opening only."""
    if stage.sealed:
        return {}
    amendments = list(Amendment.objects.filter(stage=stage, material=True).only("no", "announced_at").order_by("no"))
    found = AmendmentConfirmation.objects.filter(amendment__stage=stage).values_list("version", "amendment")
    done = set(found) if amendments else set()
    marks: dict[UUID, list[Mark]] = defaultdict(list)
    for version in versions:
        for one in amendments:
            if version.handed_in_at <= one.announced_at:
                marks[version.pk].append(Mark(one.no, (version.pk, one.pk) in done))
    return marks


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """What is handed in and asked to be confirmed, the earliest deadline first."""
    done = AmendmentConfirmation.objects.filter(amendment=OuterRef("pk"), version=OuterRef(OuterRef("versions__pk")))
    later = Amendment.objects.filter(stage=OuterRef("stage"), material=True, announced_at__gte=OuterRef("versions__handed_in_at"))
    handed_in = own_submissions(user).filter(phase=SubmissionPhase.SUBMITTED, stage__opens_at__lte=at, stage__closes_at__gt=at)
    asked = handed_in.filter(Q(Exists(later.exclude(Exists(done)))), versions__replaced_at=None)
    return [_waiting(row) for row in asked.order_by(F("stage__closes_at").asc(), "pk")]


def _waiting(submission: Submission) -> Waiting:
    stage = submission.stage
    return Waiting(
        title=worded(stage.tender, _("Confirm the sketch, or change it"), _("Confirm the offer, or change it")),
        case=stage.tender.name,
        case_url=reverse("insight:tender", args=[stage.tender.reference]),
        why=_("The tender was amended after %(organisation)s handed in. What you handed in stays handed in.")
        % {"organisation": submission.organisation.name},
        button=_("Read the amendment"),
        url=reverse("suppliers:submission", args=[stage.tender.reference, stage.no]),
        due_at=stage.closes_at,
    )
