"""Who is proposed, who is selected, and when nothing can be signed yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from accounts import journal
from accounts import queries as people
from accounts.models import Organisation, User
from accounts.roles import Role
from evaluation.models import Conflict, FormalCheck, ScoreSheet, Selection, SelectionItem, SelectionPlace
from evaluation.queries.panel import conflicts_of, has_declared, must_declare
from evaluation.queries.ranking import full_ranking
from evaluation.queries.submissions import opened_submissions
from evaluation.ranking import Ranked
from evaluation.standstill import Standstill
from letters import queries as mail_room
from letters.models import Letter
from suppliers.models import Submission
from tenders.models import Stage, Tender
from tenders.phases import StagePhase
from tenders.queries.visibility import is_auditor

SELECTION_LETTERS, ANNULMENT_LETTERS = "selection", "annulment"
# From here on the panel's work can be seen, and somebody can be proposed
AFTER_SCORING = (StagePhase.SCORED, StagePhase.PROPOSED, StagePhase.APPROVED, StagePhase.SETTLED, StagePhase.UNSELECTED)


def sees_selection(user: User | AnonymousUser, stage: Stage, *, at: datetime) -> bool:
    """Auditors, and those who prepare, judge and decide once they have declared; nobody else before the letters are out."""
    if not isinstance(user, User) or stage.sealed:
        return False
    if is_auditor(user, stage.tender, at=at):
        return True
    return must_declare(user, stage.tender, at=at) and has_declared(user, stage)


def sees_proposal(user: User, stage: Stage, *, at: datetime) -> bool:
    """Who is proposed, and why. Somebody with a tie would learn what the sketch they may not see came to: they wait for the letters."""
    if not sees_selection(user, stage, at=at):
        return False
    return decision_released(stage) or not conflicts_of(user, stage).exists()


def waiting_selection(stage: Stage) -> QuerySet[Selection]:
    """The proposal that waits for approval: one row or none."""
    waiting = Selection.objects.filter(stage=stage, approved_at=None, returned_at=None)
    return waiting.select_related("stage__tender", "batch", "proposed_by")


def standing_selections(stage: Stage) -> QuerySet[Selection]:
    """Approved and not annulled, the newest first: the first one, and those that filled places which became free."""
    standing = Selection.objects.filter(stage=stage, approved_at__isnull=False, annulled_at=None)
    return standing.select_related("stage__tender", "batch", "proposed_by", "approved_by").order_by("-approved_at")


def current_selection(stage: Stage) -> Selection | None:
    """The proposal that waits; when none does, the newest that was approved and not annulled."""
    return waiting_selection(stage).first() or standing_selections(stage).first()


def last_return(stage: Stage) -> Selection | None:
    """The last proposal, when it was sent back and nothing has been proposed or approved since."""
    last = Selection.objects.filter(stage=stage).select_related("returned_by").order_by("-proposed_at").first()
    return last if last and last.returned_at else None


def annulled_selections(stage: Stage) -> QuerySet[Selection]:
    return Selection.objects.filter(stage=stage, annulled_at__isnull=False).select_related("annulled_by").order_by("-annulled_at")


def selected(stage: Stage) -> list[SelectionItem]:
    """Those in the places now, the best first."""
    items = SelectionItem.objects.filter(place__stage=stage).order_by("rank", "pk")
    return list(items.select_related("submission__organisation__supplier", "selection", "place"))


def items_of(selection: Selection) -> list[SelectionItem]:
    items = SelectionItem.objects.filter(selection=selection).order_by("rank", "pk")
    return list(items.select_related("submission__organisation__supplier"))


def free_places(stage: Stage) -> QuerySet[SelectionPlace]:
    return SelectionPlace.objects.filter(stage=stage, item=None).order_by("no")


def place_of(organisation: Organisation, stage: Stage) -> SelectionPlace | None:
    """The place the organisation holds in the stage."""
    held = SelectionPlace.objects.filter(stage=stage, item__submission__organisation=organisation)
    return held.select_related("item__submission__organisation", "item__selection").first()


def withdrawn_after_selection(stage: Stage) -> set[UUID]:
    """Submissions whose supplier gave a place up: never selected again. An annulled decision takes nobody out."""
    given_up = Q(selection__annulled_at=None) | Q(vacated_at__lt=F("selection__annulled_at"))
    items = SelectionItem.objects.filter(given_up, submission__stage=stage, vacated_at__isnull=False)
    return set(items.values_list("submission", flat=True))


def candidates(stage: Stage) -> list[Ranked]:
    """Those who can be proposed now, in the order of the ranking: admitted, not withdrawn, and not in a place."""
    out = withdrawn_after_selection(stage) | {item.submission_id for item in selected(stage)}
    return [row for row in full_ranking(stage) if row.submission_id not in out]


def still_blind(stage: Stage) -> bool:
    """Whether names are kept from the panel: until a selection has been approved. One that was annulled has been approved."""
    return stage.blind and not Selection.objects.filter(stage=stage, approved_at__isnull=False).exists()


def answered_organisations(stage: Stage) -> set[UUID]:
    """Organisations whose letter in this stage is approved and stands."""
    batches = standing_selections(stage).exclude(batch=None).values("batch")
    return set(Letter.objects.filter(batch__in=batches).values_list("organisation", flat=True))


def letters_of(selection: Selection) -> QuerySet[Letter]:
    """The letters of a selection, in the order of the names of those who get them."""
    return Letter.objects.filter(batch=selection.batch_id).select_related("organisation").order_by("organisation__name", "pk")


def letter_by_key(letter_id: UUID) -> Letter:
    return Letter.objects.select_related("batch", "organisation").get(pk=letter_id)


def letters_without_grounds(selection: Selection) -> int:
    return letters_of(selection).filter(facts__grounds="").count()


def has_tie(user: User, tender: Tender) -> bool:
    """Whether the person has a tie to anything that was handed in, in any stage."""
    return tied_tenders(user).filter(submission__stage__tender=tender).exists()


def tied_tenders(user: User) -> QuerySet[Conflict, Any]:
    """The tenders in which the person has a tie to something that was handed in, as a subquery."""
    return Conflict.objects.filter(declaration__user=user).values("submission__stage__tender")


def tender_letters(tender: Tender) -> QuerySet[Letter]:
    """Every letter with a file of its own in the tender, whichever act it belongs to; the newest act first."""
    ours = Letter.objects.filter(batch__stream=journal.stream_of(tender), wants_pdf=True)
    return ours.select_related("batch", "organisation").order_by("-batch__created_at", "organisation__name", "pk")


def standstill_of(stage: Stage) -> Standstill | None:
    """Counted from the moment the last letters about who is selected were released; None while some are not."""
    rows = standing_selections(stage).filter(batch__isnull=False).values_list("batch__released_at", flat=True)
    released = list(rows)
    if not released or None in released:
        return None
    last = max(moment for moment in released if moment is not None)
    return Standstill.counted_from(last, stage.standstill_days)


def decision_released(stage: Stage) -> bool:
    """Whether everybody has their answer, and it stands."""
    return standstill_of(stage) is not None


@dataclass(frozen=True)
class Result:
    """One of the selected, as everybody may know it."""

    stage_no: int
    stage_name: str
    name: str
    ground: str


def public_results(tender: Tender) -> list[Result]:
    """The selected of every stage whose letters are out, with what was best about them; nobody else is ever named."""
    found: list[Result] = []
    for stage in Stage.objects.filter(tender=tender, opened_at__isnull=False).order_by("no"):
        stage.tender = tender
        if decision_released(stage):
            found += [Result(stage.no, stage.name, item.submission.organisation.name, item.ground) for item in selected(stage)]
    return found


def rejections(stage: Stage) -> dict[UUID, FormalCheck]:
    """Checks that rejected, by submission."""
    checks = FormalCheck.objects.filter(submission__stage=stage, admitted=False)
    return {check.submission_id: check for check in checks}


def feedback_in(stage: Stage) -> dict[UUID, list[str]]:
    """What the evaluators wrote to each supplier on sheets that count, in an order that says nothing of who wrote it."""
    sheets = ScoreSheet.objects.filter(submission__stage=stage, locked_at__isnull=False, voided_at=None).exclude(feedback="")
    found: dict[UUID, list[str]] = {}
    for submission, feedback in sheets.order_by("pk").values_list("submission", "feedback"):
        found.setdefault(submission, []).append(feedback.strip())
    return found


def own_decision_letters(user: User, tender: Tender) -> QuerySet[Letter]:
    """Released answers to the organisations the person acts for, the newest first. An annulled answer is kept and shown as such."""
    own = mail_room.own_letters(user).filter(batch__stream=journal.stream_of(tender), batch__kind=SELECTION_LETTERS)
    return own.select_related("batch", "organisation", "file")


def selection_of(letter: Letter) -> Selection | None:
    return Selection.objects.filter(batch=letter.batch_id).select_related("stage__tender", "annulled_by").first()


def submission_of_letter(letter: Letter) -> Submission | None:
    """What the letter answers; None for a letter that answers none."""
    selection = selection_of(letter)
    if selection is None or letter.organisation_id is None:
        return None
    return opened_submissions(selection.stage).filter(organisation=letter.organisation_id).first()


def approvers_to_ask(stage: Stage, *, at: datetime) -> list[User]:
    """Approvers of the tender who still hold the role."""
    asked = User.objects.filter(assignments__tender=stage.tender, assignments__role=Role.APPROVER, is_active=True).order_by("name")
    holders = set(people.people_with_role(Role.APPROVER, stage.tender.unit, at=at).values_list("pk", flat=True))
    return [user for user in asked if user.pk in holders]
