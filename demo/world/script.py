"""What happens in the demo world, and when. Read from the top it is the story of the last hundred days."""

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from accounts.local_time import oslo
from demo.world import prequalifications as desk
from demo.world import submissions, tenders
from demo.world.calendar import NOON, Calendar, after, clock
from demo.world.cast import Firm, write_firm, write_staff
from demo.world.stage import Play
from demo.world.submissions import day_before

DATA = Path(__file__).resolve().parent.parent / "data"

SARA, SINDRE, STINE = "Morgenkveik AS", "Kvistkode AS", "Halvkollen ASA"
QUALIFIED = {
    SARA: "unge under 30",
    "Lappeluft SA": "mennesker som har stått lenge uten arbeid",
    "Uglevaktene AS": "unge som har snudd døgnet",
    "Sleivkokk AS": "kvinner og unge med liten erfaring fra arbeidslivet",
    "Stillkant AS": "unge som trenger ro",
}
NOT_QUALIFIED, ASKED, ANSWERED = "Vanemynt AS", "Dørgløtt AS", "Bleiepause AS"
ASKERS = (STINE, "Stiftelsen Skvalpesund", "Murfald Entreprise AS", "Sufflørkassa", "Foreningen Lavvurøyk")
EARLY = {*ASKERS, "Stavlaft SA", NOT_QUALIFIED, ASKED, ANSWERED}
CHANGED_THEIR_MIND = ("Pikselvett AS", "Øvevær AS", "Rørgaten AS", "Ryggsekkis AS")
HANDED_IN = {SARA: (1, 21, 7, 43), SINDRE: (0, 10, 41, 12), STINE: (5, 14, 20, 31)}


