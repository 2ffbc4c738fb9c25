"""Handing in, step by step, by the commands."""

from datetime import timedelta

import pytest

from accounts.models import JournalEntry, Membership
from accounts.refused import Refused
from letters.models import Letter
from suppliers import envelopes
from suppliers.commands.save_draft import save_draft
from suppliers.commands.start_submission import start_submission
from suppliers.commands.submit_submission import submit_submission
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.completeness import TITLE
from suppliers.models import Receipt, Submission, SubmissionVersion
from suppliers.phases import SubmissionPhase
from suppliers.policies.submission import SavedByAnother, SubmitPolicy
from tenders.models import Follower
from tests.conftest import NOON
from tests.submissions_made import LATER, answers_for, drafted, stage_of, submitted
from tests.suppliers_made import registered
from tests.tenders_made import announced

MICROSECOND = timedelta(microseconds=1)
BOUND = "Only a representative of the organisation can hand in, take back or withdraw. Ask one of them to do it."
pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


@pytest.fixture
def stage(tender):
    return stage_of(tender)


@pytest.fixture
def morgenkveik(sara):
    return registered(sara)


@pytest.fixture
def jonas(morgenkveik, sindre):
    """A contributor in Sara's organisation. No command adds one yet."""
    Membership.objects.create(organisation=morgenkveik, user=sindre, part=Membership.Part.CONTRIBUTOR, joined_at=NOON - timedelta(days=2))
    return sindre


def test_starting_makes_the_organisation_a_follower_and_stands_in_its_own_stream_only(sara, morgenkveik, tender, stage):
    before = JournalEntry.objects.filter(stream=f"tender:{tender.pk}").count()
    submission = start_submission(stage_id=stage.pk, organisation_id=morgenkveik.pk, by=sara, at=LATER)
    assert submission.phase == SubmissionPhase.DRAFT
    assert Follower.objects.get(tender=tender).organisation == morgenkveik
    assert JournalEntry.objects.filter(stream=f"tender:{tender.pk}").count() == before
    assert JournalEntry.objects.get(event="suppliers.submission_started").stream == f"organisation:{morgenkveik.pk}"


def test_a_second_start_is_refused(sara, morgenkveik, tender, stage):
    drafted(sara, morgenkveik, tender)
    with pytest.raises(Refused, match="Your organisation has already started. You work on the same one."):
        start_submission(stage_id=stage.pk, organisation_id=morgenkveik.pk, by=sara, at=LATER)
    assert Submission.objects.count() == 1


def test_only_members_write(sara, sindre, morgenkveik, tender, stage):
    with pytest.raises(Refused, match="Only those who act for the organisation can write for it."):
        start_submission(stage_id=stage.pk, organisation_id=morgenkveik.pk, by=sindre, at=LATER)
    submission = drafted(sara, morgenkveik, tender)
    with pytest.raises(Refused, match="Only those who act for the organisation can write for it."):
        save_draft(submission_id=submission.pk, answers=answers_for(stage, text="Fremmed."), draft_no=1, by=sindre, at=LATER)


def test_an_invited_stage_takes_no_sketch_now(sara, morgenkveik, tender):
    invited = tender.stages.get(no=2)
    with pytest.raises(Refused, match="Only those who are invited can take part in this stage."):
        start_submission(stage_id=invited.pk, organisation_id=morgenkveik.pk, by=sara, at=LATER)


def test_prequalification_is_asked_for_when_the_tender_says_so(sara, morgenkveik, ingrid, arne):
    asking = announced(ingrid, arne, prequalification_required=True, prequalification_ground="Anskaffelsesforskriften § 30-1")
    with pytest.raises(Refused, match="This tender is for prequalified organisations. Apply for prequalification first."):
        start_submission(stage_id=stage_of(asking).pk, organisation_id=morgenkveik.pk, by=sara, at=LATER)


def test_a_stage_that_has_not_opened_says_when_it_does(sara, morgenkveik, tender, stage):
    with pytest.raises(Refused, match="This stage opens Tuesday 1 September 2026 at"):
        start_submission(stage_id=stage.pk, organisation_id=morgenkveik.pk, by=sara, at=stage.opens_at - MICROSECOND)


def test_a_stage_that_is_planned_is_not_announced(sara, morgenkveik, tender):
    planned = tender.stages.get(no=2)
    planned.entry = "open"
    planned.save()
    with pytest.raises(Refused, match="This stage has not been announced yet."):
        start_submission(stage_id=planned.pk, organisation_id=morgenkveik.pk, by=sara, at=LATER)


