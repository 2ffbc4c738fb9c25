"""A tender is cancelled by two people in every state until the last contract is signed; what is sealed stays sealed for ever."""

from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from accounts.models import JournalEntry
from accounts.refused import Refused
from contracts.commands.cancel_tender import cancel_tender
from contracts.commands.propose_cancellation import propose_cancellation
from contracts.models import Contract
from evaluation.commands.close_stage import close_stage
from evaluation.commands.declare_conflict import declare_conflict
from evaluation.commands.press_opening import press_opening
from evaluation.commands.propose_closing import propose_closing
from evaluation.models import Selection
from evaluation.queries import opened_submissions
from letters.models import Letter, LetterBatch
from suppliers.commands.save_draft import save_draft
from suppliers.envelopes import read_draft
from suppliers.queries.submissions import current_submissions
from tenders.commands.follow_tender import follow_tender
from tenders.commands.return_approval import return_approval
from tenders.models import Approval, Budget
from tenders.sealing import SealBroken
from tenders.stage_keys import private_key_of
from tests.conftest import NOON, make_person
from tests.contracts_made import approved as contracts_approved
from tests.contracts_made import first_day, signed
from tests.panel_made import all_declared
from tests.selections_made import proposed_selection, selected
from tests.settled_made import (
    CANCELLED_WHY,
    answered,
    cancelled,
    developed,
    first_stage_opened,
    going_on,
    judged,
    opened_stage,
    settled,
    settling_moment,
    stage_no,
)
from tests.stages_made import drafted, firm, handed_in
from tests.tenders_made import announced, describe


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


@contextmanager
def undone():
    """What is tried here has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def phases_of(tender):
    return [stage.phase for stage in tender.stages.order_by("no")]


def test_while_it_is_sealed(tender, cast):
    """The key is gone, the sketch is never opened, the draft is its owner's, and all who follow or handed in get a letter."""
    [sketch] = handed_in(tender, 1)
    draft = drafted(tender, 1)
    reader = make_person("Leser Lund", language="nn")
    follow_tender(tender_id=tender.pk, organisation=None, by=reader, at=NOON + timedelta(days=1))
    at = NOON + timedelta(days=6)
    with pytest.raises(Refused, match="Only the officer of this tender proposes to cancel it"):
        propose_cancellation(tender_id=tender.pk, reason=CANCELLED_WHY, again=True, by=cast.arne, at=at)
    with pytest.raises(Refused, match="Write the reason. Everybody reads it"):
        propose_cancellation(tender_id=tender.pk, reason="\t", again=True, by=cast.ingrid, at=at)
    approval = propose_cancellation(tender_id=tender.pk, reason=CANCELLED_WHY, again=True, by=cast.ingrid, at=at)
    with pytest.raises(Refused, match="This is already waiting for approval"):
        propose_cancellation(tender_id=tender.pk, reason=CANCELLED_WHY, again=True, by=cast.ingrid, at=at)
    with pytest.raises(Refused, match="Someone else must approve your proposal"):
        cancel_tender(approval_id=approval.pk, by=cast.ingrid, at=at)
    with pytest.raises(Refused, match="Only the approver of this tender can approve this"):
        cancel_tender(approval_id=approval.pk, by=make_person("Frode Fremmed"), at=at)
    cancel_tender(approval_id=approval.pk, by=cast.arne, at=at)
    tender.refresh_from_db()
    assert (tender.phase, phases_of(tender)) == ("cancelled", ["cancelled", "cancelled"])
    stage = stage_no(tender, 1)
    assert stage.sealed and stage.key.destroyed_at == at and not stage.key.wrapped_private
    with pytest.raises(SealBroken):
        private_key_of(stage.key)
    with pytest.raises(Refused, match="The tender was cancelled, so the stage is never opened"):
        press_opening(stage_id=stage.pk, by=cast.ingrid, at=stage.closes_at + timedelta(hours=1))
    sara, _organisation = firm(0)
    assert [row.phase for row in current_submissions(sara, stage)] == ["submitted"]
    draft.refresh_from_db()
    assert read_draft(draft)["title"]
    with pytest.raises(Refused, match="The tender has been cancelled. Nothing more is taken in"):
        save_draft(submission_id=draft.pk, answers=read_draft(draft), draft_no=draft.draft_no, by=firm(1)[0], at=at)
    letters = list(Letter.objects.filter(batch__kind="cancellation"))
    assert {letter.organisation for letter in letters if letter.organisation} == {sketch.organisation, draft.organisation}
    assert [letter.user for letter in letters if letter.user] == [reader]
    assert all(CANCELLED_WHY in letter.body for letter in letters)
    assert {letter.phase for letter in letters} == {"waiting"}
    with pytest.raises(Refused, match="This tender has been cancelled already"):
        propose_cancellation(tender_id=tender.pk, reason=CANCELLED_WHY, again=False, by=cast.ingrid, at=at)


