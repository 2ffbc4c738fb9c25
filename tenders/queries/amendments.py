"""What was amended after the announcement, and what waits to be."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from accounts.work import CaseFacts, CaseLink, Waiting
from tenders.amending import Amendable
from tenders.models import Amendment, Approval, Assignment, Stage, Tender
from tenders.phases import StagePhase
from tenders.queries.approvals import proposals, waiting_proposal

AMENDMENT = Approval.What.AMENDMENT


def amendments_of(tender: Tender) -> QuerySet[Amendment]:
    """Everything that was announced, the last one first. For everybody."""
    return Amendment.objects.filter(tender=tender).order_by("-no")


def amendments_in(stage: Stage) -> QuerySet[Amendment]:
    """Those that came while the stage took submissions, the first one first."""
    return Amendment.objects.filter(stage=stage).order_by("no")


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


def last_said_at(tender: Tender) -> datetime | None:
    """When the tender was announced or last amended. Asks nothing when the amendments are loaded."""
    times = [row.announced_at for row in tender.amendments.all()]
    return max(times, default=tender.announced_at)


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """Amendments to approve, and those that came back; as long as the deadline has not passed."""
    asked = _open_proposals(user, Role.APPROVER, at).filter(returned_at=None).exclude(proposed_by=user)
    back = _open_proposals(user, Role.OFFICER, at).filter(returned_at__isnull=False).exclude(returned_by=F("proposed_by"))
    last = Approval.objects.filter(tender=OuterRef("tender"), what=AMENDMENT).order_by("-proposed_at").values("pk")
    back = back.filter(pk=Subquery(last[:1]))
    return [*(_to_approve(row, due_at) for row, due_at in _with_deadline(asked)), *(_returned(row) for row in back)]


def _open_proposals(user: User, role: Role, at: datetime) -> QuerySet[Approval]:
    assigned = Assignment.objects.filter(user=user, role=role).values("tender")
    still_open = Stage.objects.filter(phase=StagePhase.ANNOUNCED, closes_at__gt=at)
    rows = Approval.objects.filter(
        what=AMENDMENT, approved_at=None, tender__in=assigned, tender__unit__in=people.units_with_role(user, role, at=at)
    )
    named = rows.select_related("tender", "proposed_by", "returned_by").order_by("proposed_at")
    return named.filter(tender__in=still_open.values("tender"))


def _with_deadline(proposals: QuerySet[Approval]) -> Iterator[tuple[Approval, datetime]]:
    """Each with the deadline of the stage that takes submissions."""
    stages = Stage.objects.filter(tender=OuterRef("tender"), phase=StagePhase.ANNOUNCED).order_by("no")
    for row in proposals.annotate(closes_at=Subquery(stages.values("closes_at")[:1])):
        yield row, row.closes_at


def _to_approve(approval: Approval, due_at: datetime) -> Waiting:
    why = _("%(name)s asks for your approval. It must be announced before the deadline, or it comes too late.")
    return _waiting(approval, _("Approve an amendment"), why % {"name": approval.proposed_by.name}, _("Read and decide"), due_at=due_at)


def _returned(approval: Approval) -> Waiting:
    """Nothing has to be done: the announcement stands as it did."""
    name = approval.returned_by.name if approval.returned_by else ""
    why = _("%(name)s sent it back: %(reason)s") % {"name": name, "reason": approval.return_reason}
    return _waiting(approval, _("The amendment was sent back"), why, _("Write it anew"), only_to_know=True)


def _waiting(
    approval: Approval, title: str, why: str, button: str, *, due_at: datetime | None = None, only_to_know: bool = False
) -> Waiting:
    tender = approval.tender
    return Waiting(
        title=title,
        case=f"{tender.name} · {tender.reference}",
        case_url=reverse("insight:tender", args=[tender.reference]),
        why=why,
        button=button,
        url=reverse("tenders:amend", args=[tender.reference]),
        due_at=due_at,
        only_to_know=only_to_know,
    )


def facts_for(tender: Tender, user: object, *, at: datetime) -> CaseFacts:
    """The page of the amendments, for everybody, once there is one."""
    if tender.announced_at is None or not last_no(tender):
        return CaseFacts()
    return CaseFacts(links=[CaseLink("amendments", _("Amendments"), reverse("tenders:amendments", args=[tender.reference]))])
