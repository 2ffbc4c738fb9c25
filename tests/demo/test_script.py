"""The play can be performed on every day of the year: Easter, Christmas, week-ends, and when the clocks change."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from accounts.local_time import oslo_day
from demo.world.calendar import Calendar
from demo.world.market import KEY as MARKET
from demo.world.papers import small_pdf
from demo.world.script import write_play
from tenders.uploads.checks import check_upload
from tenders.working_days import first_signing_day, is_working_day

TO_ANNOUNCEMENT = ["describe", "save", "propose", "announce"]
JUDGED = [*TO_ANNOUNCEMENT, "appoint", "confirm", "press", "press"]
ALLOWED = [*JUDGED, "admit"]
SELECTED = [*ALLOWED, "close", "propose", "write_letters", "approve"]
SETTLED = [*SELECTED, "draft", "approve", "propose_settlement", "settle", "sign_as_suppliers", "sign_as_buyer"]
BOTH_STAGES = [*SETTLED, *SETTLED[6:], "plan", "complete"]
STEPS = {
    "youth": [*SELECTED[:9], "reject", *BOTH_STAGES[9:]],
    "building": [*TO_ANNOUNCEMENT, "appoint", "confirm"],
    "kitchen": [*TO_ANNOUNCEMENT, "appoint", "amend", "announce_amendment"],
    "toolbox": TO_ANNOUNCEMENT,
    "tasting": ["describe", "save", "propose", "return"],
    "classroom": ["describe", "save", "propose"],
    "fathers": ["describe", "save"],
    "reported": ["describe", "save"],
    "shelved": ["describe", "save"],
    MARKET: ["describe", "save"],
    "welcome": TO_ANNOUNCEMENT,
    "carers": JUDGED,
    "migraine": ALLOWED,
    "seniors": [*ALLOWED, "close"],
    "letters": SELECTED[:-1],
    "season": SELECTED,
    "care": SETTLED,
    "bus": [*ALLOWED, "close", "propose_closing", "close_stage"],
    "fair": [*TO_ANNOUNCEMENT, "appoint", "confirm", "propose_cancelling", "cancel"],
    "desk": [*BOTH_STAGES, "complete"],
    "guidance": SETTLED,
    "call_off": ["start", "propose", "announce"],
}
# What many do, each on their own: asked about elsewhere
APART = {"ask", "answer", "declare", "fill_in", "lock", "begin", "request", "handle", "follow_theme"}
DESKS = {"tenders", "panel", "scores", "selections", "agreements", "frameworks"}
DAYS = [datetime(2026, 12, 1, (0, 12, 21)[day % 3], 5, tzinfo=UTC) + timedelta(days=day) for day in range(366)]


def scenes_of(now):
    """(time, desk and name of the act, its words) in the order of time."""
    found = []
    for at, _no, act, _quiet in sorted(write_play(Calendar(now))._scenes, key=lambda scene: scene[:2]):
        if hasattr(act, "func"):
            desk = act.func.__module__.split(".")[-1]
            found.append((at, f"{desk}.{act.func.__name__.strip('_')}", act.args[1:]))
    return found


@pytest.mark.slow
def test_the_script_holds_on_every_day_of_a_year():
    for now in DAYS:
        scenes = scenes_of(now)
        assert steps_of(scenes) == STEPS, now
        check_dates(scenes)
        check_firms(scenes)
        check_questions(scenes)
        check_rounds(scenes)


def key_of(words):
    return words[0][0] if isinstance(words[0], tuple) else words[0]


def steps_of(scenes):
    """What is done with each tender at the desks of the buyer, in order."""
    steps = defaultdict(list)
    for _at, name, words in scenes:
        desk, act = name.split(".")
        if desk in DESKS and act not in APART:
            steps[key_of(words)].append(act)
    return steps


def dates_of(scenes):
    """tender -> (announced, what was announced of dates), for those that are announced."""
    announced = {words[0]: at for at, name, words in scenes if name == "tenders.announce"}
    saved = {words[0]: words[2] for _at, name, words in scenes if name == "tenders.save"}
    return {key: (at, saved[key]) for key, at in announced.items()}


def check_dates(scenes):
    for announced, dates in dates_of(scenes).values():
        closes, questions = dates["closes_at"], dates["questions_close_at"]
        assert announced + timedelta(days=14) < closes and announced < questions < closes
        answers = [dates[name] for name in ("answer_by_1", "answer_by_2") if name in dates]
        assert all(is_working_day(day) for day in [oslo_day(closes), oslo_day(questions), *answers])
        assert oslo_day(closes) < answers[0] <= answers[-1] and answers == sorted(set(answers))
    for _at, name, words in scenes:
        if name == "selections.propose_settlement" and words[1]:
            opens, closes = words[1]["opens_at"], words[1]["closes_at"]
            assert closes - opens >= timedelta(weeks=8)
            assert all(is_working_day(oslo_day(one)) for one in (opens, closes)) and is_working_day(words[1]["answer_by"])


def windows_of(scenes):
    """(tender, stage) -> when it opens and closes."""
    found = {(key, 1): (announced, dates["closes_at"]) for key, (announced, dates) in dates_of(scenes).items()}
    for at, name, words in scenes:
        if name == "selections.propose_settlement" and words[1]:
            assert at < words[1]["opens_at"]
            found[words[0][0], 2] = (words[1]["opens_at"], words[1]["closes_at"])
    return found


def check_firms(scenes):
    """Nobody acts before they are registered, and every draft is begun, saved and handed in in that order."""
    windows, registered, begun = windows_of(scenes), set(), set()
    for at, name, words in scenes:
        if name == "cast.register":
            registered.add(words[0].name)
        elif name == "submissions.start":
            opens, closes = windows[words[0]]
            assert words[1] in registered and opens <= at < closes
            begun.add(words[:2])
        elif name.startswith("submissions."):
            assert words[:2] in begun and at < windows[words[0]][1]
        elif name == "prequalifications.apply":
            assert words[0] in registered
        elif name == "tenders.ask":
            assert words[2] in registered


def check_questions(scenes):
    """Asked between the announcement and the cut-off; of a need that is only asked about, once the dialogue is open."""
    dates = dates_of(scenes)
    opened = next(at for at, name, _words in scenes if name == "market.open")
    for at, name, words in scenes:
        if name == "tenders.ask":
            announced, told = dates.get(words[0], (opened, {"questions_close_at": at + timedelta(days=1)}))
            assert announced < at < told["questions_close_at"]


def check_rounds(scenes):
    """Declared before anything is checked, scored before the closing, and nothing is signed in the standstill."""
    last, approved = {}, {}
    order = ["declare", "admit", "fill_in", "close", "propose", "write_letters", "approve", "propose_settlement", "settle"]
    for at, name, words in scenes:
        desk, act = name.split(".")
        if desk in {"panel", "scores", "selections"} and act in order and isinstance(words[0], tuple):
            assert last.get(words[0], 0) <= order.index(act), (at, name, words[0])
            last[words[0]] = order.index(act)
            if act == "approve":
                approved[words[0]] = oslo_day(at)
        if act in {"settle", "sign_as_suppliers", "sign_as_buyer"}:
            assert oslo_day(at) >= first_signing_day(approved[words[0]], 10)
            assert last[words[0]] == order.index("settle")
    for key, at in approved.items():
        assert (key == ("season", 1)) == (last[key] == order.index("approve")), at


def test_what_lies_ahead_is_not_played():
    play = write_play(Calendar(datetime(2026, 9, 1, 10, tzinfo=UTC)))
    with pytest.raises(ValueError, match="lies ahead"):
        play.scene(play.calendar.now, lambda at: None)


def test_the_attachment_is_a_whole_pdf():
    file = check_upload("Jobbkart.pdf", small_pdf(["Jobbkart (eksempel)", "Uke 1: bakeriet \\ kafé"]))
    assert file.kind == "pdf"
