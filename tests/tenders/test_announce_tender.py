"""An approver announces the tender."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import journal
from accounts.commands.end_role import end_role
from accounts.models import JournalEntry, RoleGrant
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.announce_tender import announce_tender
from tenders.models import Approval, Criterion, Stage, Tender
from tenders.phases import StagePhase, TenderPhase
from tenders.readiness import NotReady
from tenders.sealing import key_id
from tenders.stage_keys import private_key_of
from tests.conftest import NOON
from tests.tenders_made import announced, describe, hash_seen, proposed


def announce(tender, by, at=NOON, content_hash=None):
    announce_tender(tender_id=tender.pk, content_hash=content_hash or hash_seen(tender), by=by, at=at)


@pytest.mark.engine
def test_it_is_public_at_once_and_the_first_stage_is_open(ingrid, arne):
    tender = announced(ingrid, arne)
    first, second = tender.stages.all()
    assert (tender.phase, tender.announced_at, tender.announced_by) == (TenderPhase.ANNOUNCED, NOON, arne)
    assert (first.phase, first.opens_at, first.state_at(NOON)) == (StagePhase.ANNOUNCED, NOON, Stage.State.OPEN)
    assert first.state_at(first.closes_at) == Stage.State.CLOSED
    assert (second.phase, second.opens_at, hasattr(second, "key")) == (StagePhase.PLANNED, None, False)
    approval = tender.approvals.get()
    assert (approval.approved_by, approval.approved_at) == (arne, NOON)


def test_the_stage_that_is_open_to_all_gets_a_key_the_server_can_unwrap(ingrid, arne):
    key = announced(ingrid, arne).stages.first().key
    assert len(private_key_of(key)) == 32
    assert key.key_id == key_id(bytes(key.public)).hex()
    assert private_key_of(key) not in bytes(key.wrapped_private)


def test_a_later_day_to_open_is_kept(ingrid, arne):
    later = NOON + timedelta(days=2)
    stage = announced(ingrid, arne, opens_at=later).stages.first()
    assert (stage.opens_at, stage.state_at(NOON)) == (later, Stage.State.WAITING)


def test_the_journal_tells_it_in_order_and_its_chain_holds(ingrid, arne):
    tender = announced(ingrid, arne)
    told = JournalEntry.objects.filter(stream=f"tender:{tender.pk}").order_by("seq").values_list("event", "actor_role")
    assert list(told) == [
        ("tenders.need_described", "officer"),
        ("tenders.announcement_proposed", "officer"),
        ("tenders.tender_announced", "approver"),
        ("tenders.stage_announced", "approver"),
        ("letters.notices_sent", ""),
    ]
    assert list(journal.broken_lines()) == []


def test_what_the_approver_has_not_read_is_not_announced(ingrid, arne):
    tender = proposed(ingrid, arne)
    with pytest.raises(Refused, match="The announcement is not the one you have read"):
        announce(tender, arne, content_hash="0" * 64)
    Tender.objects.filter(pk=tender.pk).update(heading="Noe annet")
    with pytest.raises(Refused, match="The announcement is not the one you have read"):
        announce(tender, arne)
    tender.refresh_from_db()
    assert (tender.phase, tender.stages.first().phase) == (TenderPhase.AWAITING_APPROVAL, StagePhase.PLANNED)


def test_weights_are_added_again_under_the_lock(ingrid, arne):
    tender = proposed(ingrid, arne)
    Criterion.objects.filter(stage__tender=tender, stage__no=1, no=1).update(weight=36)
    with pytest.raises(NotReady, match="add up to 101 per cent"):
        announce(tender, arne)


def test_a_deadline_that_came_too_near_while_it_waited_is_refused(ingrid, arne):
    tender = proposed(ingrid, arne)
    closes_at = tender.stages.first().closes_at
    with pytest.raises(NotReady, match="The deadline is less than 24 hours ahead"):
        announce(tender, arne, at=closes_at - timedelta(hours=23))
    with pytest.raises(NotReady, match="The deadline has passed"):
        announce(tender, arne, at=closes_at)


def test_announcing_twice_is_refused(ingrid, arne):
    tender = announced(ingrid, arne)
    with pytest.raises(Refused, match="This announcement does not wait for approval"):
        announce(tender, arne)


def test_a_draft_is_not_announced(ingrid, arne):
    with pytest.raises(Refused, match="This announcement does not wait for approval"):
        announce(describe(ingrid), arne, content_hash="x")


def test_only_the_chosen_approver_announces_and_never_the_proposer(ingrid, arne, sara, ragnhild, with_role):
    tender = proposed(ingrid, arne)
    with pytest.raises(Refused, match="Someone else must approve your proposal"):
        announce(tender, ingrid)
    for stranger in (sara, ragnhild, with_role("Berit Foss", Role.APPROVER)):
        with pytest.raises(Refused, match="Only the approver of this tender can announce it."):
            announce(tender, stranger)


def test_an_approver_whose_role_has_ended_announces_nothing(ingrid, arne, admin):
    tender = proposed(ingrid, arne)
    end_role(grant_id=RoleGrant.objects.get(user=arne).pk, by=admin, at=NOON)
    with pytest.raises(Refused, match="Only the approver of this tender can announce it."):
        announce(tender, arne)


@pytest.mark.engine
def test_the_database_itself_holds_that_the_approver_is_another(ingrid, arne):
    tender = proposed(ingrid, arne)
    with pytest.raises(IntegrityError, match="approval_by_another_person"), transaction.atomic():
        Approval.objects.filter(tender=tender).update(approved_by=ingrid, approved_at=NOON)
