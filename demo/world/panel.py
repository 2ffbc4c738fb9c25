"""The panel's desk before anybody gives points: who judges, who is impartial, and what is let in."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from demo.world.calendar import after, clock
from demo.world.stage import Play
from demo.world.submissions import Place
from evaluation.commands.admit_submissions import admit_submissions
from evaluation.commands.appoint_panel import appoint_panel
from evaluation.commands.confirm_panel import confirm_panel
from evaluation.commands.declare_impartiality import declare_impartiality
from evaluation.commands.reject_submission import reject_submission
from evaluation.queries.submissions import opened_submissions
from suppliers.models import Submission
from tenders.models import Approval

CHAIR, EVALUATORS = "cecilie", ("emre", "eva", "erik", "esther")
SCORERS = (CHAIR, *EVALUATORS)
EVERYBODY = ("ingrid", "arne", *SCORERS)
Ties = Mapping[str, tuple[str, str]]  # who has a tie to which firm, and what it is


def write_panel(play: Play, key: str, proposed: date) -> None:
    """Ingrid proposes the five, and Arne confirms them the next working day."""
    write_proposed_panel(play, key, proposed)
    play.scene(clock(after(proposed), 9, 15), partial(_confirm, play, key))


def write_proposed_panel(play: Play, key: str, proposed: date) -> None:
    play.scene(clock(proposed, 13, 40), partial(_appoint, play, key))


def write_declarations(play: Play, place: Place, day: date, ties: Ties | None = None) -> None:
    """Everybody the morning after the opening, six minutes apart."""
    for no, who in enumerate(EVERYBODY):
        play.scene(clock(day, 8, 5 + 6 * no), partial(_declare, play, place, who, (ties or {}).get(who)), quiet=True)


def write_checks(play: Play, place: Place, day: date, but: str = "") -> None:
    """Ingrid lets in everything, or everything but one."""
    play.scene(clock(day, 9, 20), partial(_admit, play, place, but))


def write_rejection(play: Play, place: Place, firm: str, told: Mapping[str, str], day: date) -> None:
    play.scene(clock(day, 9, 40), partial(_reject, play, place, firm, told))


def submission_of(play: Play, place: Place, firm: str) -> Submission:
    return opened_submissions(play.stage(*place)).prefetch_related(None).get(organisation=play.organisations[firm])


def _appoint(play: Play, key: str, at: datetime) -> None:
    people = play.people
    evaluators = [people[who] for who in EVALUATORS]
    appoint_panel(tender_id=play.tenders[key].pk, chair=people[CHAIR], evaluators=evaluators, by=people["ingrid"], at=at)


def _confirm(play: Play, key: str, at: datetime) -> None:
    confirm_panel(approval_id=play.waiting(key, Approval.What.PANEL).pk, by=play.people["arne"], at=at)


def _declare(play: Play, place: Place, who: str, tie: tuple[str, str] | None, at: datetime) -> None:
    conflicts = {play.organisations[tie[0]].pk: tie[1]} if tie else {}
    declare_impartiality(stage_id=play.stage(*place).pk, conflicts=conflicts, by=play.people[who], at=at)


def _admit(play: Play, place: Place, but: str, at: datetime) -> None:
    stage = play.stage(*place)
    opened = opened_submissions(stage).prefetch_related(None).exclude(organisation__name=but)
    admit_submissions(stage_id=stage.pk, submission_ids=list(opened.values_list("pk", flat=True)), by=play.people["ingrid"], at=at)


def _reject(play: Play, place: Place, firm: str, told: Mapping[str, str], at: datetime) -> None:
    submission = submission_of(play, place, firm)
    reject_submission(submission_id=submission.pk, **told, by=play.people["ingrid"], at=at)
