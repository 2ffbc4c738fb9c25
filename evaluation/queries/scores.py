"""Score sheets: one's own while points are given; everybody's when the chair has closed the scoring."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from evaluation.code_names import number_of
from evaluation.models import Conflict, PanelSeat, Score, ScoreSheet, SheetUnlock
from evaluation.queries.panel import SCORERS, admitted_submissions, seats_of, submissions_for_panel, superior_has_conflict
from evaluation.queries.ranking import is_ranked, judged_submissions
from evaluation.queries.submissions import unchecked_in
from suppliers.models import Submission
from tenders.models import Criterion, Stage, Tender

SHEETS = "scores:"


def sheets_stream(stage: Stage) -> str:
    """The chain of what happens to the sheets of a stage. Not the tender's own, which is read by people with ties: it would count."""
    return f"{SHEETS}{stage.pk}"


def criteria_of(stage: Stage) -> list[Criterion]:
    """What the panel gives points on: those with described levels, in the order of the announcement. Price is none of them."""
    by_levels = Criterion.objects.filter(stage=stage, kind=Criterion.Kind.LEVELS)
    return list(by_levels.prefetch_related("levels").order_by("no"))


def every_criterion(stage: Stage) -> list[Criterion]:
    """With the price, where it counts: what the ranking is made of."""
    return list(Criterion.objects.filter(stage=stage).order_by("no"))


def with_number(submissions: QuerySet[Submission], number: int) -> Submission | None:
    """The one whose code name begins with the number."""
    return submissions.filter(code_name__startswith=f"{number} ").first()


def in_own_order(names: Iterable[str], user: User, stage: Stage) -> list[str]:
    """Code names in an order that is each person's own in each stage, and always the same: nobody's sketch comes last for all."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{user.pk}:{stage.pk}:{number_of(name)}".encode()).digest())


def names_to_score(user: User, stage: Stage, *, at: datetime) -> dict[UUID, str]:
    """Code name by key of what the person judges, in their own order."""
    rows = submissions_for_panel(user, stage, at=at).select_related(None).prefetch_related(None)
    found = {name: key for key, name in rows.values_list("pk", "code_name")}
    return {found[name]: name for name in in_own_order(found, user, stage)}


def own_sheets(user: User, stage: Stage) -> dict[UUID, ScoreSheet]:
    """The person's sheets that count, by submission."""
    sheets = ScoreSheet.objects.filter(submission__stage=stage, evaluator=user, voided_at=None)
    return {sheet.submission_id: sheet for sheet in sheets.select_related("submission")}


def own_sheet(user: User, submission: Submission) -> ScoreSheet | None:
    return ScoreSheet.objects.filter(submission=submission, evaluator=user, voided_at=None).first()


def to_fill(user: User, stage: Stage, number: int) -> tuple[Submission | None, ScoreSheet | None]:
    """The admitted sketch with that code number and the person's sheet for it, where there is one. Who may fill it is asked elsewhere."""
    submission = with_number(admitted_submissions(stage).select_related(None).prefetch_related(None), number)
    return submission, own_sheet(user, submission) if submission else None


def scores_on(sheet: ScoreSheet) -> dict[int, Score]:
    """By the number of the criterion."""
    return {score.criterion.no: score for score in Score.objects.filter(sheet=sheet).select_related("criterion").order_by("criterion__no")}


def sheets_on(submission: Submission, stage: Stage) -> QuerySet[ScoreSheet]:
    """Every sheet that counts, with points and what was unlocked; none before the chair has closed the scoring."""
    if not is_ranked(stage):
        return ScoreSheet.objects.none()
    sheets = ScoreSheet.objects.filter(submission=submission, voided_at=None, locked_at__isnull=False).select_related("evaluator")
    return sheets.prefetch_related("scores__criterion", "unlocks__asked_by", "unlocks__granted_by").order_by("evaluator__name", "pk")


def sheet_by_key(sheet_id: UUID) -> ScoreSheet:
    return ScoreSheet.objects.select_related("submission__stage__tender", "evaluator").get(pk=sheet_id)


def waiting_unlock_of(sheet: ScoreSheet) -> SheetUnlock | None:
    return SheetUnlock.objects.filter(sheet=sheet, granted_at=None).first()


def scorers_of(stage: Stage, *, at: datetime) -> list[User]:
    """Chair and evaluators who sit in the panel now and still hold the role; the chair first."""
    held = {role: set(people.people_with_role(role, stage.tender.unit, at=at).values_list("pk", flat=True)) for role in SCORERS}
    return [seat.user for seat in seats_of(stage.tender) if seat.role in SCORERS and seat.user_id in held[Role(seat.role)]]


