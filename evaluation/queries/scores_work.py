"""What the scores tell the window: sheets to fill, sheets to open again, a scoring to close; and the links to its pages."""

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import queries as people
from accounts.models import User
from accounts.number_words import number_word
from accounts.roles import Role
from accounts.work import CaseFacts, CaseLink, Waiting
from evaluation.models import Conflict, FormalCheck, PanelSeat, ScoreSheet
from evaluation.queries.opening import opened_stage_of
from evaluation.queries.panel import SCORERS, panel_roles
from evaluation.queries.ranking import is_ranked
from evaluation.queries.scores import unlocks_waiting_for
from evaluation.queries.submissions import stages_with_unchecked
from tenders.handed_in import worded
from tenders.models import Assignment, Stage, Tender
from tenders.phases import StagePhase
from tenders.queries.visibility import sees_preparing


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """In stages that are opened and not closed: one's own sheets, then what others wait for. The number of statements never grows."""
    roles = _roles_by_tender(user, at)
    opened = Stage.objects.filter(tender__in=roles, phase=StagePhase.OPENED).select_related("tender").order_by("opened_at", "pk")
    stages = list(opened.filter(declarations__user=user)) if roles else []
    if not stages:
        return []
    panels = _panels(stages)
    waiting = [row for stage in stages for row in _own(user, stage, roles[stage.tender_id], panels[stage.pk])]
    for unlock in unlocks_waiting_for(user, roles, stages):
        title = _("Let %(name)s change a locked sheet") % {"name": unlock.sheet.evaluator.name}
        waiting.append(_waiting(unlock.sheet.submission.stage, title, unlock.reason, _("Read why")))
    return waiting


def _roles_by_tender(user: User, at: datetime) -> dict[UUID, set[str]]:
    """Tender -> chair, evaluator, approver: what the person is there, when the role is still held."""
    roles: dict[UUID, set[str]] = defaultdict(set)
    for role in (*SCORERS, Role.APPROVER):
        held = people.units_with_role(user, role, at=at)
        given = Assignment.objects.filter(user=user, role=role, tender__unit__in=held)
        for tender in given.values_list("tender", flat=True):
            roles[tender].add(role)
    return roles


@dataclass
class _Panel:
    """What one stage's sheets are counted from: keys of people and submissions."""

    scorers: list[UUID]
    admitted: set[UUID] = field(default_factory=set)
    ties: set[tuple[UUID, UUID]] = field(default_factory=set)
    locked: set[tuple[UUID, UUID]] = field(default_factory=set)
    unchecked: bool = False

    def left(self, person: UUID) -> set[UUID]:
        return {key for key in self.admitted if (person, key) not in self.ties and (person, key) not in self.locked}

    @property
    def done(self) -> bool:
        return bool(self.admitted) and not self.unchecked and not any(self.left(person) for person in self.scorers)

    def closed_to(self, user: User) -> bool:
        """Whether the person or their leader has a tie to anybody in the stage."""
        return bool({person for person, _key in self.ties} & {user.pk, user.reports_to_id})


def _panels(stages: list[Stage]) -> dict[UUID, _Panel]:
    seats: dict[UUID, list[UUID]] = defaultdict(list)
    rows = PanelSeat.objects.filter(tender__in={stage.tender_id for stage in stages}, ended_at=None, role__in=SCORERS)
    for tender, person in rows.values_list("tender", "user"):
        seats[tender].append(person)
    panels = {stage.pk: _Panel(seats[stage.tender_id]) for stage in stages}
    for unchecked in stages_with_unchecked(stages, FormalCheck.objects.none().values("submission")):
        panels[unchecked].unchecked = True
    checks = FormalCheck.objects.filter(submission__stage__in=stages, admitted=True)
    for place, key in checks.values_list("submission__stage", "submission"):
        panels[place].admitted.add(key)
    ties = Conflict.objects.filter(submission__stage__in=stages)
    for place, person, key in ties.values_list("submission__stage", "declaration__user", "submission"):
        panels[place].ties.add((person, key))
    sheets = ScoreSheet.objects.filter(submission__stage__in=stages, locked_at__isnull=False, voided_at=None)
    for place, person, key in sheets.values_list("submission__stage", "evaluator", "submission"):
        panels[place].locked.add((person, key))
    return panels


def _own(user: User, stage: Stage, roles: Set[str], panel: _Panel) -> Iterator[Waiting]:
    left = panel.left(user.pk)
    if left and roles & set(SCORERS):
        begun = any(person == user.pk for person, _key in panel.locked)
        yield _sheets_left(stage, len(left), begun=begun)
    elif Role.CHAIR in roles and panel.done and not panel.closed_to(user):
        yield _waiting(stage, _("Close the scoring"), _("Every sheet is locked. The ranking is made when you close."), _("Close it"))


def _sheets_left(stage: Stage, left: int, *, begun: bool) -> Waiting:
    text = worded(
        stage.tender,
        ngettext("Give points to one sketch", "Give points to %(number)s sketches", left),
        ngettext("Give points to one offer", "Give points to %(number)s offers", left),
    )
    title = text % {"number": number_word(left)}
    why = _("Nobody sees your points before the scoring is closed.")
    return _waiting(stage, title, why, _("Go on") if begun else _("Begin"))


def _waiting(stage: Stage, title: str, why: str, button: str) -> Waiting:
    tender = stage.tender
    case_url = reverse("insight:tender", args=[tender.reference])
    return Waiting(
        title, f"{tender.name} · {tender.reference}", case_url, why, button, reverse("evaluation:scores", args=[tender.reference])
    )


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """Points from the opening on and the ranking when the scoring is closed, for the panel, officer, approver and auditor."""
    stage = opened_stage_of(tender)
    if stage is None or not (sees_preparing(user, tender, at=at) or panel_roles(user, tender, at=at)):
        return CaseFacts()
    links = [CaseLink("scores", _("Points"), reverse("evaluation:scores", args=[tender.reference]))]
    if is_ranked(stage):
        links.append(CaseLink("ranking", _("Ranking"), reverse("evaluation:ranking", args=[tender.reference])))
    return CaseFacts(links=links)