def test_what_is_submitted_is_sealed_receipted_and_told(sara, morgenkveik, tender, stage):
    receipt = submitted(sara, morgenkveik, tender)
    version = receipt.version
    line = JournalEntry.objects.get(event="suppliers.submission_received")
    assert (line.stream, line.seq, line.hash) == (f"organisation:{morgenkveik.pk}", receipt.stream_seq, receipt.stream_hash)
    assert set(line.facts) == {"from", "to", "stage", "version", "commitment"}
    assert receipt.number.startswith(f"K-{tender.reference}-")
    assert receipt.received_at == LATER
    assert b"unge" not in bytes(version.content)
    notice = Letter.objects.get(user=sara)
    assert receipt.number in notice.body
    assert "Tre prøveuker" not in notice.body + notice.title


@pytest.mark.parametrize(("offset", "taken"), [(-1, True), (0, False), (1, False)], ids=["before", "on", "after"])
def test_submit_at_the_deadline(sara, morgenkveik, tender, stage, offset, taken):
    submission = drafted(sara, morgenkveik, tender)
    at = stage.closes_at + offset * MICROSECOND
    if taken:
        assert submit_submission(submission_id=submission.pk, by=sara, at=at).received_at == at
        return
    with pytest.raises(Refused, match="The deadline was Thursday 1 October 2026 before 12.00. This arrived 1 October 2026 at"):
        submit_submission(submission_id=submission.pk, by=sara, at=at)
    assert not Receipt.objects.exists()
    refusal = JournalEntry.objects.get(event="refused.suppliers.submit_submission")
    assert refusal.stream == f"user:{sara.pk}"
    assert "This arrived 1 October 2026" in refusal.reason


@pytest.mark.parametrize("step", [take_back_submission, withdraw_submission])
def test_nothing_is_taken_back_or_withdrawn_on_the_deadline(sara, morgenkveik, tender, stage, step):
    receipt = submitted(sara, morgenkveik, tender)
    with pytest.raises(Refused, match="The deadline was"):
        step(submission_id=receipt.version.submission_id, by=sara, at=stage.closes_at)
    receipt.version.refresh_from_db()
    assert receipt.version.replaced_at is None


def test_no_draft_is_saved_on_the_deadline(sara, morgenkveik, tender, stage):
    submission = drafted(sara, morgenkveik, tender)
    with pytest.raises(Refused, match="The deadline was"):
        save_draft(submission_id=submission.pk, answers=answers_for(stage, text="For sent."), draft_no=1, by=sara, at=stage.closes_at)


def test_a_contributor_writes_and_does_not_hand_in(sara, jonas, morgenkveik, tender, stage):
    submission = drafted(sara, morgenkveik, tender)
    save_draft(submission_id=submission.pk, answers=answers_for(stage, text="Jonas skrev dette."), draft_no=1, by=jonas, at=LATER)
    for step in (submit_submission, take_back_submission, withdraw_submission):
        with pytest.raises(Refused, match=BOUND):
            step(submission_id=submission.pk, by=jonas, at=LATER)


@pytest.mark.parametrize("title", ["", "  \n", " ".join(["ord"] * 13)], ids=["empty", "blank", "13 words"])
def test_what_is_missing_or_too_long_may_be_saved_and_not_handed_in(sara, morgenkveik, tender, title):
    submission = drafted(sara, morgenkveik, tender, **{TITLE: title})
    assert envelopes.read_draft(submission)[TITLE] == title
    with pytest.raises(Refused, match="Answer every question and keep within the limits before you hand in."):
        submit_submission(submission_id=submission.pk, by=sara, at=LATER)


def test_exactly_the_limit_is_taken(sara, morgenkveik, tender):
    assert submitted(sara, morgenkveik, tender, **{TITLE: " ".join(["ord"] * 12)}).number


