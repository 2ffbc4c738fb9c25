"""What the panel's desk tells the window: which stages wait to be opened, and which of its pages a person may see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts import wording
from accounts.models import User
from accounts.work import CaseFacts, CaseLink, Waiting
from evaluation.models import OpeningPress
from evaluation.queries.opening import OPENERS, PRESS_COUNTS_FOR, opened_stage_of, stage_of_opening
from tenders.handed_in import worded
from tenders.models import Assignment, Stage, Tender
from tenders.phases import StagePhase
from tenders.queries.visibility import sees_preparing


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """Stages the person opens together with somebody else, from the announcement on. Earliest deadline first."""
    stages = list(_stages_to_open(user, at))
    if not stages:
        return []
    pressed = _presses_by_stage(stages, at)
    others = _others_by_tender(user, stages)
    return list(_waiting(user, stages, pressed, others, at))


def _stages_to_open(user: User, at: datetime) -> QuerySet[Stage]:
    mine = Q(pk__in=[])
    for role in OPENERS:
        assigned = Assignment.objects.filter(user=user, role=role).values("tender")
        mine |= Q(tender__in=assigned, tender__unit__in=people.units_with_role(user, role, at=at))
    sealed = Stage.objects.filter(mine, phase=StagePhase.ANNOUNCED, closes_at__isnull=False)
    return sealed.select_related("tender").order_by("closes_at", "pk")


def _presses_by_stage(stages: Iterable[Stage], at: datetime) -> dict[UUID, list[OpeningPress]]:
    standing = OpeningPress.objects.filter(stage__in=stages, lapsed_at=None, pressed_at__gt=at - PRESS_COUNTS_FOR)
    pressed: dict[UUID, list[OpeningPress]] = defaultdict(list)
    for press in standing.select_related("pressed_by").order_by("pressed_at"):
        pressed[press.stage_id].append(press)
    return pressed


def _others_by_tender(user: User, stages: Iterable[Stage]) -> dict[UUID, list[tuple[str, str]]]:
    """Role and name of those who can open, without the person."""
    tenders = {stage.tender_id for stage in stages}
    rows = Assignment.objects.filter(tender__in=tenders, role__in=OPENERS).select_related("user").order_by("user__name")
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    own: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        if row.user_id == user.pk:
            own[row.tender_id].add(row.role)
        else:
            found[row.tender_id].append((row.role, row.user.name))
    # Whoever has one of the two roles opens with those who have the other one
    return {tender: [(role, name) for role, name in others if own[tender] != {role}] for tender, others in found.items()}


def _waiting(
    user: User, stages: list[Stage], pressed: dict[UUID, list[OpeningPress]], others: dict[UUID, list[tuple[str, str]]], at: datetime
) -> Iterator[Waiting]:
    for stage in stages:
        presses = pressed.get(stage.pk, [])
        if stage.closes_at is None or any(press.pressed_by_id == user.pk for press in presses):
            continue
        names = [press.pressed_by.name for press in presses] or [name for _role, name in others.get(stage.tender_id, [])]
        yield Waiting(
            title=open_together(stage.tender, names),
            case=f"{stage.tender.name} · {stage.tender.reference}",
            case_url=reverse("insight:tender", args=[stage.tender.reference]),
            why=_why(stage.closes_at, presses, at),
            button=worded(stage.tender, _("Open the sketches"), _("Open the offers")),
            url=reverse("evaluation:opening", args=[stage.tender.reference]),
            due_at=presses[0].pressed_at + PRESS_COUNTS_FOR if presses else stage.may_be_opened_from,
            open_from=stage.may_be_opened_from,
        )


def _why(closes_at: datetime, presses: list[OpeningPress], at: datetime) -> str:
    if not presses and closes_at <= at:
        return _("The deadline was %(deadline)s. Each of you opens from your own log-in.") % {"deadline": wording.deadline(closes_at)}
    if not presses:
        return _("The deadline is %(deadline)s. Each of you opens from your own log-in.") % {"deadline": wording.deadline(closes_at)}
    return _("%(name)s has said open. Do the same before %(until)s, or you both start again.") % {
        "name": presses[0].pressed_by.name,
        "until": wording.moment_seconds(presses[0].pressed_at + PRESS_COUNTS_FOR),
    }


def open_together(tender: Tender, names: list[str]) -> str:
    """«Åpne skissene sammen med Arne Lie»."""
    of_sketches, of_offers = _("Open the sketches together with one more person"), _("Open the offers together with one more person")
    if names:
        of_sketches, of_offers = _("Open the sketches together with %(names)s"), _("Open the offers together with %(names)s")
    text = worded(tender, of_sketches, of_offers)
    return text % {"names": either(names)} if names else text


def either(names: list[str]) -> str:
    """«Arne Lie», «Arne Lie eller Berit Dahl»."""
    *first, last = dict.fromkeys(names)
    return _("%(names)s or %(last)s") % {"names": ", ".join(first), "last": last} if first else last


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """The opening: for those who open and audit from the announcement on, for everybody once it is done. Then the sketches."""
    stage = stage_of_opening(tender)
    if stage is None:
        return CaseFacts()
    links, staff = [], sees_preparing(user, tender, at=at)
    opened = stage if not stage.sealed else opened_stage_of(tender)
    if staff or opened is not None:
        links.append(CaseLink("opening", _("Opening"), reverse("evaluation:opening", args=[tender.reference])))
    if staff and opened is not None:
        links.append(
            CaseLink("submissions", worded(tender, _("Sketches"), _("Offers")), reverse("evaluation:submissions", args=[tender.reference]))
        )
    return CaseFacts(links=links)
