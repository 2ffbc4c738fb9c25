"""What happens in the demo world, and when. Read from the top it is the story of more than a year."""

from datetime import datetime, timedelta

from accounts.local_time import oslo
from demo.world import files, panel, submissions, tenders
from demo.world import prequalifications as desk
from demo.world.calendar import NOON, Calendar, after, clock
from demo.world.cast import Firm, firms, write_firm, write_staff
from demo.world.data import texts
from demo.world.frameworks import write_call_off, write_framework
from demo.world.later import write_later
from demo.world.market import write_market
from demo.world.stage import Play
from demo.world.submissions import day_before
from demo.world.youth import ASKERS, SARA, SINDRE, write_sketches, write_youth
from tenders.models import TargetGroup

QUALIFIED = {
    SARA: "unge under 30",
    "Lappeluft SA": "mennesker som har stått lenge uten arbeid",
    "Uglevaktene AS": "unge som har snudd døgnet",
    "Sleivkokk AS": "kvinner og unge med liten erfaring fra arbeidslivet",
    "Stillkant AS": "unge som trenger ro",
}
NOT_QUALIFIED, ASKED, ANSWERED = "Vanemynt AS", "Dørgløtt AS", "Bleiepause AS"
LONG_AGO = 346
FIRST_HERE = {*QUALIFIED, ASKED, "Snutelag AS", "Sufflørkassa"}
EARLY = {*ASKERS, "Stavlaft SA", NOT_QUALIFIED, ANSWERED}


def write_play(calendar: Calendar) -> Play:
    """Everything that has happened by `calendar.now`."""
    play = Play(calendar)
    write_staff(play)
    _write_prequalifications(play)
    announced, closes = write_youth(play)
    _write_firms(play, announced, write_sketches(play, announced, closes))
    write_later(play)
    _write_building(play)
    _write_kitchen(play)
    _write_returned(play)
    _write_awaiting(play)
    _write_not_open_yet(play)
    _write_draft(play)
    _write_reported_terms(play)
    files.write_shelved(play)
    _write_small_tender(play)
    write_market(play)
    write_framework(play)
    write_call_off(play)
    return play


def _write_firms(play: Play, announced: datetime, began: dict[str, datetime]) -> None:
    for firm in firms():
        write_firm(play, firm, _sign_up_time(play, firm, announced, began[firm.name]))


def _sign_up_time(play: Play, firm: Firm, announced: datetime, began: datetime) -> datetime:
    """Some have been here for long, those who ask come in the first days, the others when they begin to write."""
    if firm.name in FIRST_HERE:
        return clock(play.calendar.day(LONG_AGO + 6), 9 + firm.no % 9, firm.no)
    if firm.name in EARLY:
        return clock(announced.date() + timedelta(days=1 + firm.no % 5), 9 + firm.no % 11, firm.no)
    return began - timedelta(minutes=50)


def _write_prequalifications(play: Play) -> None:
    words = texts("other_sketches")["declaration"]
    for no, (firm, who) in enumerate(QUALIFIED.items()):
        applied = play.calendar.day(LONG_AGO - 4 * no)
        desk.write_application(play, firm, who, words, applied)
        desk.write_decision(play, firm, applied, qualified=True)
    refused, asked, answered = (play.calendar.day(days) for days in (LONG_AGO - 60, 12, 14))
    desk.write_application(play, NOT_QUALIFIED, "unge til å spare", words, refused)
    desk.write_decision(play, NOT_QUALIFIED, refused, qualified=False)
    desk.write_application(play, ASKED, "unge som ikke åpner døra", words, asked)
    desk.write_review_question(play, ASKED, desk.ASKED, asked)
    desk.write_application(play, ANSWERED, "unge mødre", words, answered)
    day = desk.write_review_question(play, ANSWERED, desk.ASKED_BEFORE, answered)
    desk.write_review_answer(play, ANSWERED, desk.ANSWERED, day)
    desk.write_application(play, SINDRE, "unge som vil lære å kode", words, play.calendar.day(3))


def _write_building(play: Play) -> None:
    """The deadline passed hours ago; two people are to open it."""
    calendar, text = play.calendar, texts("tenders")["building"]
    closes = calendar.last_noon()
    tenders.write_description(play, "building", text, clock(calendar.work(66), 10, 5), tenders.dates_of(closes))
    proposed = calendar.work(50)
    tenders.write_proposal(play, "building", clock(proposed, 10, 0))
    announced = clock(after(proposed), 13, 10)
    tenders.write_announcement(play, "building", announced)
    panel.write_panel(play, "building", calendar.work(30))
    tenders.write_question(play, "building", text["questions"][0], "Stavlaft SA", clock(calendar.day(34), 11, 21))
    for row, days in zip(texts("other_sketches")["building"], (9, 4, 1, 0), strict=True):
        sketch, firm = {"title": row["title"], **row["answers"]}, row["organisation"]
        submissions.write_draft(play, ("building", 1), firm, submissions.half_of(sketch), clock(day_before(closes, days + 1), 18, 20))
        submissions.write_hand_in(play, ("building", 1), firm, sketch, clock(day_before(closes, days), 8, 51, 7))
    tenders.write_deadline(play, closes)


