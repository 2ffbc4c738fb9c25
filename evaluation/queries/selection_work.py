"""What the window is told of the selection: who proposes, writes, approves and mends, who has an answer; and the pages of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import journal, wording
from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from accounts.work import CaseFacts, CaseLink, Waiting
from evaluation.addresses import stage_address
from evaluation.models import Selection
from evaluation.queries import selection as queries
from evaluation.queries.opening import opened_stage_of
from evaluation.standstill import Standstill
from letters import queries as mail_room
from letters.models import Letter
from tenders.models import Assignment, Stage, Tender
from tenders.phases import StagePhase
from tenders.queries.visibility import sees_preparing


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """What the person does about a selection, and the answers they have got. The number of statements does not grow with the cases."""
    return [*_to_propose(user, at), *_proposed(user, at), *_letters_in_trouble(user, at), *_answers(user, at)]


def _mine(user: User, role: Role, at: datetime) -> QuerySet[Stage]:
    assigned = Assignment.objects.filter(user=user, role=role).values("tender")
    stages = Stage.objects.filter(tender__in=assigned, tender__unit__in=people.units_with_role(user, role, at=at))
    return stages.select_related("tender").order_by("answer_by", "pk")


def _to_propose(user: User, at: datetime) -> Iterator[Waiting]:
    standing = Selection.objects.filter(stage=OuterRef("pk"), approved_at__isnull=False, annulled_at=None)
    for stage in _mine(user, Role.CHAIR, at).filter(phase=StagePhase.SCORED).annotate(freed=Exists(standing)):
        why = _("A place that was given up is free.") if stage.freed else _("The scoring is closed.")
        yield _row(stage, _("Propose who is selected"), why, _("Propose"), "selection")


def _proposed(user: User, at: datetime) -> Iterator[Waiting]:
    # Those with a tie find no letters
    letters = _mine(user, Role.OFFICER, at).exclude(tender__in=queries.tied_tenders(user))
    officer, approver = (set(rows.values_list("pk", flat=True)) for rows in (letters, _mine(user, Role.APPROVER, at)))
    waiting = Selection.objects.filter(stage__in=officer | approver, approved_at=None, returned_at=None)
    selections = list(waiting.select_related("stage__tender", "proposed_by").order_by("proposed_at"))
    unwritten = _unwritten(selections)
    for selection in selections:
        stage, (lacks, gathered) = selection.stage, unwritten[selection.pk]
        why = _("%(name)s proposed it %(when)s.") % {"name": selection.proposed_by.name, "when": wording.moment(selection.proposed_at)}
        if lacks and stage.pk in officer:
            title = ngettext("Write the grounds in one letter", "Write the grounds in %(number)d letters", lacks) % {"number": lacks}
            yield _row(stage, title, why, _("See the letters"), "letters")
        elif gathered and stage.pk in officer:
            title = ngettext("Go through the grounds in one letter", "Go through the grounds in %(number)d letters", gathered)
            gather = _("They are gathered from the score sheets. You can mend them until somebody has approved.")
            yield _row(stage, title % {"number": gathered}, gather, _("See the letters"), "letters")
        elif stage.pk in officer:
            title = _("Read through the letters before they are approved")
            yield _row(stage, title, why, _("See the letters"), "letters", only_to_know=True)
        if not lacks and stage.pk in approver and selection.proposed_by_id != user.pk:
            yield _row(stage, _("Approve the selection"), why, _("Read and decide"), "selection")


def _unwritten(selections: list[Selection]) -> dict[UUID, tuple[int, int]]:
    """By selection: letters without grounds, and letters whose grounds nobody has gone through since they were gathered."""
    batches = {selection.batch_id: selection.pk for selection in selections if selection.batch_id}
    lacking, gathered = Counter[UUID](), Counter[UUID]()
    letters = Letter.objects.filter(batch__in=list(batches), facts__has_key="grounds")
    for batch, grounds, as_gathered in letters.values_list("batch", "facts__grounds", "facts__gathered"):
        lacking[batches[batch]] += not grounds
        gathered[batches[batch]] += bool(as_gathered)
    return {selection.pk: (lacking[selection.pk], gathered[selection.pk]) for selection in selections}


def _letters_in_trouble(user: User, at: datetime) -> Iterator[Waiting]:
    stuck = mail_room.stuck_letters().filter(wants_pdf=True).values_list("batch__stream", flat=True)
    counted = Counter(stuck)
    if not counted:
        return
    for tender in Tender.objects.filter(pk__in=_mine(user, Role.OFFICER, at).values("tender")).order_by("reference"):
        if number := counted[journal.stream_of(tender)]:
            title = ngettext("See to one letter", "See to %(number)d letters", number) % {"number": number}
            why = _("It could not be made, or nobody knows whether the e-mail was sent.")
            yield _waiting(tender, title, why, _("See the letters"), reverse("evaluation:letters", args=[tender.reference]))


def _answers(user: User, at: datetime) -> Iterator[Waiting]:
    """Answers whose time for complaints is not over."""
    letters = mail_room.own_letters(user).filter(batch__kind=queries.SELECTION_LETTERS).defer("body")
    selections = Selection.objects.filter(batch__in=letters.order_by().values("batch"), annulled_at=None).select_related("stage__tender")
    by_batch = {selection.batch_id: selection for selection in selections}
    for letter in letters:
        selection = by_batch.get(letter.batch_id)
        if selection is None or letter.released_at is None:
            continue
        standstill = Standstill.counted_from(letter.released_at, selection.stage.standstill_days)
        if not standstill.over(at):
            why = _("You can complain up to and including %(day)s.") % {"day": wording.day(standstill.last_day)}
            yield _row(selection.stage, _("You have an answer"), why, _("Read the answer"), "decision", only_to_know=True)


def _row(stage: Stage, title: str, why: str, button: str, page: str, *, only_to_know: bool = False) -> Waiting:
    url = stage_address(page, stage)
    return _waiting(stage.tender, title, why, button, url, only_to_know=only_to_know)


def _waiting(tender: Tender, title: str, why: str, button: str, url: str, *, only_to_know: bool = False) -> Waiting:
    return Waiting(
        title=title,
        case=f"{tender.name} · {tender.reference}",
        case_url=reverse("insight:tender", args=[tender.reference]),
        why=why,
        button=button,
        url=url,
        only_to_know=only_to_know,
    )


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """Selection and letters for those who work on it, the answer for those who got it; to all others nothing."""
    if not isinstance(user, User):
        return CaseFacts()
    links, stage = [], opened_stage_of(tender)
    ranked = stage is not None and stage.phase in queries.AFTER_SCORING
    if ranked and stage is not None and queries.sees_selection(user, stage, at=at):
        links.append(CaseLink("selection", _("Selection"), reverse("evaluation:selection", args=[tender.reference])))
    if stage is not None and _has_letters(tender, user, at=at):
        links.append(CaseLink("letters", _("Letters"), reverse("evaluation:letters", args=[tender.reference])))
    if queries.own_decision_letters(user, tender).exists():
        links.append(CaseLink("decision", _("Answer"), reverse("evaluation:decision", args=[tender.reference])))
    return CaseFacts(links=links)


def _has_letters(tender: Tender, user: User, *, at: datetime) -> bool:
    if not sees_preparing(user, tender, at=at) or queries.has_tie(user, tender):
        return False
    return queries.tender_letters(tender).exists()
