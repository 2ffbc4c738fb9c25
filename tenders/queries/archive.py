"""Our own tenders that nobody works on any more: those that have ended, and drafts that were laid aside."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tenders.models import Stage, Tender
from tenders.phases import ENDED_PHASES, StagePhase, TenderPhase
from tenders.queries.visibility import staff_tenders


class Kind(TextChoices):
    ENDED = "ended", _("Ended")
    SHELVED = "shelved", _("Laid aside")


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in the archive; empty means all. `year` is that of the announcement, or of the draft."""

    text: str = ""
    kind: Kind | None = None
    year: int = 0


PHASES = {None: (*ENDED_PHASES, TenderPhase.SHELVED), Kind.ENDED: ENDED_PHASES, Kind.SHELVED: (TenderPhase.SHELVED,)}


def archived_tenders(user: User, sought: Sought, *, at: datetime) -> QuerySet[Tender]:
    """Those that the person works on or audits, the newest first, with all that the list shows."""
    known = staff_tenders(user, at=at).filter(phase__in=PHASES[sought.kind]).exclude(_called_off_from())
    found = known.annotate(begun_at=Coalesce("announced_at", "created_at"))
    if sought.text:
        found = found.filter(Q(reference__icontains=sought.text) | Q(name__icontains=sought.text) | Q(heading__icontains=sought.text))
    if sought.year:
        found = found.filter(begun_at__year=sought.year)
    return found.select_related("unit", "shelved_by").prefetch_related("stages").order_by("-begun_at", "reference")


def _called_off_from() -> Q:
    """Framework agreements are called off from after somebody was chosen, until they are closed or cancelled."""
    nobody = Stage.objects.filter(phase=StagePhase.UNSELECTED).values("tender")
    return Q(procedure=Tender.Procedure.FRAMEWORK, phase=TenderPhase.CONCLUDED) & ~Q(pk__in=nobody)


def archive_years(user: User, *, at: datetime) -> list[int]:
    """The years there is something from, the newest first."""
    days = archived_tenders(user, Sought(), at=at).order_by().datetimes("begun_at", "year", order="DESC")
    return [day.year for day in days]
