"""The clock says once that a deadline has passed, and says nothing of what was handed in."""

from datetime import timedelta

import pytest

from accounts import clock, journal
from accounts.models import JournalEntry, User
from letters.models import Letter
from tenders.commands.tell_passed_deadlines import tell_passed_deadlines
from tenders.tasks import announce_passed_deadlines
from tests.tenders_made import announced


def told():
    return list(JournalEntry.objects.filter(event="tenders.deadline_passed").order_by("at"))


@pytest.mark.engine
@pytest.mark.parametrize(("early", "number"), [(timedelta(microseconds=1), 0), (timedelta(0), 1)], ids=["before", "at"])
def test_a_deadline_is_told_from_the_moment_it_passes(ingrid, arne, early, number):
    stage = announced(ingrid, arne).stages.get(no=1)
    assert tell_passed_deadlines(by=User.clock(), at=stage.closes_at - early) == number
    assert len(told()) == number


@pytest.mark.engine
def test_it_is_told_once_on_the_tenders_chain_and_to_the_two_who_open(ingrid, arne):
    tender = announced(ingrid, arne)
    stage = tender.stages.get(no=1)
    for minutes in (1, 2):
        tell_passed_deadlines(by=User.clock(), at=stage.closes_at + timedelta(minutes=minutes))
    (line,) = told()
    assert (line.stream, line.actor_role, line.facts) == (journal.stream_of(tender), "clock", {"no": 1})
    letters = Letter.objects.filter(batch__kind="deadline_passed")
    assert {letter.user for letter in letters} == {ingrid, arne}
    stage.refresh_from_db()
    assert stage.deadline_told_at == stage.closes_at + timedelta(minutes=1)


def test_the_notice_says_from_when_two_can_open(ingrid, arne):
    stage = announced(ingrid, arne).stages.get(no=1)
    tell_passed_deadlines(by=User.clock(), at=stage.closes_at)
    body = Letter.objects.get(user=ingrid).body.replace("\u00a0", " ")
    assert body.startswith("Fristen har gått ut. Dere kan åpne fra torsdag 1. oktober 2026 kl. 12.01.")


@pytest.mark.parametrize("number", [1, 3])
def test_the_lines_of_many_tenders_are_written_together(ingrid, arne, number, django_assert_max_num_queries):
    closes = [announced(ingrid, arne, name=f"Behov {no}").stages.get(no=1).closes_at for no in range(number)]
    with django_assert_max_num_queries(16 + 12 * number):
        assert tell_passed_deadlines(by=User.clock(), at=max(closes)) == number
    assert len({line.stream for line in told()}) == number


def test_the_job_opens_no_transaction_when_nothing_is_due(ingrid, arne, monkeypatch, django_assert_num_queries):
    stage = announced(ingrid, arne).stages.get(no=1)
    monkeypatch.setattr(clock, "now", lambda: stage.closes_at - timedelta(minutes=1))
    with django_assert_num_queries(1):
        announce_passed_deadlines()
    monkeypatch.setattr(clock, "now", lambda: stage.closes_at)
    announce_passed_deadlines()
    announce_passed_deadlines()
    assert len(told()) == 1
