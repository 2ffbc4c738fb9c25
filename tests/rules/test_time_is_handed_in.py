"""Only accounts/clock.py looks at a clock, and who sees what is one function per model."""

import re

import pytest

from tests.rules.tree import ROOT, modules

CLOCKS = re.compile(
    r"timezone\.now\b|datetime\.(now|utcnow|today)\b|date\.today\b|time\.time\b|auto_now|\bNow\(\)|CURRENT_TIMESTAMP|clock_timestamp"
)
# Between a request or a command line and the steps: these ask the clock and hand the time on
ASK_THE_CLOCK = re.compile(
    r"^accounts/(clock|journal|http|context|kept_text|adapter|signals)\.py$|views|tasks\.py$|^demo/|/management/|templatetags"
)
# Where a submission may be fetched at all: the two desks' visibility queries, and the commands that lock or change one
MAY_FETCH_SUBMISSIONS = re.compile(
    r"^suppliers/(queries/submissions\.py|commands/)|^evaluation/(queries/(submissions|panel)\.py|commands/)"
)


@pytest.mark.parametrize("path", sorted(modules()))
def test_nobody_else_looks_at_a_clock(path):
    if path == "accounts/clock.py":
        return
    assert CLOCKS.findall((ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(modules()))
def test_views_and_jobs_ask_the_clock_and_nobody_else(path):
    if ASK_THE_CLOCK.search(path):
        return
    assert "clock.now" not in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(modules()))
def test_submissions_are_fetched_through_the_visibility_queries(path):
    if MAY_FETCH_SUBMISSIONS.search(path):
        return
    text = (ROOT / path).read_text(encoding="utf-8")
    assert not re.search(r"\b(Submission|SubmissionVersion|Attachment)\.(objects|_default_manager)", text)
    assert ".submissions." not in text, "through the stage or the organisation is a second door"
