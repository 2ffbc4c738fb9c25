"""Opening raced on PostgreSQL. NYVEI_RACE_ROUNDS says how many rounds; a few in the everyday tests, many in `make races`."""

import os
from datetime import timedelta

import pytest

from accounts import journal
from accounts.models import JournalEntry, User
from accounts.refused import Refused
from evaluation.commands.compare_opened_content import compare_opened_content
from evaluation.commands.press_opening import press_opening
from evaluation.ledger import root_hash
from evaluation.models import OpeningPress, SelectionPlace
from suppliers.commands.save_draft import save_draft
from suppliers.commands.start_submission import start_submission
from suppliers.commands.submit_submission import submit_submission
from suppliers.models import Receipt, Submission
from suppliers.phases import SubmissionPhase
from tenders.phases import StagePhase
from tests.races.at_once import at_once
from tests.sketches_made import Sketch, answers_in
from tests.stages_made import firm, from_when, stage_of
from tests.tenders_made import announced

ROUNDS = int(os.environ.get("NYVEI_RACE_ROUNDS", "3"))
SENDERS = 5

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def pressing(tender, user, at=None):
    stage = stage_of(tender)
    return lambda: press_opening(stage_id=stage.pk, by=user, at=at or from_when(tender))


def lines(tender, event):
    return JournalEntry.objects.filter(stream=journal.stream_of(tender), event=event)


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_two_people_press_at_the_same_time_and_it_is_opened_once(ingrid, arne, round_no):
    tender = announced(ingrid, arne)
    given = at_once([pressing(tender, ingrid), pressing(tender, arne)])
    assert sorted(given) == [False, True]
    stage = stage_of(tender)
    assert stage.phase == StagePhase.OPENED
    assert (lines(tender, "evaluation.opening_pressed").count(), lines(tender, "evaluation.stage_opened").count()) == (1, 1)
    assert (OpeningPress.objects.filter(stage=stage).count(), SelectionPlace.objects.filter(stage=stage).count()) == (2, 3)


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_both_double_click_at_the_same_time_and_it_is_opened_once(ingrid, arne, round_no):
    tender = announced(ingrid, arne)
    given = at_once([pressing(tender, user) for user in (ingrid, arne) for _ in range(2)])
    assert given.count(True) == 1
    assert given.count(False) == 1
    assert sum(isinstance(one, Refused) for one in given) == 2
    assert lines(tender, "evaluation.stage_opened").count() == 1
    assert SelectionPlace.objects.filter(stage=stage_of(tender)).count() == 3


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_one_person_who_presses_many_times_at_once_opens_nothing(ingrid, arne, round_no):
    tender = announced(ingrid, arne)
    given = at_once([pressing(tender, ingrid)] * 4)
    assert given.count(False) == 1
    assert True not in given
    assert stage_of(tender).phase == StagePhase.ANNOUNCED


def sending(tender, no):
    """A sketch that is written, and its handing in a microsecond before the deadline."""
    user, organisation = firm(no)
    stage, at = stage_of(tender), tender.announced_at + timedelta(days=2)
    draft = start_submission(stage_id=stage.pk, organisation_id=organisation.pk, by=user, at=at)
    save_draft(submission_id=draft.pk, answers=answers_in(stage, Sketch()), draft_no=0, by=user, at=at)
    in_time = stage.closes_at - timedelta(microseconds=1)
    return lambda: submit_submission(submission_id=draft.pk, by=user, at=in_time)


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_what_the_opening_saw_is_what_is_stored(ingrid, arne, round_no):
    """Five hand in while the stage is opened: each is either opened with a receipt, or refused and still a draft."""
    tender = announced(ingrid, arne)
    sent = [sending(tender, no) for no in range(SENDERS)]
    stage = stage_of(tender)
    pressing(tender, ingrid)()
    *received, opened = at_once([*sent, pressing(tender, arne)])
    assert opened is True
    receipts = [one for one in received if isinstance(one, Receipt)]
    assert len(receipts) + sum(isinstance(one, Refused) for one in received) == SENDERS
    facts = lines(tender, "evaluation.stage_opened").get().facts
    in_stage = Submission.objects.filter(stage=stage)
    assert facts["submissions"] == len(receipts) == in_stage.filter(phase=SubmissionPhase.OPENED).count()
    assert facts["root"] == root_hash(receipt.commitment for receipt in receipts)
    assert in_stage.filter(phase=SubmissionPhase.DRAFT).count() == SENDERS - len(receipts)
    assert list(journal.broken_lines()) == []
    compare_opened_content(by=User.clock(), at=from_when(tender) + timedelta(minutes=1))
    assert lines(tender, "evaluation.opening_verified").count() == 1


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_two_sweeps_at_once_write_the_result_once(ingrid, arne, round_no):
    tender = announced(ingrid, arne)
    for send in [sending(tender, no) for no in range(3)]:
        send()
    pressing(tender, ingrid)()
    pressing(tender, arne)()
    clock_user, at = User.clock(), from_when(tender) + timedelta(minutes=1)
    given = at_once([lambda: compare_opened_content(by=clock_user, at=at)] * 3)
    assert sorted(given) == [0, 0, 3]
    assert lines(tender, "evaluation.opening_verified").count() == 1
