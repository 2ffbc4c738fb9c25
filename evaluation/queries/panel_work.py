"""What the window is told of panel, impartiality and formal check: what waits for a person, and which pages they may open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from accounts.work import CaseFacts, CaseLink, Waiting
from evaluation.addresses import stage_address
from evaluation.models import Conflict, ImpartialityDeclaration, PanelSeat
from evaluation.queries.opening import opened_stage_of
from evaluation.queries.panel import PANEL
from evaluation.queries.panel_proposal import JUDGED, sees_panel
from evaluation.queries.submissions import stages_with_unchecked
from tenders.handed_in import worded
from tenders.models import Approval, Assignment, Stage, Tender
from tenders.phases import StagePhase, TenderPhase
from tenders.queries.visibility import PREPARERS

Roles = dict[UUID, set[str]]
# While something is still to be judged or decided in the stage
OPEN_MATTERS = JUDGED | {StagePhase.OPENED}


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """Panels to appoint and confirm, declarations to make, and sketches to check. The number of statements never grows."""
    roles = _roles_by_tender(user, at)
    if not roles:
        return []
    announced = Tender.objects.filter(pk__in=roles, phase=TenderPhase.ANNOUNCED).prefetch_related("stages").order_by("created_at")
    tenders = list(announced)
    stages = [_with(stage, tender) for tender in tenders for stage in tender.stages.all() if stage.opened_at is not None]
    declared = set(ImpartialityDeclaration.objects.filter(user=user, stage__in=stages).values_list("stage", flat=True))
    return [
        *_panels(user, tenders, roles),
        *_to_declare([stage for stage in stages if stage.phase in OPEN_MATTERS and stage.pk not in declared]),
        *_to_check(user, [stage for stage in stages if stage.pk in declared and Role.OFFICER in roles[stage.tender_id]]),
    ]


def _with(stage: Stage, tender: Tender) -> Stage:
    stage.tender = tender
    return stage


def _roles_by_tender(user: User, at: datetime) -> Roles:
    """Tender -> the roles in which the person prepares, judges or decides there, when the role is still held."""
    given = Assignment.objects.filter(user=user, role__in=[*PREPARERS, *PANEL]).values_list("role", "tender", "tender__unit")
    by_role: dict[str, list[tuple[UUID, UUID]]] = defaultdict(list)
    for role, tender, unit in given:
        by_role[role].append((tender, unit))
    roles: Roles = defaultdict(set)
    for role, rows in by_role.items():
        units = set(people.units_with_role(user, Role(role), at=at).values_list("pk", flat=True))
        for tender, unit in rows:
            if unit in units:
                roles[tender].add(role)
    return roles


def _panels(user: User, tenders: list[Tender], roles: Roles) -> Iterator[Waiting]:
    mine = [tender for tender in tenders if roles[tender.pk] & set(PREPARERS)]
    seated = set(PanelSeat.objects.filter(tender__in=mine, ended_at=None).values_list("tender", flat=True))
    proposals = Approval.objects.filter(tender__in=mine, what=Approval.What.PANEL).select_related("proposed_by", "returned_by")
    last = {proposal.tender_id: proposal for proposal in proposals.order_by("proposed_at")}
    for tender in mine:
        if any(stage.phase in JUDGED for stage in tender.stages.all()):
            continue
        proposal = last.get(tender.pk)
        waits = proposal is not None and proposal.approved_at is None and proposal.returned_at is None
        if proposal is not None and waits and Role.APPROVER in roles[tender.pk] and proposal.proposed_by_id != user.pk:
            why = _("%(name)s has proposed who shall judge. Two people must see it.") % {"name": proposal.proposed_by.name}
            yield _waiting(tender, _("Confirm the panel"), why, _("Look and decide"), _address("panel", tender), due_at=_deadline(tender))
        elif not waits and Role.OFFICER in roles[tender.pk] and (tender.pk not in seated or _returned(proposal)):
            yield _waiting(tender, *_to_appoint(proposal, user), _address("panel", tender), due_at=_deadline(tender))


def _returned(proposal: Approval | None) -> bool:
    return proposal is not None and proposal.returned_at is not None


def _to_appoint(proposal: Approval | None, user: User) -> tuple[str, str, str]:
    """Title, why and button."""
    if proposal is None or proposal.returned_by is None:
        return _("Appoint the panel"), _("Those who shall judge must be in place when the stage is opened."), _("Appoint")
    text = _("You took the panel back: %(reason)s") if proposal.returned_by_id == user.pk else _("%(name)s sent the panel back: %(reason)s")
    return _("Propose another panel"), text % {"name": proposal.returned_by.name, "reason": proposal.return_reason}, _("Go on")


def _deadline(tender: Tender) -> datetime | None:
    """Of the stage that is sealed now."""
    return next((stage.closes_at for stage in tender.stages.all() if stage.sealed and stage.closes_at), None)


def _to_declare(stages: Iterable[Stage]) -> Iterator[Waiting]:
    for stage in stages:
        why = _("The stage is opened. Look through the names before you see what they have written.")
        yield _waiting(
            stage.tender, _("Declare whether you have a tie to anybody"), why, _("Declare"), stage_address("declarations", stage)
        )


def _to_check(user: User, stages: list[Stage]) -> Iterator[Waiting]:
    """What somebody else must check, because of a tie of the person's or their leader's, is left out."""
    to_check = [stage for stage in stages if stage.phase == StagePhase.OPENED]
    if not to_check:
        return
    tied = [user.pk, user.reports_to_id or user.pk]
    hidden = Conflict.objects.filter(declaration__stage__in=to_check, declaration__user__in=tied).values("submission")
    waiting = stages_with_unchecked(to_check, hidden)
    for stage in to_check:
        if stage.pk in waiting:
            why = _("The panel can begin on what you have let in.")
            title = worded(stage.tender, _("Do the formal check of the sketches"), _("Do the formal check of the offers"))
            yield _waiting(stage.tender, title, why, _("Check"), stage_address("submissions", stage))


def _waiting(tender: Tender, title: str, why: str, button: str, url: str, *, due_at: datetime | None = None) -> Waiting:
    case = f"{tender.name} · {tender.reference}"
    return Waiting(title, case, reverse("insight:tender", args=[tender.reference]), why, button, url, due_at=due_at)


def _address(name: str, tender: Tender) -> str:
    return reverse(f"evaluation:{name}", args=[tender.reference])


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """Panel and impartiality, for those who work with the tender and audit it, from the announcement on."""
    if tender.announced_at is None or not isinstance(user, User) or not sees_panel(user, tender, at=at):
        return CaseFacts()
    links = [CaseLink("panel", _("Panel"), _address("panel", tender))]
    if opened_stage_of(tender) is not None:
        links.append(CaseLink("declarations", _("Impartiality"), _address("declarations", tender)))
    return CaseFacts(links=links)
