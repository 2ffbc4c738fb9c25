"""Who is selected: proposed by the chair, grounds in every letter by the officer, approved by somebody else; then the end of a stage."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from demo.world.calendar import clock
from demo.world.data import texts
from demo.world.panel import CHAIR, submission_of
from demo.world.points import asked_in, words_about
from demo.world.stage import Play
from demo.world.submissions import Place
from evaluation.commands.approve_selection import approve_selection
from evaluation.commands.close_stage import close_stage
from evaluation.commands.propose_closing import propose_closing
from evaluation.commands.propose_selection import propose_selection
from evaluation.commands.propose_settlement import propose_settlement
from evaluation.commands.settle_stage import settle_stage
from evaluation.commands.write_grounds import write_grounds
from evaluation.documents.decision import seen_hash
from evaluation.models import Selection
from evaluation.queries.ranking import full_ranking
from evaluation.queries.selection import letters_of, submission_of_letter
from tenders.models import Approval

Merits = Mapping[str, str]  # of each who is proposed: what was best about it


def write_selection(play: Play, place: Place, merits: Merits, day: date) -> None:
    play.scene(clock(day, 13, 40), partial(_propose, play, place, merits))


def write_letters(play: Play, place: Place, day: date, but: int = 0) -> None:
    """Ingrid writes the grounds of every letter in an afternoon; the last `but` of them she does not reach."""
    play.scene(clock(day, 14, 5), partial(_write_letters, play, place, but))


def write_approval(play: Play, place: Place, day: date) -> None:
    """The letters are made, released and mailed by the jobs that follow."""
    play.scene(clock(day, 14, 50), partial(_approve, play, place))


def write_settlement(play: Play, place: Place, proposed: date, settled: date, dates: Mapping[str, Any]) -> None:
    """`dates` are those of the next stage; none after the last."""
    play.scene(clock(proposed, 9, 30), partial(_propose_settlement, play, place, dates))
    play.scene(clock(settled, 10, 15), partial(_settle, play, place))


def write_no_selection(play: Play, place: Place, reason: str, proposed: date, closed: date) -> None:
    play.scene(clock(proposed, 15, 10), partial(_propose_closing, play, place, reason))
    play.scene(clock(closed, 15, 40), partial(_close_stage, play, place))


def _propose(play: Play, place: Place, merits: Merits, at: datetime) -> None:
    grounds = {submission_of(play, place, firm).pk: ground for firm, ground in merits.items()}
    propose_selection(stage_id=play.stage(*place).pk, grounds=grounds, by=play.people[CHAIR], at=at)


def _selection(play: Play, place: Place) -> Selection:
    return play.stage(*place).selections.get(approved_at=None, returned_at=None)


def _write_letters(play: Play, place: Place, but: int, at: datetime) -> None:
    """The words follow the mean of the points."""
    selection = _selection(play, place)
    means = {row.submission_id: {no: float(mean) for no, mean in row.means.items()} for row in full_ranking(play.stage(*place))}
    letters = sorted(letters_of(selection), key=lambda letter: str(letter.organisation))
    for letter in letters[: len(letters) - but]:
        submission, language = submission_of_letter(letter), letter.language
        told = means.get(submission.pk) if submission else None
        words = words_about(told, asked_in(place), language, str(letter.organisation)) if told else texts("comments")["rejected"][language]
        write_grounds(letter_id=letter.pk, grounds=words, by=play.people["ingrid"], at=at)


def _approve(play: Play, place: Place, at: datetime) -> None:
    selection = _selection(play, place)
    approve_selection(selection_id=selection.pk, seen=seen_hash(selection), by=play.people["arne"], at=at)


def _propose_settlement(play: Play, place: Place, dates: Mapping[str, Any], at: datetime) -> None:
    propose_settlement(stage_id=play.stage(*place).pk, **dates, by=play.people["ingrid"], at=at)


def _settle(play: Play, place: Place, at: datetime) -> None:
    settle_stage(approval_id=play.waiting(place[0], Approval.What.SETTLEMENT).pk, by=play.people["arne"], at=at)


def _propose_closing(play: Play, place: Place, reason: str, at: datetime) -> None:
    propose_closing(stage_id=play.stage(*place).pk, reason=reason, by=play.people["ingrid"], at=at)


def _close_stage(play: Play, place: Place, at: datetime) -> None:
    close_stage(approval_id=play.waiting(place[0], Approval.What.CLOSING).pk, by=play.people["arne"], at=at)