@cache
def texts(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def firms() -> list[Firm]:
    """The 56 of the sketches, in the order of the file."""
    return [Firm(no, row["organisation"], row["person"], row["title"], row["answers"]) for no, row in enumerate(texts("sketches"))]


def write_play(calendar: Calendar) -> Play:
    """Everything that has happened by `calendar.now`."""
    play = Play(calendar)
    write_staff(play)
    _write_prequalifications(play)
    announced, closes = _write_youth(play)
    _write_sketches(play, announced, closes)
    _write_building(play)
    _write_kitchen(play)
    _write_returned(play)
    _write_awaiting(play)
    _write_not_open_yet(play)
    _write_draft(play)
    return play


def _write_prequalifications(play: Play) -> None:
    words = texts("other_sketches")["declaration"]
    for no, (firm, who) in enumerate(QUALIFIED.items()):
        applied = play.calendar.day(92 - 4 * no)
        desk.write_application(play, firm, who, words, applied)
        desk.write_decision(play, firm, applied, qualified=True)
    refused, asked, answered = (play.calendar.day(days) for days in (48, 12, 14))
    desk.write_application(play, NOT_QUALIFIED, "unge til å spare", words, refused)
    desk.write_decision(play, NOT_QUALIFIED, refused, qualified=False)
    desk.write_application(play, ASKED, "unge som ikke åpner døra", words, asked)
    desk.write_review_question(play, ASKED, desk.ASKED, asked)
    desk.write_application(play, ANSWERED, "unge mødre", words, answered)
    day = desk.write_review_question(play, ANSWERED, desk.ASKED_BEFORE, answered)
    desk.write_review_answer(play, ANSWERED, desk.ANSWERED, day)
    desk.write_application(play, SINDRE, "unge som vil lære å kode", words, play.calendar.day(3))


def _write_youth(play: Play) -> tuple[datetime, datetime]:
    """«Unge på vei til jobb», from the need to the opening. Returns announcement and deadline."""
    calendar, text = play.calendar, texts("tenders")["youth"]
    closes = oslo(after(calendar.day(9), 0), NOON)
    tenders.write_description(play, "youth", text, clock(calendar.work(75), 9, 12), tenders.dates_of(closes))
    proposed = calendar.work(61)
    tenders.write_proposal(play, "youth", clock(proposed, 14, 5))
    announced = clock(after(proposed), 8, 30)
    tenders.write_announcement(play, "youth", announced)
    for no, (said, firm) in enumerate(zip(text["questions"], ASKERS, strict=True)):
        tenders.write_question(play, "youth", said, firm, clock(after(announced.date(), 7 + 3 * no), 10 + no, 17))
    tenders.write_deadline(play, closes)
    tenders.write_opening(play, "youth", closes)
    return announced, closes


def _write_sketches(play: Play, announced: datetime, closes: datetime) -> None:
    """56 hand in, one withdraws, and one never gets that far."""
    cast = firms()
    for firm in cast:
        handed_in = _hand_in_time(firm, len(cast), closes)
        began = submissions.write_sketch(play, "youth", firm, announced, handed_in)
        if firm.name in CHANGED_THEIR_MIND:
            _write_second_thoughts(play, firm, handed_in)
        write_firm(play, firm, _sign_up_time(play, firm, announced, began))
    lines = ["Jobbkart, eksempel", "", "Uke 1: bakeriet. Det ga meg energi å bli ferdig med noe.", "Uke 2: lageret. Stille, men kaldt."]
    submissions.write_file(play, "youth", SARA, "Jobbkart.pdf", lines, clock(day_before(closes, 1), 20, 31))
    _write_extras(play, closes)


def _sign_up_time(play: Play, firm: Firm, announced: datetime, began: datetime) -> datetime:
    """The qualified have been here for long, those who ask come in the first days, the others when they begin to write."""
    if firm.name in QUALIFIED:
        return clock(play.calendar.day(98), 9 + firm.no % 9, firm.no)
    if firm.name in EARLY:
        return clock(announced.date() + timedelta(days=1 + firm.no % 5), 9 + firm.no % 11, firm.no)
    return began - timedelta(minutes=50)


def _hand_in_time(firm: Firm, of: int, closes: datetime) -> datetime:
    if firm.name in HANDED_IN:
        days, hour, minute, second = HANDED_IN[firm.name]
        return clock(day_before(closes, days), hour, minute, second)
    return submissions.hand_in_time(firm.no, of, closes)


def _write_second_thoughts(play: Play, firm: Firm, handed_in: datetime) -> None:
    """Handed in already an hour before, with a weaker last answer; taken back, mended, handed in again."""
    weaker = {**firm.sketch, "needs": firm.sketch["needs"].split(".")[0] + "."}
    submissions.write_hand_in(play, "youth", firm.name, weaker, handed_in - timedelta(minutes=63))
    submissions.write_taking_back(play, "youth", firm.name, handed_in - timedelta(minutes=28))


def _write_extras(play: Play, closes: datetime) -> None:
    for no, row in enumerate(texts("other_sketches")["extra"], start=len(firms())):
        firm = Firm(no, row["organisation"], row["person"], row["title"], row["answers"])
        began = clock(day_before(closes, 8), 19, 10 + no % 40)
        write_firm(play, firm, began - timedelta(hours=1))
        submissions.write_draft(play, "youth", firm.name, firm.sketch, began)
        if row["withdraw"]:
            whole = {key: text or "Det skriver vi sammen med de unge." for key, text in firm.sketch.items()}
            submissions.write_hand_in(play, "youth", firm.name, whole, clock(day_before(closes, 6), 15, 2))
            submissions.write_withdrawal(play, "youth", firm.name, clock(day_before(closes, 2), 9, 44))


def _write_building(play: Play) -> None:
    """The deadline passed hours ago; two people are to open it."""
    calendar, text = play.calendar, texts("tenders")["building"]
    closes = calendar.last_noon()
    tenders.write_description(play, "building", text, clock(calendar.work(66), 10, 5), tenders.dates_of(closes))
    proposed = calendar.work(50)
    tenders.write_proposal(play, "building", clock(proposed, 10, 0))
    announced = clock(after(proposed), 13, 10)
    tenders.write_announcement(play, "building", announced)
    tenders.write_question(play, "building", text["questions"][0], "Stavlaft SA", clock(calendar.day(34), 11, 21))
    for row, days in zip(texts("other_sketches")["building"], (9, 4, 1, 0), strict=True):
        sketch, firm = {"title": row["title"], **row["answers"]}, row["organisation"]
        submissions.write_draft(play, "building", firm, submissions.half_of(sketch), clock(day_before(closes, days + 1), 18, 20))
        submissions.write_hand_in(play, "building", firm, sketch, clock(day_before(closes, days), 8, 51, 7))
    tenders.write_deadline(play, closes)


def _write_kitchen(play: Play) -> None:
    """Open now, with a question that waits for its answer, and sketches under way."""
    calendar, text = play.calendar, texts("tenders")["kitchen"]
    closes = oslo(calendar.ahead(12), NOON)
    dates = tenders.dates_of(closes, questions=calendar.ahead(2))
    tenders.write_description(play, "kitchen", text, clock(calendar.work(40), 12, 40), dates)
    proposed = calendar.work(24)
    tenders.write_proposal(play, "kitchen", clock(proposed, 10, 15))
    tenders.write_announcement(play, "kitchen", clock(after(proposed), 13, 40))
    tenders.write_question(play, "kitchen", text["questions"][0], "Sufflørkassa", clock(calendar.day(13), 10, 3))
    tenders.write_question(play, "kitchen", {"text": text["unanswered"]}, "Eikespinn AS", clock(calendar.day(1), 9, 26))
    for row, days in zip(texts("other_sketches")["kitchen"], (5, 4, 2), strict=True):
        sketch, firm = {"title": row["title"], **row["answers"]}, row["organisation"]
        submissions.write_draft(play, "kitchen", firm, sketch, clock(calendar.day(days), 20, 40))
        if row["submit"]:
            submissions.write_hand_in(play, "kitchen", firm, sketch, clock(calendar.day(days - 2), 20, 15, 9))


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
    tenders.write_proposal(play, "classroom", clock(calendar.work(2), 14, 30))


def _write_not_open_yet(play: Play) -> None:
    """Announced, and opens in some days."""
    calendar, text = play.calendar, texts("tenders")["toolbox"]
    dates = tenders.dates_of(oslo(calendar.ahead(46), NOON), opens=clock(calendar.ahead(4), 8, 0))
    tenders.write_description(play, "toolbox", text, clock(calendar.work(14), 13, 15), dates)
    proposed = calendar.work(8)
    tenders.write_proposal(play, "toolbox", clock(proposed, 10, 50))
    tenders.write_announcement(play, "toolbox", clock(after(proposed), 13, 5))


def _write_draft(play: Play) -> None:
    text = texts("tenders")["fathers"]
    tenders.write_description(play, "fathers", text, clock(play.calendar.work(3), 10, 20))