def _write_kitchen(play: Play) -> None:
    """Open now, amended once, with a question and a panel that wait, and sketches under way."""
    calendar, text = play.calendar, texts("tenders")["kitchen"]
    closes = oslo(calendar.ahead(12), NOON)
    dates = tenders.dates_of(closes, questions=calendar.ahead(2))
    tenders.write_description(play, "kitchen", text, clock(calendar.work(40), 12, 40), dates)
    files.write_files(play, "kitchen", clock(calendar.work(40), 14, 10))
    proposed = calendar.work(24)
    tenders.write_proposal(play, "kitchen", clock(proposed, 10, 15))
    tenders.write_announcement(play, "kitchen", clock(after(proposed), 13, 40))
    panel.write_proposed_panel(play, "kitchen", calendar.work(2))
    tenders.write_amendment(play, "kitchen", text["amendment"], clock(calendar.work(1), 15, 10))
    tenders.write_question(play, "kitchen", text["questions"][0], "Sufflørkassa", clock(calendar.day(13), 10, 3))
    tenders.write_question(play, "kitchen", {"text": text["unanswered"]}, "Eikespinn AS", clock(calendar.day(1), 9, 26))
    for row, days in zip(texts("other_sketches")["kitchen"], (5, 4, 2), strict=True):
        sketch, firm = {"title": row["title"], **row["answers"]}, row["organisation"]
        submissions.write_draft(play, ("kitchen", 1), firm, sketch, clock(calendar.day(days), 20, 40))
        if row["submit"]:
            submissions.write_hand_in(play, ("kitchen", 1), firm, sketch, clock(calendar.day(days - 2), 20, 15, 9))


def _write_returned(play: Play) -> None:
    calendar, text = play.calendar, texts("tenders")["tasting"]
    dates = tenders.dates_of(oslo(calendar.ahead(40), NOON))
    tenders.write_description(play, "tasting", text, clock(calendar.work(20), 9, 35), dates)
    proposed = calendar.work(9)
    tenders.write_proposal(play, "tasting", clock(proposed, 9, 30))
    tenders.write_return(play, "tasting", text["reason"], clock(after(proposed), 15, 10))


def _write_awaiting(play: Play) -> None:
    calendar, text = play.calendar, texts("tenders")["classroom"]
    dates = tenders.dates_of(oslo(calendar.ahead(44), NOON))
    tenders.write_description(play, "classroom", text, clock(calendar.work(10), 9, 0), dates)
    files.write_files(play, "classroom", clock(calendar.work(10), 11, 10))
    tenders.write_proposal(play, "classroom", clock(calendar.work(2), 14, 30))


def _write_not_open_yet(play: Play) -> None:
    """Announced, and opens in some days; Sara is told, because she follows the theme."""
    calendar, text = play.calendar, texts("tenders")["toolbox"]
    dates = tenders.dates_of(oslo(calendar.ahead(46), NOON), opens=clock(calendar.ahead(4), 8, 0))
    tenders.write_theme(play, SARA, TargetGroup.LONG_TERM, clock(calendar.work(15), 9, 40))
    tenders.write_description(play, "toolbox", text, clock(calendar.work(14), 13, 15), dates)
    proposed = calendar.work(8)
    tenders.write_proposal(play, "toolbox", clock(proposed, 10, 50))
    tenders.write_announcement(play, "toolbox", clock(after(proposed), 13, 5))


def _write_draft(play: Play) -> None:
    text = texts("tenders")["fathers"]
    tenders.write_description(play, "fathers", text, clock(play.calendar.work(3), 10, 20))


def _write_reported_terms(play: Play) -> None:
    """What was reported of the terms of 2021, for the threshold check to be seen beside the announcement that mended them."""
    text = texts("tenders")["reported"]
    tenders.write_description(play, "reported", text, clock(play.calendar.work(2), 12, 50))


def _write_small_tender(play: Play) -> None:
    """Announced yesterday, in one stage, with a price that counts; one has answered already. Begun last, so that it has the last number."""
    calendar, text = play.calendar, texts("tenders")["welcome"]
    dates = tenders.dates_of(oslo(calendar.ahead(27), NOON), stages=1)
    day = calendar.work(2)
    tenders.write_description(play, "welcome", text, clock(day, 10, 40), dates)
    tenders.write_proposal(play, "welcome", clock(day, 12, 35))
    announced = calendar.work(1)
    tenders.write_announcement(play, "welcome", clock(announced, 13, 30))
    row = text["sketch"]
    sketch = {"title": row["title"], **row["answers"]}
    submissions.write_draft(play, ("welcome", 1), row["organisation"], sketch, clock(announced, 18, 5))
    submissions.write_hand_in(play, ("welcome", 1), row["organisation"], sketch, clock(announced, 20, 15, 42))
