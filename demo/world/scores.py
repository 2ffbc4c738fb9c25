"""Five people give points, each on their own, and the chair closes the scoring."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from demo.world.calendar import after, clock
from demo.world.panel import CHAIR, SCORERS, submission_of
from demo.world.points import Sheet, asked_in, sheet_of
from demo.world.stage import Play
from demo.world.submissions import Place
from evaluation.code_names import number_of
from evaluation.commands.close_scoring import close_scoring
from evaluation.commands.lock_sheet import lock_sheet
from evaluation.commands.save_scores import save_scores

Base = Sequence[int]
Judged = tuple[str, Base | None]  # a firm, and what most would give it when points.json does not say
A_DAY = 4


def write_scores(play: Play, place: Place, judged: Sequence[Judged], first: date, but: Sequence[tuple[str, str]] = ()) -> None:
    """Four sketches a day, a quarter of an hour for each. `but` says who gives no points to whom: a tie, or not that far yet."""
    for scorer, who in enumerate(SCORERS):
        for no, (firm, base) in enumerate(judged):
            if (who, firm) in but:
                continue
            at = clock(after(first, no // A_DAY), 10 + scorer // 2, 15 * (no % A_DAY) + scorer % 2 * 7)
            play.scene(at, partial(_fill_in, play, place, firm, scorer, base), quiet=True)
            play.scene(at + timedelta(seconds=20), partial(_lock, play, place, firm, scorer), quiet=True)


def write_half_a_sheet(play: Play, place: Place, judged: Judged, who: str, at: datetime) -> None:
    """Begun, and neither whole nor locked."""
    play.scene(at, partial(_begin, play, place, judged[0], SCORERS.index(who), judged[1]), quiet=True)


def write_closing(play: Play, place: Place, day: date) -> None:
    play.scene(clock(day, 13, 10), partial(_close, play, place))


def _number(play: Play, place: Place, firm: str) -> int:
    return number_of(submission_of(play, place, firm).code_name)


def _fill_in(play: Play, place: Place, firm: str, scorer: int, base: Base | None, at: datetime) -> None:
    _save(play, place, firm, scorer, sheet_of(firm, asked_in(place), scorer, base), at)


def _begin(play: Play, place: Place, firm: str, scorer: int, base: Base | None, at: datetime) -> None:
    whole = sheet_of(firm, asked_in(place), scorer, base)
    _save(play, place, firm, scorer, Sheet({no: whole.points[no] for no in (1, 2)}, {1: whole.comments[1]}, ""), at)


def _save(play: Play, place: Place, firm: str, scorer: int, sheet: Sheet, at: datetime) -> None:
    number, by = _number(play, place, firm), play.people[SCORERS[scorer]]
    points: dict[int, Decimal | None] = {no: Decimal(given) for no, given in sheet.points.items()}
    stage = play.stage(*place)
    save_scores(stage_id=stage.pk, number=number, points=points, comments=sheet.comments, feedback=sheet.feedback, draft_no=0, by=by, at=at)


def _lock(play: Play, place: Place, firm: str, scorer: int, at: datetime) -> None:
    by = play.people[SCORERS[scorer]]
    lock_sheet(stage_id=play.stage(*place).pk, number=_number(play, place, firm), by=by, at=at)


def _close(play: Play, place: Place, at: datetime) -> None:
    close_scoring(stage_id=play.stage(*place).pk, by=play.people[CHAIR], at=at)
