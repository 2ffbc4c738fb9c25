"""Small tenders, each left at another step of the road, so that everybody has something to do."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from accounts.local_time import oslo
from demo.world import agreements, finals, hours, panel, scores, selections, submissions, tenders
from demo.world.calendar import NOON, after, before, clock
from demo.world.data import texts
from demo.world.rounds import Round, write_round
from demo.world.stage import Play
from demo.world.submissions import day_before

# When the first stage closed, in days ago, and the last step that was taken
STOPPED = {"carers": (3, "open"), "seniors": (22, "close"), "season": (28, "approve")}
HAND_IN_DAYS = (8, 4, 2, 1, 0)
# Told as soon as they have handed in; two are too few for a figure
HOURS = {"carers": (10, 40), "migraine": (5, 20, 10, 10, 5)}
ONE_PART = [{"title": "Vertene er i gang", "delivers": "To verter er ansatt og opplært, og mottaket er merket om.", "share": "1"}]
REPORT = "Vertene begynte som avtalt. I snitt går tre om dagen uten hjelp, mot elleve før. Tallene ligger hos kontoret."


def write_later(play: Play) -> None:
    for key, (days_ago, until) in STOPPED.items():
        write_round(play, write_case(play, key, _closed(play, days_ago)), until)
    _write_hours(play, "carers", _closed(play, STOPPED["carers"][0]))
    _write_being_scored(play)
    _write_proposed(play)
    _write_second_stage_open(play)
    _write_unselected(play)
    _write_cancelled(play)
    _write_closed(play)


def _closed(play: Play, days_ago: int) -> datetime:
    return oslo(play.calendar.work(days_ago), NOON)


def write_case(play: Play, key: str, closes: datetime, hand_in_days: Sequence[int] = HAND_IN_DAYS, described: date | None = None) -> Round:
    """Described, announced and handed in to, with a panel; the round that follows is handed back."""
    text, day = texts("later_tenders")[key], closes.date()
    tenders.write_description(
        play, key, text, clock(described or before(day, 62), 10, 5), tenders.dates_of(closes, stages=1 if "procedure" in text else 2)
    )
    proposed = before(day, 48)
    tenders.write_proposal(play, key, clock(proposed, 10, 0))
    tenders.write_announcement(play, key, clock(after(proposed), 13, 10))
    panel.write_panel(play, key, before(day, 30))
    for row, days in zip(text["sketches"], hand_in_days, strict=False):
        _write_sketch(play, key, row, day_before(closes, days))
    judged = [(row["organisation"], row["points"]) for row in text["sketches"]]
    return Round((key, 1), closes, judged, text.get("merits", {}))


def _write_hours(play: Play, key: str, closes: datetime) -> None:
    for row, days, lowest in zip(texts("later_tenders")[key]["sketches"], HAND_IN_DAYS, HOURS[key], strict=False):
        hours.write_answer(play, (key, 1), row["organisation"], lowest, clock(day_before(closes, days), 8, 58))


def _write_sketch(play: Play, key: str, row: dict[str, Any], day: date) -> None:
    sketch, firm = {"title": row["title"], **row["answers"]}, row["organisation"]
    began = before(day, 1)
    submissions.write_draft(play, (key, 1), firm, submissions.half_of(sketch), clock(began, 18, 20))
    submissions.write_hand_in(play, (key, 1), firm, sketch, clock(day, 8, 51, 7))


def _write_being_scored(play: Play) -> None:
    """Cecilie is done, Esther has begun on one, and Emre, Eva and Erik have some left."""
    one = write_case(play, "migraine", _closed(play, 16))
    _write_hours(play, "migraine", one.closes)
    firms = [firm for firm, _base in one.judged]
    left = [("emre", firms[4]), ("eva", firms[3]), ("eva", firms[4]), ("erik", firms[2]), *(("esther", firm) for firm in firms[1:])]
    scored = Round(one.place, one.closes, one.judged, but=left)
    write_round(play, scored, "score")
    scores.write_half_a_sheet(play, one.place, one.judged[1], "esther", clock(after(scored.day("score"), 1), 13, 20))


def _write_proposed(play: Play) -> None:
    """Ingrid has two letters left to write the grounds of; then Arne can approve."""
    one = write_case(play, "letters", _closed(play, 26))
    write_round(play, Round(one.place, one.closes, one.judged, one.merits, letters_left=2), "grounds")


def _write_second_stage_open(play: Play) -> None:
    """Two finalists write their developed sketches."""
    first = write_case(play, "care", _closed(play, 76))
    write_round(play, first, "approve")
    finals.write_finalists(play, first, oslo(play.calendar.ahead(32), NOON))


def _write_unselected(play: Play) -> None:
    """Scored, and nobody was good enough."""
    one = write_case(play, "bus", _closed(play, 44))
    write_round(play, one, "close")
    closed = after(one.day("close"), 3)
    selections.write_no_selection(play, one.place, texts("later_tenders")["bus"]["reason"], one.day("close"), closed)


def _write_cancelled(play: Play) -> None:
    """Called off while it was open; nobody ever saw what was handed in."""
    calendar = play.calendar
    write_case(play, "fair", oslo(calendar.ahead(9), NOON), (26, 24))
    agreements.write_cancellation(play, "fair", texts("later_tenders")["fair"]["reason"], calendar.work(6), calendar.work(5))


def _write_closed(play: Play) -> None:
    """The whole road in little: everything is paid, and the tender is closed."""
    told = texts("later_tenders")["desk"]
    first = write_case(play, "desk", _closed(play, 300))
    write_round(play, first, "approve")
    opens = finals.second_opens(first)
    closes = oslo(after(opens.date(), 60), NOON)
    finals.write_finalists(play, first, closes)
    finals.write_developed(play, ("desk", 2), told["developed"], opens, closes)
    judged = [(firm, row["points"]) for firm, row in told["developed"].items()]
    second = Round(("desk", 2), closes, judged, told["winner"])
    write_round(play, second, "approve")
    finals.write_finalist_payments(play, first, list(told["developed"]), closes)
    _write_all_paid(play, second)


def _write_all_paid(play: Play, second: Round) -> None:
    calendar, (winner,) = play.calendar, second.merits
    finals.write_development(play, second, ONE_PART, [calendar.work(100)])
    agreements.write_request(play, second.place, winner, 1, REPORT, calendar.work(99))
    days = [calendar.work(96), calendar.work(94), calendar.work(93), calendar.work(82)]
    agreements.write_payment(play, second.place, winner, 1, dict(zip(finals.PAID, days, strict=True)))
    agreements.write_completion(play, second.place, calendar.work(80))
