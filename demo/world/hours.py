"""How many hours it took, as suppliers answer in one click: when they have handed in, or in the days after the decision."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from demo.world.calendar import after, clock
from demo.world.stage import Play
from demo.world.submissions import Place
from suppliers.commands.tell_hours_spent import tell_hours_spent
from suppliers.queries.submissions import current_submission

# Where the bands begin that one after the other answers with
ANSWERS = (10, 20, 10, 5, 40, 20, 10, 0, 20, 80, 10, 5)


def write_answers(play: Play, place: Place, firms: Sequence[str], decided: date) -> None:
    """In the first working days after the decision."""
    for no, firm in enumerate(firms):
        write_answer(play, place, firm, ANSWERS[no % len(ANSWERS)], clock(after(decided, 1 + no % 8), 9 + no % 9, no * 7 % 60))


def write_answer(play: Play, place: Place, firm: str, lowest: int, at: datetime) -> None:
    play.scene(at, partial(_tell, play, place, firm, lowest), quiet=True)


def _tell(play: Play, place: Place, firm: str, lowest: int, at: datetime) -> None:
    submission = current_submission(play.organisations[firm], play.stage(*place))
    if submission is None:
        raise LookupError(f"{firm} has not handed in.")
    tell_hours_spent(submission_id=submission.pk, lowest=lowest, by=play.representative(firm), at=at)
