"""«Unge på vei til jobb», from the need to money: eleven months, 56 sketches, three finalists and one winner."""

from datetime import datetime, timedelta

from accounts.local_time import oslo
from demo.world import agreements, finals, hours, panel, submissions, tenders
from demo.world.calendar import NOON, after, clock
from demo.world.cast import Firm, firms, write_firm
from demo.world.data import texts
from demo.world.rounds import FOR_56, QUICK, Round, write_round
from demo.world.stage import Play
from demo.world.submissions import day_before

KEY = "youth"
FIRST, SECOND = (KEY, 1), (KEY, 2)
SARA, SINDRE, STINE = "Morgenkveik AS", "Kvistkode AS", "Halvkollen ASA"
ASKERS = (STINE, "Stiftelsen Skvalpesund", "Murfald Entreprise AS", "Sufflørkassa", "Foreningen Lavvurøyk")
CHANGED_THEIR_MIND = ("Pikselvett AS", "Øvevær AS", "Ryggsekkis AS", "Likeflo AS")
HANDED_IN = {SARA: (1, 21, 7, 43), SINDRE: (0, 10, 41, 12), STINE: (5, 14, 20, 31)}
CLOSED_DAYS_AGO = 264


def write_youth(play: Play) -> tuple[datetime, datetime]:
    """Returns when it was announced, and the first deadline."""
    announced, closes = _write_announcement(play)
    told = texts("contracts")
    conflict, rejected = told["conflict"], told["rejected"]
    judged = [(firm.name, None) for firm in firms() if firm.name != rejected["firm"]]
    tie = {"erik": (conflict["firm"], conflict["ground"])}
    but = [("erik", conflict["firm"])]
    first = Round(FIRST, closes, judged, told["merits"], FOR_56, rejected["firm"], tie, but)
    panel.write_panel(play, KEY, after(announced.date(), 21))
    write_round(play, first, "approve")
    reason = {"ground": "unpaid_taxes", "reason": rejected["reason"], "heard": rejected["heard"]}
    hours.write_answers(play, FIRST, [firm.name for firm in firms() if firm.no % 3 != 2], first.day("approve"))
    panel.write_rejection(play, FIRST, rejected["firm"], reason, after(first.day("check"), 8))
    _write_development(play, _write_second_stage(play, first))
    return announced, closes


def _write_announcement(play: Play) -> tuple[datetime, datetime]:
    """The need, the announcement, and questions."""
    calendar, text = play.calendar, texts("tenders")[KEY]
    closes = oslo(after(calendar.day(CLOSED_DAYS_AGO), 0), NOON)
    dates = tenders.dates_of(closes)
    tenders.write_description(play, KEY, text, clock(calendar.work(CLOSED_DAYS_AGO + 66), 9, 12), dates)
    proposed = calendar.work(CLOSED_DAYS_AGO + 52)
    tenders.write_proposal(play, KEY, clock(proposed, 14, 5))
    announced = clock(after(proposed), 8, 30)
    tenders.write_announcement(play, KEY, announced)
    for no, (said, firm) in enumerate(zip(text["questions"], ASKERS, strict=True)):
        tenders.write_question(play, KEY, said, firm, clock(after(announced.date(), 7 + 3 * no), 10 + no, 17))
    return announced, closes


def _write_second_stage(play: Play, first: Round) -> Round:
    """Three finalists develop their sketches, are paid for it, and one is selected."""
    told, developed, opens = texts("contracts"), texts("developed"), finals.second_opens(first)
    closes = oslo(after(opens.date(), 60), NOON)
    finals.write_finalists(play, first, closes)
    finals.write_developed(play, SECOND, developed, opens, closes)
    second = Round(SECOND, closes, [(firm, None) for firm in developed], told["winner"], QUICK)
    write_round(play, second, "approve")
    finals.write_finalist_payments(play, first, list(developed), closes)
    return second


def _write_development(play: Play, second: Round) -> None:
    """The first of three parts is paid; for the second Sara has asked to be paid, and Camilla is to accept; the third is ahead."""
    calendar, told = play.calendar, texts("contracts")
    due = [calendar.work(38), calendar.ahead(5), calendar.ahead(61)]
    finals.write_development(play, second, told["milestones"], due)
    agreements.write_request(play, SECOND, SARA, 1, told["reports"][0], calendar.work(40))
    days = [calendar.work(36), calendar.work(33), calendar.work(32), calendar.work(20)]
    agreements.write_payment(play, SECOND, SARA, 1, dict(zip(finals.PAID, days, strict=True)))
    agreements.write_request(play, SECOND, SARA, 2, told["reports"][1], calendar.work(3))


def write_sketches(play: Play, announced: datetime, closes: datetime) -> dict[str, datetime]:
    """56 hand in, one withdraws, and one never gets that far. Returns when each of the 56 began."""
    cast, began = firms(), {}
    for firm in cast:
        handed_in = _hand_in_time(firm, len(cast), closes)
        began[firm.name] = submissions.write_sketch(play, FIRST, firm, announced, handed_in)
        if firm.name in CHANGED_THEIR_MIND:
            _write_second_thoughts(play, firm, handed_in)
    lines = ["Jobbkart, eksempel", "", "Uke 1: bakeriet. Det ga meg energi å bli ferdig med noe.", "Uke 2: lageret. Stille, men kaldt."]
    submissions.write_file(play, FIRST, SARA, "Jobbkart.pdf", lines, clock(day_before(closes, 1), 20, 31))
    _write_extras(play, closes)
    return began


def _hand_in_time(firm: Firm, of: int, closes: datetime) -> datetime:
    if firm.name in HANDED_IN:
        days, hour, minute, second = HANDED_IN[firm.name]
        return clock(day_before(closes, days), hour, minute, second)
    return submissions.hand_in_time(firm.no, of, closes)


def _write_second_thoughts(play: Play, firm: Firm, handed_in: datetime) -> None:
    """Handed in already an hour before, with a weaker last answer; taken back, mended, handed in again."""
    weaker = {**firm.sketch, "needs": firm.sketch["needs"].split(".")[0] + "."}
    submissions.write_hand_in(play, FIRST, firm.name, weaker, handed_in - timedelta(minutes=63))
    submissions.write_taking_back(play, FIRST, firm.name, handed_in - timedelta(minutes=28))


def _write_extras(play: Play, closes: datetime) -> None:
    for no, row in enumerate(texts("other_sketches")["extra"], start=len(firms())):
        firm = Firm(no, row["organisation"], row["person"], row["title"], row["answers"])
        began = clock(day_before(closes, 8), 19, 10 + no % 40)
        write_firm(play, firm, began - timedelta(hours=1))
        submissions.write_draft(play, FIRST, firm.name, firm.sketch, began)
        if row["withdraw"]:
            whole = {key: text or "Det skriver vi sammen med de unge." for key, text in firm.sketch.items()}
            submissions.write_hand_in(play, FIRST, firm.name, whole, clock(day_before(closes, 6), 15, 2))
            submissions.write_withdrawal(play, FIRST, firm.name, clock(day_before(closes, 2), 9, 44))
