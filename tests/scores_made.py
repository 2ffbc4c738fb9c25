"""Score sheets of the tests, filled and locked by the real commands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from accounts.models import User
from accounts.roles import Role
from evaluation.code_names import number_of
from evaluation.commands.close_scoring import close_scoring
from evaluation.commands.lock_sheet import lock_sheet
from evaluation.commands.save_scores import save_scores
from evaluation.models import ScoreSheet
from evaluation.queries.scores import criteria_of, names_to_score, own_sheets
from evaluation.queries.submissions import opened_submissions
from suppliers.models import Submission
from tenders.commands.assign_person import assign_person
from tenders.models import Stage, Tender
from tests.panel_made import admitted, after_opening, all_declared, seated
from tests.stages_made import firm, handed_in, open_together

# code number -> a list for each scorer, with points for each criterion
Given = Mapping[int, Sequence[Sequence[int]]]

REASON = "Tydelig endring, og egne tall som peker riktig vei."
FEEDBACK = "Vi likte at noen møter opp den første morgenen."


def default_points(number: int, scorer: int, criteria: int) -> list[int]:
    """Points that differ by sketch, person and criterion, and are the same every time."""
    return [(3 * number + 2 * scorer + 5 * no) % 11 for no in range(criteria)]


def filled(stage: Stage, user: User, number: int, points: Sequence[int], at: datetime | None = None) -> int:
    """A sheet with points and a reason on every criterion, saved and not locked."""
    numbers = [criterion.no for criterion in criteria_of(stage)]
    saved = {number_of(sheet.submission.code_name): sheet.draft_no for sheet in own_sheets(user, stage).values()}
    return save_scores(
        stage_id=stage.pk,
        number=number,
        points={no: Decimal(given) for no, given in zip(numbers, points, strict=True)},
        comments=dict.fromkeys(numbers, REASON),
        feedback=FEEDBACK,
        draft_no=saved.get(number, 0),
        by=user,
        at=at or after_opening(stage, 60),
    )


def locked(stage: Stage, user: User, number: int, points: Sequence[int], at: datetime | None = None) -> ScoreSheet:
    filled(stage, user, number, points, at)
    return lock_sheet(stage_id=stage.pk, number=number, by=user, at=at or after_opening(stage, 61))


def scored(stage: Stage, scorers: Sequence[User], points: Given | None = None, at: datetime | None = None) -> None:
    """Every scorer has filled and locked a sheet for each sketch that is there for them."""
    criteria = len(criteria_of(stage))
    for place, user in enumerate(scorers):
        names = names_to_score(user, stage, at=at or after_opening(stage, 60))
        for number in sorted(number_of(name) for name in names.values()):
            given = points[number][place] if points else default_points(number, place, criteria)
            locked(stage, user, number, given, at)


def closed(stage: Stage, chair: User, at: datetime | None = None, reason: str = "") -> None:
    """The chair has closed the scoring; the stage is read anew."""
    close_scoring(stage_id=stage.pk, reason=reason, by=chair, at=at or after_opening(stage, 120))
    stage.refresh_from_db()


@dataclass(frozen=True)
class Judging:
    """An opened stage whose sketches are admitted, and the panel that has declared."""

    stage: Stage
    chair: User
    evaluators: list[User]
    observer: User

    @property
    def scorers(self) -> list[User]:
        return [self.chair, *self.evaluators]

    @property
    def at(self) -> datetime:
        """While points are given."""
        return after_opening(self.stage, 45)

    def submission(self, number: int) -> Submission:
        return next(row for row in opened_submissions(self.stage) if number_of(row.code_name) == number)


def to_judge(
    tender: Tender,
    ingrid: User,
    arne: User,
    with_role: Callable[..., User],
    count: int = 3,
    ties: Mapping[str, int] | None = None,
) -> Judging:
    """Cecilie chairs, Emre and Eva evaluate, Olav observes. `ties`: first name -> number of the firm they have a tie to."""
    chair, observer = with_role("Cecilie Dahl", Role.CHAIR), with_role("Olav Nes", Role.OBSERVER)
    evaluators = [with_role(name, Role.EVALUATOR) for name in ("Emre Kaya", "Eva Moen")]
    handed_in(tender, count)
    seated(tender, ingrid, arne, chair, evaluators, [observer])
    stage = open_together(tender, ingrid, arne)
    everybody = [ingrid, arne, chair, *evaluators, observer]
    tied = [user for user in everybody if user.first_name in (ties or {})]
    conflicts = {user: {firm((ties or {})[user.first_name])[1].pk: "Vi er søsken."} for user in tied}
    all_declared(stage, *everybody, conflicts=conflicts)
    admitted(stage, _without_tie(stage, ingrid, with_role) if "Ingrid" in (ties or {}) else ingrid)
    return Judging(stage, chair, evaluators, observer)


def _without_tie(stage: Stage, ingrid: User, with_role: Callable[..., User]) -> User:
    """A second officer, who does the formal check instead of Ingrid."""
    oda = with_role("Oda Vik", Role.OFFICER)
    assign_person(
        tender_id=stage.tender_id, user=oda, role=Role.OFFICER, reason="Ingrid er inhabil.", by=ingrid, at=after_opening(stage, 5)
    )
    all_declared(stage, oda)
    return oda