def test_nobody_at_nav_learns_who_followed_or_handed_in(tender, cast):
    """The letters stand in a chain that no page of the tender reads, and the journal counts nobody."""
    handed_in(tender, 2)
    cancelled(tender, cast.ingrid, cast.arne, NOON + timedelta(days=6))
    assert not Letter.objects.filter(batch__stream=f"tender:{tender.pk}").exists()
    assert LetterBatch.objects.get(kind="cancellation").stream == f"cancellation:{tender.pk}"
    lines = JournalEntry.objects.filter(stream=f"tender:{tender.pk}", event__startswith="contracts.")
    assert {line.event for line in lines} == {"contracts.cancellation_proposed", "contracts.stage_cancelled", "contracts.tender_cancelled"}
    assert not any({"letters", "submissions", "followers"} & set(line.facts) for line in lines)


def test_in_every_state_of_the_road(tender, cast, nav):
    """Walked once; in every state it is tried and undone."""

    def cancel(at):
        with undone():
            cancelled(tender, cast.ingrid, cast.arne, at)
            assert tender.phase == "cancelled"
            budget = Budget.objects.get(tender=tender)
            assert budget.awarded == budget.contracted
            return phases_of(tender), budget

    stage = first_stage_opened(tender, cast, count=3)
    opened = stage.opened_at
    assert cancel(opened + timedelta(hours=2))[0] == ["cancelled", "cancelled"]
    stage = judged(stage, cast)
    assert cancel(opened + timedelta(days=10))[0] == ["cancelled", "cancelled"]
    with undone():
        selection = proposed_selection(stage, cast.cecilie)
        cancelled(tender, cast.ingrid, cast.arne, opened + timedelta(days=21))
        assert phases_of(tender) == ["cancelled", "cancelled"]
        selection = Selection.objects.get(pk=selection.pk)
        assert (selection.returned_by, selection.return_reason) == (cast.arne, CANCELLED_WHY)
        assert not Letter.objects.filter(batch=selection.batch).exists()
    tender.refresh_from_db()
    with undone():
        selected(stage, cast.cecilie, cast.ingrid, cast.arne)
        with pytest.raises(Refused, match="The letters are on their way"):
            propose_cancellation(tender_id=tender.pk, reason="x", again=False, by=cast.ingrid, at=opened + timedelta(days=22))
    stage = answered(stage_no(tender, 1), cast)
    moment = settling_moment(stage)
    phases, budget = cancel(moment)
    assert (phases, budget.awarded) == (["cancelled", "cancelled"], Decimal(0))
    settled(stage, cast.ingrid, cast.arne)
    signed(stage_no(tender, 1), nav, moment + timedelta(hours=2))
    second = stage_no(tender, 2)
    developed(second, going_on(stage)[:2])
    with undone():
        cancelled(tender, cast.ingrid, cast.arne, second.opens_at + timedelta(days=10))
        assert phases_of(tender) == ["settled", "cancelled"]
        assert not stage_no(tender, 2).key.wrapped_private
        assert set(tender.contracts.values_list("phase", flat=True)) == {"running"}
        assert Budget.objects.get(tender=tender).awarded == Decimal(150_000)
        bodies = Letter.objects.filter(batch__kind="cancellation", organisation__in=going_on(stage)).values_list("body", flat=True)
        assert len(bodies) == 3 and all("avtalen" in body.lower() or "still holds" in body for body in bodies)
    tender.refresh_from_db()
    second = opened_stage(tender, 2, cast.ingrid, cast.arne)
    with pytest.raises(Refused, match="Say first whether you have a tie"):
        propose_cancellation(tender_id=tender.pk, reason="x", again=False, by=cast.ingrid, at=second.opened_at + timedelta(hours=1))
    all_declared(second, *cast.everybody)
    second = answered(judged(second, cast), cast)
    contracts_approved(second, nav, first_day(second) - timedelta(days=3))
    phases, budget = cancel(first_day(second) - timedelta(days=2))
    assert (phases, budget.awarded) == (["settled", "cancelled"], Decimal(150_000))
    settled(second, cast.ingrid, cast.arne)
    tender.refresh_from_db()
    assert tender.phase == "concluded"
    at = settling_moment(second) + timedelta(days=1)
    with undone():
        cancelled(tender, cast.ingrid, cast.arne, at)
        assert (tender.phase, phases_of(tender)) == ("cancelled", ["settled", "settled"])
        winner = Contract.objects.get(tender=tender, kind="development")
        assert (winner.phase, winner.termination_reason) == ("terminated", CANCELLED_WHY)
    tender.refresh_from_db()


