"""Many at once, on PostgreSQL: around the deadline, against the opening, and against oneself.

A short round every day; NYVEI_RACE_ROUNDS=50 for a long series. Each race says in its assertion how many tries it made.
"""

import os
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import JournalEntry, Membership
from accounts.refused import Refused
from evaluation.commands.press_opening import press_opening
from suppliers import envelopes
from suppliers.commands.save_draft import save_draft
from suppliers.commands.submit_submission import submit_submission
from suppliers.models import Receipt, Submission
from suppliers.phases import SubmissionPhase
from tests.conftest import NOON, make_person
from tests.races.at_once import at_once
from tests.submissions_made import LATER, answers_for, drafted, stage_of
from tests.suppliers_made import registered
from tests.tenders_made import announced

ROUNDS = int(os.environ.get("NYVEI_RACE_ROUNDS", "2"))
SUPPLIERS = 6
MICROSECOND = timedelta(microseconds=1)

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


@pytest.fixture
def drafts(tender):
    people = [make_person(f"{name} Nilsen") for name in ("Sol", "Siv", "Sia", "Ste", "Suz", "Syl")[:SUPPLIERS]]
    return [(who, drafted(who, registered(who, name=f"{who.first_name} AS"), tender)) for who in people]


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_submissions_around_the_deadline_against_the_opening(ingrid, arne, tender, drafts, round_no):
    """Before the deadline and before the opening: in, with a receipt, and opened. Everything else: refused, and nothing stored."""
    stage = stage_of(tender)
    opening = stage.closes_at + timedelta(seconds=60)
    press_opening(stage_id=stage.pk, by=ingrid, at=opening)
    offsets = [-2, -1, -1, 0, 1, 2]

    def submit(who, draft, offset):
        return lambda: submit_submission(submission_id=draft.pk, by=who, at=stage.closes_at + offset * MICROSECOND)

    acts = [submit(who, draft, offset) for (who, draft), offset in zip(drafts, offsets, strict=True)]
    answers = at_once([*acts, lambda: press_opening(stage_id=stage.pk, by=arne, at=opening)])
    received = [answer for answer in answers[:-1] if isinstance(answer, Receipt)]
    assert answers[-1] is True
    assert {receipt.number for receipt in received} == set(Receipt.objects.values_list("number", flat=True))
    assert all(receipt.received_at < stage.closes_at for receipt in received)
    assert all(isinstance(answer, Refused) for answer, offset in zip(answers[:-1], offsets, strict=True) if offset >= 0)
    opened = Submission.objects.filter(phase=SubmissionPhase.OPENED)
    assert not Submission.objects.filter(phase=SubmissionPhase.SUBMITTED).exists()
    assert {row.pk for row in opened} == {receipt.version.submission_id for receipt in received}
    for row in opened:
        version = row.versions.select_related("submission__stage").get()
        assert envelopes.read_opened_version(version) == answers_for(stage)
    assert JournalEntry.objects.get(event="evaluation.stage_opened").facts["submissions"] == len(received)


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_one_microsecond_decides_for_everybody(tender, drafts, round_no):
    stage = stage_of(tender)
    offsets = [-1, 0] * (SUPPLIERS // 2)
    acts = [
        (
            lambda who=who, draft=draft, offset=offset: submit_submission(
                submission_id=draft.pk, by=who, at=stage.closes_at + offset * MICROSECOND
            )
        )
        for (who, draft), offset in zip(drafts, offsets, strict=True)
    ]
    answers = at_once(acts)
    assert [isinstance(answer, Receipt) for answer in answers] == [offset < 0 for offset in offsets]
    assert Receipt.objects.count() == SUPPLIERS // 2


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_the_same_form_twenty_times_at_once_gives_one_receipt(sara, tender, clock_at, round_no):
    clock_at(LATER)
    drafted(sara, registered(sara), tender)
    form = {"draft_no": "1", "form_token": str(uuid.uuid4())}
    address = reverse("suppliers:submit", args=[tender.reference, 1])
    clients = [Client() for _ in range(20)]
    for client in clients:
        client.force_login(sara)
    answers = at_once([lambda client=client: client.post(address, form) for client in clients])
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_two_colleagues_hand_in_at_once_and_one_of_them_does_it(sara, sindre, tender, round_no):
    organisation = registered(sara)
    Membership.objects.create(organisation=organisation, user=sindre, part=Membership.Part.REPRESENTATIVE, joined_at=NOON)
    draft = drafted(sara, organisation, tender)
    answers = at_once([lambda who=who: submit_submission(submission_id=draft.pk, by=who, at=LATER) for who in (sara, sindre)])
    assert sorted(type(answer).__name__ for answer in answers) == ["Receipt", "Refused"]
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_two_saves_at_once_keep_one_text_whole(sara, sindre, tender, round_no):
    organisation = registered(sara)
    Membership.objects.create(organisation=organisation, user=sindre, part=Membership.Part.CONTRIBUTOR, joined_at=NOON)
    draft = drafted(sara, organisation, tender)
    texts = [answers_for(stage_of(tender), text=f"Tekst av {who.first_name}.") for who in (sara, sindre)]
    answers = at_once(
        [
            lambda who=who, text=text: save_draft(submission_id=draft.pk, answers=text, draft_no=1, by=who, at=LATER)
            for who, text in zip((sara, sindre), texts, strict=True)
        ]
    )
    winner = answers.index(2)
    assert isinstance(answers[1 - winner], Refused)
    draft.refresh_from_db()
    assert envelopes.read_draft(draft) == texts[winner]
