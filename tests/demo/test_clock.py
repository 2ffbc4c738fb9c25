"""The demo's clock: forward only, once for each press, and everybody's."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import JournalEntry, User
from accounts.refused import Refused
from demo import queries
from demo.clock_shift import current_shift, rehearsing
from demo.commands.move_clock import move_clock
from demo.models import ClockShift
from tests.conftest import NOON
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(django_capture_on_commit_callbacks):
    def move(**changes):
        with django_capture_on_commit_callbacks(execute=True):
            move_clock(by=User.clock(), at=NOON, **changes)

    return move


def test_the_clock_goes_forward_and_the_journal_says_so(moved):
    assert current_shift() == timedelta(0)
    moved(seconds=90)
    moved(seconds=86_400, seen=90)
    assert current_shift() == timedelta(days=1, seconds=90)
    assert list(JournalEntry.objects.filter(stream="demo").values_list("facts__seconds", flat=True).order_by("seq")) == [90, 86_400]


def test_the_clock_never_goes_back(moved):
    with pytest.raises(Refused, match="The clock only goes forward"):
        moved(seconds=-1)
    assert current_shift() == timedelta(0)


def test_two_presses_of_one_button_count_once(moved):
    moved(seconds=60, seen=0)
    with pytest.raises(Refused, match="The clock has been moved since you opened the page"):
        moved(seconds=60, seen=0)
    assert ClockShift.objects.get().seconds == 60


def test_the_row_is_read_once_and_again_after_a_move(moved, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert (current_shift(), current_shift()) == (timedelta(0), timedelta(0))
    moved(seconds=5)
    with django_assert_num_queries(1):
        assert (current_shift(), current_shift()) == (timedelta(seconds=5), timedelta(seconds=5))


@pytest.mark.real_clock
def test_everything_reads_the_moved_clock(moved):
    before = clock.now()
    moved(seconds=3600)
    assert timedelta(hours=1) <= clock.now() - before < timedelta(hours=1, minutes=1)


@pytest.mark.real_clock
def test_a_rehearsal_stands_where_it_is_put_and_gives_the_clock_back():
    before = clock.now()
    with rehearsing() as rehearsal:
        rehearsal.stand_at(NOON)
        assert timedelta(0) <= clock.now() - NOON < timedelta(minutes=1)
    assert timedelta(0) <= clock.now() - before < timedelta(minutes=1)


def test_milestones_are_what_time_changes_in_announced_tenders(ingrid, arne):
    tender = announced(ingrid, arne)
    stage = tender.stages.get(no=1)
    coming = queries.milestones_after(NOON)
    assert [(one.kind, one.at) for one in coming] == [
        (queries.Kind.QUESTIONS_CLOSE, tender.questions_close_at),
        (queries.Kind.CLOSES, stage.closes_at),
        (queries.Kind.MAY_BE_OPENED, stage.may_be_opened_from),
    ]
    assert queries.milestones_after(stage.closes_at)[0].kind == queries.Kind.MAY_BE_OPENED
    assert queries.milestones_after(stage.may_be_opened_from) == []
    assert queries.milestones_after(NOON, until=tender.questions_close_at) == coming[:1]


@pytest.mark.parametrize(("ahead", "seconds"), [(0.0, 0), (0.2, 1), (1.0, 1), (61.5, 62), (-5.0, 0)])
def test_whole_seconds_reach_the_moment(ahead, seconds):
    assert queries.seconds_until(NOON + timedelta(seconds=ahead), at=NOON) == seconds