def test_not_when_both_have_signed_the_last_contract(tender, cast):
    stage = first_stage_opened(tender, cast, count=3)
    organisation = opened_submissions(stage).first().organisation
    at = stage.opened_at + timedelta(days=1)
    # The contract itself is tested elsewhere; what matters here is that both have signed
    Contract.objects.create(
        tender=tender,
        stage=stage_no(tender, 2),
        organisation=organisation,
        submission=opened_submissions(stage).first(),
        kind="development",
        phase="signed",
        amount=Decimal(450_000),
        starts_on=at.date(),
        ends_on=at.date(),
        drafted_at=at,
        drafted_by=cast.ingrid,
        supplier_signed_at=at,
        supplier_signed_by=cast.arne,
        buyer_signed_at=at,
        buyer_signed_by=cast.arne,
    )
    with pytest.raises(Refused, match="The contract of the last stage is signed by both, so the tender can't be cancelled"):
        propose_cancellation(tender_id=tender.pk, reason="x", again=False, by=cast.ingrid, at=at)


def test_not_before_the_announcement_nor_after_the_end(ingrid):
    draft = describe(ingrid)
    with pytest.raises(Refused, match="Only a tender that is announced and not ended can be cancelled"):
        propose_cancellation(tender_id=draft.pk, reason="x", again=False, by=ingrid, at=NOON)


def test_sent_back_with_a_reason_the_tender_goes_on(tender, cast):
    approval = propose_cancellation(tender_id=tender.pk, reason=CANCELLED_WHY, again=False, by=cast.ingrid, at=NOON)
    return_approval(approval_id=approval.pk, reason="Pengene er her likevel.", by=cast.arne, at=NOON)
    tender.refresh_from_db()
    assert tender.phase == "announced"
    with pytest.raises(Refused, match="This proposal does not wait for approval any more"):
        cancel_tender(approval_id=approval.pk, by=cast.arne, at=NOON)


def test_a_tie_to_one_of_those_who_took_part(tender, cast):
    stage = first_stage_opened(tender, cast, count=1)
    submission = opened_submissions(stage).first()
    declare_conflict(submission_id=submission.pk, ground="Broren min eier det.", by=cast.ingrid, at=stage.opened_at + timedelta(hours=2))
    with pytest.raises(Refused, match="You or your leader have a tie to one of those who took part"):
        propose_cancellation(tender_id=tender.pk, reason="x", again=False, by=cast.ingrid, at=stage.opened_at + timedelta(hours=3))


def test_what_else_waits_has_got_its_answer(tender, cast):
    """A proposed panel is sent back by the cancelling."""
    waiting = Approval.objects.create(tender=tender, what="panel", content={}, content_hash="", proposed_at=NOON, proposed_by=cast.ingrid)
    cancelled(tender, cast.ingrid, cast.arne, NOON)
    waiting.refresh_from_db()
    assert (waiting.returned_by, waiting.return_reason) == (cast.arne, CANCELLED_WHY)


def test_nothing_is_left_to_cancel_after_a_closing(tender, cast):
    stage = first_stage_opened(tender, cast, count=0)
    at = stage.opened_at + timedelta(days=1)
    closing = propose_closing(stage_id=stage.pk, reason="Ingen svarte.", by=cast.ingrid, at=at)
    close_stage(approval_id=closing.pk, by=cast.arne, at=at)
    with pytest.raises(Refused, match="The tender ended without selection, so there is nothing to cancel"):
        propose_cancellation(tender_id=tender.pk, reason="x", again=False, by=cast.ingrid, at=at)
