"""The supplier's side: drafts, files, handing in, changing one's mind."""

from datetime import date, datetime, timedelta
from functools import partial

from demo.world.calendar import clock
from demo.world.cast import Firm
from demo.world.papers import small_pdf
from demo.world.stage import Play
from suppliers.commands.add_attachment import add_attachment
from suppliers.commands.save_draft import save_draft
from suppliers.commands.start_submission import start_submission
from suppliers.commands.submit_submission import submit_submission
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.models import Submission
from suppliers.queries.submissions import current_submission

LONGEST_AHEAD_DAYS = 38
Place = tuple[str, int]  # a tender and the number of one of its stages
SPREAD = 37  # has no factor in common with the number of sketches, so every place in the queue is taken once
FIRST_HOURS = timedelta(hours=3)


def hand_in_time(no: int, of: int, closes: datetime) -> datetime:
    """When number `no` of `of` firms hands in: a few weeks before, most in the last days, a third in the last hours."""
    place = ((no * SPREAD + 11) % of) / of
    days = int(LONGEST_AHEAD_DAYS * place**3)
    minutes = 8 * 60 + 5 + no * 53 % 232 if days == 0 else 9 * 60 + no * 97 % 790
    return clock(closes.date() - timedelta(days=days), minutes // 60, minutes % 60, no * 13 % 60)


def start_time(no: int, handed_in: datetime, opens: datetime) -> datetime:
    """One evening, one to six days before."""
    minutes = no * 7 % 180
    evening = clock(handed_in.date() - timedelta(days=1 + no % 6), 18 + minutes // 60, minutes % 60)
    return max(evening, opens + FIRST_HOURS + timedelta(minutes=no))


def write_draft(play: Play, place: Place, firm: str, sketch: dict[str, str], at: datetime) -> None:
    """The firm starts, and saves what it has after half an hour."""
    play.scene(at, partial(_start, play, place, firm), quiet=True)
    play.scene(at + timedelta(minutes=31), partial(_save, play, place, firm, sketch), quiet=True)


def write_hand_in(play: Play, place: Place, firm: str, sketch: dict[str, str], at: datetime) -> None:
    """The last save, and a quarter of an hour later the whole is handed in."""
    play.scene(at - timedelta(minutes=15), partial(_save, play, place, firm, sketch), quiet=True)
    play.scene(at, partial(_hand_in, play, place, firm))


def write_file(play: Play, place: Place, firm: str, name: str, lines: list[str], at: datetime) -> None:
    play.scene(at, partial(_attach, play, place, firm, name, small_pdf(lines)), quiet=True)


def write_taking_back(play: Play, place: Place, firm: str, at: datetime) -> None:
    play.scene(at, partial(_take_back, play, place, firm))


def write_withdrawal(play: Play, place: Place, firm: str, at: datetime) -> None:
    play.scene(at, partial(_withdraw, play, place, firm))


def write_sketch(play: Play, place: Place, firm: Firm, opens: datetime, handed_in: datetime) -> datetime:
    """A sketch from its first evening until it is handed in; returns when it was begun."""
    began = start_time(firm.no, handed_in, opens)
    write_draft(play, place, firm.name, half_of(firm.sketch), began)
    write_hand_in(play, place, firm.name, firm.sketch, handed_in)
    return began


def half_of(sketch: dict[str, str]) -> dict[str, str]:
    """What one has after the first evening."""
    begun = list(sketch)[:3]
    return {key: text if key in begun else "" for key, text in sketch.items()}


def _current(play: Play, place: Place, firm: str) -> Submission:
    found = current_submission(play.organisations[firm], play.stage(*place))
    if found is None:
        raise LookupError(f"{firm} has not begun.")
    return found


def _start(play: Play, place: Place, firm: str, at: datetime) -> None:
    organisation = play.organisations[firm]
    start_submission(stage_id=play.stage(*place).pk, organisation_id=organisation.pk, by=play.representative(firm), at=at)


def _save(play: Play, place: Place, firm: str, sketch: dict[str, str], at: datetime) -> None:
    row = _current(play, place, firm)
    save_draft(submission_id=row.pk, answers=sketch, draft_no=row.draft_no, by=play.representative(firm), at=at)


def _attach(play: Play, place: Place, firm: str, name: str, data: bytes, at: datetime) -> None:
    row = _current(play, place, firm)
    add_attachment(submission_id=row.pk, name=name, data=data, by=play.representative(firm), at=at)


def _hand_in(play: Play, place: Place, firm: str, at: datetime) -> None:
    submit_submission(submission_id=_current(play, place, firm).pk, by=play.representative(firm), at=at)


def _take_back(play: Play, place: Place, firm: str, at: datetime) -> None:
    take_back_submission(submission_id=_current(play, place, firm).pk, by=play.representative(firm), at=at)


def _withdraw(play: Play, place: Place, firm: str, at: datetime) -> None:
    withdraw_submission(submission_id=_current(play, place, firm).pk, by=play.representative(firm), at=at)


def day_before(closes: datetime, days: int) -> date:
    return closes.date() - timedelta(days=days)