def granting_role(sheet: ScoreSheet, chairs: Iterable[User], ties: Set[tuple[UUID, UUID]]) -> Role:
    """Who lets a sheet be changed: the chair; the approver for the chair's own, and where the chair may not know of it.

    `ties` are pairs of person and submission.
    """
    free = [chair for chair in chairs if not is_tied(chair, sheet.submission_id, ties)]
    return Role.CHAIR if free and sheet.evaluator_id not in {chair.pk for chair in chairs} else Role.APPROVER


def is_tied(user: User, submission: UUID, ties: Set[tuple[UUID, UUID]]) -> bool:
    """Whether the person, or their leader, has a tie to it."""
    return (user.pk, submission) in ties or (user.reports_to_id is not None and (user.reports_to_id, submission) in ties)


def chairs_of(tenders: Iterable[Tender]) -> dict[UUID, list[User]]:
    chairs: dict[UUID, list[User]] = defaultdict(list)
    for seat in PanelSeat.objects.filter(tender__in=tenders, ended_at=None, role=Role.CHAIR).select_related("user"):
        chairs[seat.tender_id].append(seat.user)
    return chairs


def ties_to(submissions: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Person and submission, of everybody's ties to those."""
    return set(Conflict.objects.filter(submission__in=list(submissions)).values_list("declaration__user", "submission"))


def may_decide_on(user: User, submission: Submission, stage: Stage, *, at: datetime) -> bool:
    """Whether the person has declared, and neither they nor their leader has a tie to this one."""
    there = judged_submissions(user, stage, at=at).filter(pk=submission.pk).exists()
    return there and not superior_has_conflict(user, submission)


def unlocks_waiting_for(user: User, roles: Mapping[UUID, Set[str]], stages: Iterable[Stage]) -> list[SheetUnlock]:
    """What the person can answer now in stages where they have declared, the oldest first. `roles`: theirs, by tender."""
    asked = SheetUnlock.objects.filter(sheet__submission__stage__in=list(stages), granted_at=None, sheet__voided_at=None)
    rows = list(asked.exclude(asked_by=user).select_related("sheet__submission__stage__tender", "sheet__evaluator").order_by("asked_at"))
    if not rows:
        return []
    chairs = chairs_of({row.sheet.submission.stage.tender for row in rows})
    ties = ties_to(row.sheet.submission_id for row in rows)
    return [
        row
        for row in rows
        if granting_role(row.sheet, chairs[row.sheet.submission.stage.tender_id], ties) in roles[row.sheet.submission.stage.tender_id]
        and not is_tied(user, row.sheet.submission_id, ties)
    ]


def unlock_is_in(stage: Stage, unlock_id: UUID) -> bool:
    return SheetUnlock.objects.filter(pk=unlock_id, sheet__submission__stage=stage).exists()


@dataclass(frozen=True)
class HowFar:
    """How many of the sheets that one person is to lock are locked."""

    person: User
    locked: int
    total: int

    @property
    def left(self) -> int:
        return self.total - self.locked


@dataclass(frozen=True)
class Scoring:
    """What stands between a stage and its ranking, as one person may know it."""

    unchecked: int
    admitted: int
    people: list[HowFar]
    # Code names with fewer locked sheets than needed: two, or one where only one person has no tie
    too_few: list[str]

    @property
    def locked(self) -> int:
        return sum(person.locked for person in self.people)

    @property
    def missing(self) -> int:
        return sum(person.left for person in self.people)

    @property
    def done(self) -> bool:
        return not self.unchecked and bool(self.admitted) and not self.missing


def scoring_of(stage: Stage, submissions: QuerySet[Submission], *, at: datetime) -> Scoring:
    """Counted over those submissions only: a person's page says the same whatever happens with what they have a tie to."""
    names = dict(submissions.select_related(None).prefetch_related(None).values_list("pk", "code_name"))
    scorers = scorers_of(stage, at=at)
    ties = ties_to(names)
    locked = ScoreSheet.objects.filter(submission__in=names, locked_at__isnull=False, voided_at=None)
    sheets = set(locked.values_list("evaluator", "submission"))
    rows, judges = [], dict.fromkeys(names, 0)
    for person in scorers:
        own = [key for key in names if (person.pk, key) not in ties]
        rows.append(HowFar(person, sum((person.pk, key) in sheets for key in own), len(own)))
        for key in own:
            judges[key] += 1
    standing = dict.fromkeys(names, 0)
    for _evaluator, submission in sheets:
        standing[submission] += 1
    too_few = [names[key] for key in names if standing[key] < (1 if judges[key] == 1 else 2)]
    return Scoring(unchecked_in(stage), len(names), rows, sorted(too_few, key=number_of))


def whole_scoring(stage: Stage, *, at: datetime) -> Scoring:
    """Over everything that was admitted: what the closing is decided on."""
    return scoring_of(stage, admitted_submissions(stage), at=at)


def scoring_seen_by(user: User | AnonymousUser, stage: Stage, *, at: datetime) -> Scoring:
    return scoring_of(stage, judged_submissions(user, stage, at=at), at=at)