def test_take_back_and_submit_again_gives_two_receipts_and_one_content(sara, morgenkveik, tender, stage):
    first = submitted(sara, morgenkveik, tender)
    submission = first.version.submission
    with pytest.raises(Refused, match="This is handed in. Take it back before you change it."):
        save_draft(submission_id=submission.pk, answers=answers_for(stage, text="Nytt."), draft_no=1, by=sara, at=LATER)
    take_back_submission(submission_id=submission.pk, by=sara, at=LATER)
    save_draft(submission_id=submission.pk, answers=answers_for(stage, text="Helt ny tekst."), draft_no=1, by=sara, at=LATER)
    second = submit_submission(submission_id=submission.pk, by=sara, at=LATER + MICROSECOND)
    gone = SubmissionVersion.objects.get(no=1)
    assert [bytes(part) for part in (gone.content, gone.manifest, gone.sealed_key, gone.opened_key)] == [b""] * 4
    assert set(Receipt.objects.values_list("number", flat=True)) == {first.number, second.number}
    assert second.commitment != first.commitment
    assert Receipt.objects.get(number=first.number).commitment == first.commitment


def test_withdraw_and_return_is_a_new_submission(sara, morgenkveik, tender):
    first = submitted(sara, morgenkveik, tender)
    withdraw_submission(submission_id=first.version.submission_id, by=sara, at=LATER)
    old = Submission.objects.get(pk=first.version.submission_id)
    assert (old.phase, bytes(old.draft)) == (SubmissionPhase.WITHDRAWN, b"")
    assert bytes(SubmissionVersion.objects.get(submission=old).content) == b""
    second = submitted(sara, morgenkveik, tender)
    assert second.version.submission_id != old.pk
    assert Receipt.objects.count() == 2


def test_what_is_withdrawn_is_not_written_on(sara, morgenkveik, tender, stage):
    receipt = submitted(sara, morgenkveik, tender)
    withdraw_submission(submission_id=receipt.version.submission_id, by=sara, at=LATER)
    with pytest.raises(Refused, match="It has been withdrawn. Start a new one."):
        save_draft(submission_id=receipt.version.submission_id, answers=answers_for(stage), draft_no=1, by=sara, at=LATER)
    with pytest.raises(Refused, match="This is no longer a draft. Look at its page to see what has happened."):
        submit_submission(submission_id=receipt.version.submission_id, by=sara, at=LATER)


@pytest.mark.parametrize("step", [take_back_submission, withdraw_submission])
def test_a_draft_is_neither_taken_back_nor_withdrawn(sara, morgenkveik, tender, step):
    submission = drafted(sara, morgenkveik, tender)
    with pytest.raises(Refused, match="Nothing is handed in, so there is nothing to take back."):
        step(submission_id=submission.pk, by=sara, at=LATER)


def test_two_who_save_at_once_are_told_and_nothing_is_overwritten(sara, jonas, morgenkveik, tender, stage):
    submission = drafted(sara, morgenkveik, tender)
    save_draft(submission_id=submission.pk, answers=answers_for(stage, text="Sara skrev."), draft_no=1, by=sara, at=LATER)
    with pytest.raises(SavedByAnother, match="Somebody has saved another text since you opened the page. Nothing is overwritten."):
        save_draft(submission_id=submission.pk, answers=answers_for(stage, text="Jonas skrev."), draft_no=1, by=jonas, at=LATER)
    submission.refresh_from_db()
    assert envelopes.read_draft(submission) == answers_for(stage, text="Sara skrev.")


def test_the_same_save_twice_is_saved_once(sara, morgenkveik, tender, stage):
    submission = drafted(sara, morgenkveik, tender)
    again = answers_for(stage, text="Svaret gikk tapt på veien tilbake.")
    assert save_draft(submission_id=submission.pk, answers=again, draft_no=1, by=sara, at=LATER) == 2
    assert save_draft(submission_id=submission.pk, answers=again, draft_no=1, by=sara, at=LATER) == 2


def test_what_a_colleague_changed_is_looked_over_first(sara, jonas, morgenkveik, tender, stage):
    submission = drafted(sara, morgenkveik, tender)
    save_draft(submission_id=submission.pk, answers=answers_for(stage, text="Jonas skrev."), draft_no=1, by=jonas, at=LATER)
    with pytest.raises(Refused, match="Somebody in your organisation has just changed it. Look it over before you hand it in."):
        submit_submission(submission_id=submission.pk, draft_no=1, by=sara, at=LATER)
    assert not Receipt.objects.exists()


def test_what_is_overtaken_by_the_opening_is_told_so(sara, morgenkveik, tender, stage):
    """A request that was sent in time and came to the lock after the stage was opened."""
    submission = drafted(sara, morgenkveik, tender)
    stage.phase, stage.opened_at = "opened", stage.closes_at
    policy = SubmitPolicy(stage, submission, [], stage.closes_at - MICROSECOND)
    assert policy.refusal(sara) == "The stage was opened while this was on its way. Nothing was changed."
