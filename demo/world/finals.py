"""From the first stage's decision to money for the finalists: agreements, the developed sketches, and what they are paid."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from demo.world import agreements, selections, submissions
from demo.world.calendar import after, before, clock
from demo.world.data import texts
from demo.world.rounds import Round
from demo.world.stage import Play
from demo.world.submissions import Place

Developed = Mapping[str, Mapping[str, Any]]  # firm -> what it hands in
PAID = ("accept", "approve", "send", "register")


def second_opens(first: Round) -> datetime:
    return clock(after(first.over, 2), 8)


def write_finalists(play: Play, first: Round, closes: datetime) -> None:
    """Agreements are ready when the standstill ends; the stage is settled, and everybody signs."""
    drafted, settled = after(first.day("approve"), 2), after(first.over, 1)
    terms, opens = texts("contracts")["terms"]["finalist"], second_opens(first)
    agreements.write_contracts(play, first.place, drafted, terms, opens.date(), after(closes.date(), 35))
    agreements.write_approvals(play, first.place, after(drafted, 1))
    dates = {"opens_at": opens, "closes_at": closes, "answer_by": after(closes.date(), 35)}
    selections.write_settlement(play, first.place, first.over, settled, dates)
    agreements.write_signatures(play, first.place, after(settled, 1))


def write_developed(play: Play, place: Place, developed: Developed, opens: datetime, closes: datetime) -> None:
    """Begun in the first weeks, handed in in the last days."""
    for no, (firm, told) in enumerate(developed.items()):
        sketch = {"title": told["title"], **told["answers"]}
        began = clock(after(opens.date(), 6 + no), 18, 10 + 9 * no)
        submissions.write_draft(play, place, firm, submissions.half_of(sketch), began)
        submissions.write_hand_in(play, place, firm, sketch, clock(before(closes.date(), no), 8, 40 + 7 * no, 11))


def write_finalist_payments(play: Play, first: Round, firms: Sequence[str], closes: datetime) -> None:
    """What was handed in is the delivery: they ask to be paid when it is opened, and then the agreements are completed."""
    report, day = texts("contracts")["sketch_report"], closes.date()
    for no, firm in enumerate(firms):
        agreements.write_request(play, first.place, firm, 1, report, after(day, 2 + no))
        days = [after(day, 7 + no), after(day, 9 + no), after(day, 10 + no), after(day, 20 + no)]
        agreements.write_payment(play, first.place, firm, 1, dict(zip(PAID, days, strict=True)))
    agreements.write_completion(play, first.place, after(day, 45))


def write_development(play: Play, second: Round, parts: Sequence[dict[str, Any]], due: Sequence[date]) -> None:
    """The winner's contract: drafted while the standstill runs, signed when it is over, with its milestones."""
    drafted, settled = after(second.day("approve"), 2), after(second.over, 1)
    agreements.write_contracts(
        play, second.place, drafted, texts("contracts")["terms"]["development"], settled, due[-1] + timedelta(days=30)
    )
    agreements.write_approvals(play, second.place, after(drafted, 1))
    selections.write_settlement(play, second.place, second.over, settled, {})
    agreements.write_signatures(play, second.place, after(settled, 1))
    agreements.write_plan(play, second.place, parts, due, after(settled, 2))
