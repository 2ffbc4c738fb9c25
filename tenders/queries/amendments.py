"""What was amended after the announcement, and what waits to be."""

from django.db.models import Prefetch, QuerySet

from tenders.amending import Amendable
from tenders.models import Amendment, Approval, Stage, Tender
from tenders.phases import StagePhase
from tenders.queries.approvals import proposals, waiting_proposal

AMENDMENT = Approval.What.AMENDMENT


def amendments_of(tender: Tender) -> QuerySet[Amendment]:
    """Everything that was announced, the last one first. For everybody."""
    return Amendment.objects.filter(tender=tender).order_by("-no")


def last_no(tender: Tender) -> int:
    """The number of the last one; 0 when the announcement stands as it was."""
    return amendments_of(tender).values_list("no", flat=True).first() or 0


def amendable(tender: Tender, *, locked: bool = False) -> Amendable | None:
    """The tender with the stage that is announced and not opened, and those after it; None when no stage is under way.

    `locked`: under the lock of that stage, which is that of handing in and of opening.
    """
    stages = list(Stage.objects.filter(tender=tender).order_by("no"))
    current = next((stage for stage in stages if stage.phase == StagePhase.ANNOUNCED and stage.closes_at), None)
    if current is None:
        return None
    if locked:
        current = Stage.objects.select_for_update(of=("self",)).get(pk=current.pk)
    current.tender = tender
    return Amendable(tender, [current, *(stage for stage in stages if stage.no > current.no)])


def waiting_amendment(tender: Tender) -> Approval | None:
    return waiting_proposal(tender, AMENDMENT)


def last_proposed_amendment(tender: Tender) -> Approval | None:
    """As it was last proposed, whatever was answered."""
    return proposals(tender, AMENDMENT).first()


def with_amendments(tenders: QuerySet[Tender]) -> QuerySet[Tender]:
    """With number and time of every amendment loaded, for feeds and calendars."""
    light = Amendment.objects.only("tender", "no", "announced_at").order_by("no")
    return tenders.prefetch_related(Prefetch("amendments", light))
