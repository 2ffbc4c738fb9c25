"""The play can be performed on every day of the year: Easter, Christmas, week-ends, and when the clocks change."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from accounts.local_time import oslo_day
from demo.world.calendar import Calendar
from demo.world.papers import small_pdf
from demo.world.script import write_play
from suppliers.uploads import check_upload
from tenders.working_days import is_working_day

TO_ANNOUNCEMENT = ["describe", "save", "propose", "announce"]
STEPS = {
    "youth": [*TO_ANNOUNCEMENT, "press", "press"],
    "building": TO_ANNOUNCEMENT,
    "kitchen": TO_ANNOUNCEMENT,
    "toolbox": TO_ANNOUNCEMENT,
    "tasting": ["describe", "save", "propose", "return"],
    "classroom": ["describe", "save", "propose"],
    "fathers": ["describe", "save"],
}
DAYS = [datetime(2026, 12, 1, (0, 12, 21)[day % 3], 5, tzinfo=UTC) + timedelta(days=day) for day in range(366)]


def scenes_of(now):
    """(time, desk and name of the act, its words) in the order of time."""
    found = []
    for at, _no, act in sorted(write_play(Calendar(now))._scenes, key=lambda scene: scene[:2]):
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


def steps_of(scenes):
    """What is done with each tender at the buyer's desk, in order; questions apart."""
    steps = defaultdict(list)
    for _at, name, words in scenes:
        if name.startswith("tenders.") and name not in {"tenders.ask", "tenders.answer"}:
            steps[words[0]].append(name.removeprefix("tenders."))
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
        days = [oslo_day(closes), oslo_day(questions), dates["answer_by_1"], dates["answer_by_2"]]
        assert all(is_working_day(day) for day in days)
        assert days[0] < days[2] < days[3]


def check_firms(scenes):
    """Nobody acts before they are registered, and every draft is begun, saved and handed in in that order."""
    dates, registered, begun = dates_of(scenes), set(), set()
    for at, name, words in scenes:
        if name == "cast.register":
            registered.add(words[0].name)
        elif name == "submissions.start":
            announced, told = dates[words[0]]
            assert words[1] in registered and announced <= at < told["closes_at"]
            begun.add(words[:2])
        elif name.startswith("submissions."):
            assert words[:2] in begun and at < dates[words[0]][1]["closes_at"]
        elif name == "prequalifications.apply":
            assert words[0] in registered
        elif name == "tenders.ask":
            announced, told = dates[words[0]]
            assert words[2] in registered and announced < at < told["questions_close_at"]


def test_what_lies_ahead_is_not_played():
    play = write_play(Calendar(datetime(2026, 9, 1, 10, tzinfo=UTC)))
    with pytest.raises(ValueError, match="lies ahead"):
        play.scene(play.calendar.now, lambda at: None)


def test_the_attachment_is_a_whole_pdf():
    file = check_upload("Jobbkart.pdf", small_pdf(["Jobbkart (eksempel)", "Uke 1: bakeriet \\ kafé"]))
    assert file.kind == "pdf"
