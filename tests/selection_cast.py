"""A tender with its people and a stage that has been scored, for tests of what comes after the scores."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from accounts.roles import Role
from suppliers.models import Submission
from tenders.models import Stage, Tender
from tests.panel_made import admitted, all_declared, seated
from tests.scores_made import closed, scored
from tests.stages_made import handed_in, open_together, stage_of


@dataclass
class Case:
    """Ingrid buys, Arne approves, Cecilie leads Emre and Eva, Ragnhild audits; `sketches` in the order they were handed in."""

    tender: Tender
    ingrid: User
    arne: User
    cecilie: User
    emre: User
    eva: User
    sketches: list[Submission]

    @property
    def stage(self) -> Stage:
        return stage_of(self.tender)

    @property
    def at(self) -> datetime:
        """Some weeks after the opening, when the scoring is closed."""
        return self.stage.opened_at + timedelta(days=20)

    def url(self, part: str) -> str:
        return f"/tenders/{self.tender.reference}/{part}/"


def opened_case(tender: Tender, ingrid: User, arne: User, with_role, count: int = 5, sketches=None, ties=None) -> Case:
    """Opened, everybody declared without a tie, everything admitted, nothing scored. `sketches`: those handed in already.

    `ties`: first name -> key of the organisation that the person has a tie to.
    """
    cecilie = with_role("Cecilie Dahl", Role.CHAIR)
    emre, eva = with_role("Emre Kaya", Role.EVALUATOR), with_role("Eva Moen", Role.EVALUATOR)
    sketches = sketches or handed_in(tender, count)
    seated(tender, ingrid, arne, cecilie, [emre, eva])
    open_together(tender, ingrid, arne)
    case = Case(tender, ingrid, arne, cecilie, emre, eva, sketches)
    people = [ingrid, arne, cecilie, emre, eva]
    conflicts = {user: {(ties or {})[user.first_name]: "Vi er søsken."} for user in people if user.first_name in (ties or {})}
    all_declared(case.stage, *people, conflicts=conflicts)
    admitted(case.stage, ingrid)
    return case


def scored_case(tender: Tender, ingrid: User, arne: User, with_role, count: int = 5, points=None) -> Case:
    """The scoring is closed: three sheets for each sketch, the same points every time unless others are given.

    By default the sketch with number 1 is best, then 2, and so on, one point apart on every criterion.
    """
    case = opened_case(tender, ingrid, arne, with_role, count)
    criteria = case.stage.criteria.count()
    given = points or {number: [[max(0, 10 - number)] * criteria] * 3 for number in range(1, count + 1)}
    scored(case.stage, [case.cecilie, case.emre, case.eva], given)
    closed(case.stage, case.cecilie)
    return case
