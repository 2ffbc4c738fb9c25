"""Amending raced on PostgreSQL: against itself, against handing in at the old deadline, and against the opening."""

import os
from datetime import timedelta

import pytest

from accounts.refused import Refused
from evaluation.commands.press_opening import press_opening
from letters.models import Letter
from suppliers.commands.submit_submission import submit_submission
from suppliers.models import Receipt
from tenders.commands.announce_amendment import announce_amendment
from tenders.models import Amendment
from tenders.phases import StagePhase
from tests.amendments_made import asked_to_amend
from tests.conftest import NOON
from tests.races.at_once import at_once
from tests.stages_made import drafted, firm, from_when, stage_of
from tests.tenders_made import announced

ROUNDS = int(os.environ.get("NYVEI_RACE_ROUNDS", "3"))
MICROSECOND = timedelta(microseconds=1)

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def longer(tender, ingrid):
    """A proposal of one more week, and what announces it in the last microsecond."""
    stage = stage_of(tender)
    new = stage.closes_at + timedelta(days=7)
    approval = asked_to_amend(tender, ingrid, NOON + timedelta(days=5), kind="deadline", material=False, values={"closes_at": new})
    in_time = stage.closes_at - MICROSECOND

    def announce(by):
        return lambda: announce_amendment(approval_id=approval.pk, content_seen=approval.content_hash, by=by, at=in_time)

    return announce, new


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_announced_many_times_at_once_it_is_announced_once(ingrid, arne, round_no):
    tender = announced(ingrid, arne)
    drafted(tender, 0)
    announce, new = longer(tender, ingrid)
    given = at_once([announce(arne)] * 4)
    assert sum(isinstance(one, Amendment) for one in given) == 1
    assert sum(isinstance(one, Refused) for one in given) == 3
    assert Amendment.objects.filter(tender=tender).count() == 1
    assert Letter.objects.filter(batch__kind="amendment", batch__stream=f"tender:{tender.pk}").count() == 1
    assert stage_of(tender).closes_at == new


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_a_sketch_at_the_old_deadline_is_taken_only_when_the_new_one_holds(ingrid, arne, round_no):
    tender = announced(ingrid, arne)
    drafts = [drafted(tender, no) for no in range(3)]
    announce, new = longer(tender, ingrid)
    old = stage_of(tender).closes_at
    acts = [lambda no=no, row=row: submit_submission(submission_id=row.pk, by=firm(no)[0], at=old) for no, row in enumerate(drafts)]
    given = at_once([announce(arne), *acts])
    assert isinstance(given[0], Amendment) and stage_of(tender).closes_at == new
    for one, row in zip(given[1:], drafts, strict=True):
        row.refresh_from_db()
        assert isinstance(one, Receipt | Refused)
        assert row.phase == ("submitted" if isinstance(one, Receipt) else "draft")


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_opened_or_amended_and_never_both(ingrid, arne, round_no):
    """A request that came before the deadline and waited a minute for its lock, against the second press."""
    tender = announced(ingrid, arne)
    announce, new = longer(tender, ingrid)
    stage, at = stage_of(tender), from_when(tender)
    press_opening(stage_id=stage.pk, by=ingrid, at=at)
    at_once([announce(arne), lambda: press_opening(stage_id=stage.pk, by=arne, at=at + timedelta(seconds=10))])
    opened = stage_of(tender)
    amended = Amendment.objects.filter(tender=tender).exists()
    assert (opened.phase == StagePhase.OPENED) is not amended
    assert opened.closes_at == (new if amended else stage.closes_at)
