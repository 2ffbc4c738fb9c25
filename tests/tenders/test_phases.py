"""Every step of a tender's and a stage's life is tried: from every phase, to every phase, by every role."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction

from accounts.models import JournalEntry
from accounts.refused import Refused
from accounts.roles import Role, roles_of
from accounts.steps import take_step
from evaluation.commands.close_stage import close_stage
from evaluation.commands.propose_closing import propose_closing
from tenders.commands.announce_tender import announce_tender
from tenders.commands.close_tender import close_tender
from tenders.commands.end_dialogue import end_dialogue
from tenders.commands.open_dialogue import open_dialogue
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.return_announcement import return_announcement
from tenders.commands.shelve_tender import shelve_tender
from tenders.commands.take_up_tender import take_up_tender
from tenders.models import Assignment
from tenders.phases import STAGE_FINAL, STAGE_STEPS, TENDER_FINAL, TENDER_STEPS, WRITTEN_PHASES, StagePhase, TenderPhase
from tests.conftest import NOON
from tests.market_made import in_dialogue, invitation
from tests.panel_made import all_declared
from tests.settled_made import cancelled
from tests.stages_made import open_together
from tests.tenders_made import announced, describe, hash_seen, proposed


def _concluded(ingrid, arne):
    """Nobody handed in, so the stage was closed without selection."""
    tender = announced(ingrid, arne)
    stage = open_together(tender, ingrid, arne)
    all_declared(stage, ingrid, arne)
    at = stage.opened_at + timedelta(days=1)
    approval = propose_closing(stage_id=stage.pk, reason="Ingen svarte.", by=ingrid, at=at)
    close_stage(approval_id=approval.pk, by=arne, at=at)
    return tender


def _closed(ingrid, arne):
    tender = _concluded(ingrid, arne)
    close_tender(tender_id=tender.pk, role=Role.APPROVER, by=arne, at=NOON)
    return tender


def _shelved(ingrid, _arne):
    tender = describe(ingrid)
    shelve_tender(tender_id=tender.pk, reason="Behovet ble borte.", by=ingrid, at=NOON)
    return tender


MAKERS = {
    TenderPhase.DRAFT: lambda ingrid, arne: describe(ingrid),
    TenderPhase.SHELVED: _shelved,
    TenderPhase.IN_DIALOGUE: lambda ingrid, arne: in_dialogue(ingrid),
    TenderPhase.AWAITING_APPROVAL: proposed,
    TenderPhase.ANNOUNCED: announced,
    TenderPhase.CONCLUDED: _concluded,
    TenderPhase.CLOSED: _closed,
    TenderPhase.CANCELLED: lambda ingrid, arne: cancelled(announced(ingrid, arne), ingrid, arne, NOON),
}
# Made inside the command that decides it, or on a proposal: tried by every role where that is tested
ELSEWHERE = {"tenders.conclude_tender", "tenders.close_tender", "contracts.cancel_tender"}
STEPS_OF_COMMANDS = {
    "tenders.open_dialogue": lambda tender, by, other: open_dialogue(tender_id=tender.pk, invitation=invitation(), by=by, at=NOON),
    "tenders.end_dialogue": lambda tender, by, other: end_dialogue(tender_id=tender.pk, reason="Vi venter.", by=by, at=NOON),
    "tenders.propose_announcement": lambda tender, by, other: propose_announcement(tender_id=tender.pk, approver=other, by=by, at=NOON),
    "tenders.return_announcement": lambda tender, by, other: return_announcement(
        tender_id=tender.pk, reason="Mangler noe.", by=by, at=NOON
    ),
    "tenders.shelve_tender": lambda tender, by, other: shelve_tender(tender_id=tender.pk, reason="Ikke nå.", by=by, at=NOON),
    "tenders.take_up_tender": lambda tender, by, other: take_up_tender(tender_id=tender.pk, by=by, at=NOON),
    "tenders.announce_tender": lambda tender, by, other: announce_tender(
        tender_id=tender.pk, content_hash=hash_seen(tender), by=by, at=NOON
    ),
}


@pytest.mark.parametrize(("phases", "steps", "final"), [(TenderPhase, TENDER_STEPS, TENDER_FINAL), (StagePhase, STAGE_STEPS, STAGE_FINAL)])
def test_the_table_is_whole(phases, steps, final):
    assert {start for start, _ in steps} | final == set(phases)
    assert not {start for start, _ in steps} & final
    assert {end for _, end in steps} <= set(phases)


def test_every_step_of_a_tender_has_one_command(ingrid):
    assert {command for _role, command in TENDER_STEPS.values()} == set(STEPS_OF_COMMANDS) | ELSEWHERE


@pytest.fixture
def in_phase(ingrid, arne):
    """`in_phase(phase)` is a tender that real commands have brought there, with another approver beside Arne."""

    def make(phase):
        tender = MAKERS[phase](ingrid, arne)
        tender.refresh_from_db()
        assert tender.phase == phase
        return tender

    return make


@pytest.mark.parametrize("phase", list(TenderPhase))
def test_take_step_makes_the_steps_of_the_table_and_no_other(in_phase, ingrid, phase):
    tender = in_phase(phase)
    for to in TenderPhase:
        tender.refresh_from_db()
        if (phase, to) in TENDER_STEPS:
            with transaction.atomic():
                take_step(tender, to, steps=TENDER_STEPS, event="tenders.tried", by=ingrid, at=NOON, stream=tender)
                assert JournalEntry.objects.filter(event="tenders.tried", facts={"from": phase.value, "to": to.value}).exists()
                transaction.set_rollback(True)
        else:
            with pytest.raises(KeyError), transaction.atomic():
                take_step(tender, to, steps=TENDER_STEPS, event="tenders.tried", by=ingrid, at=NOON, stream=tender)


def test_a_step_from_a_phase_that_has_been_left_is_refused(ingrid, arne):
    tender = describe(ingrid)
    stale = type(tender).objects.get(pk=tender.pk)
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    with pytest.raises(Refused, match="Somebody else has just changed this"), transaction.atomic():
        take_step(stale, TenderPhase.AWAITING_APPROVAL, steps=TENDER_STEPS, event="tenders.tried", by=ingrid, at=NOON, stream=stale)


@pytest.mark.parametrize("phase", list(TenderPhase))
@pytest.mark.parametrize("role", list(Role))
def test_every_role_tries_every_command_in_every_phase(in_phase, arne, with_role, sara, phase, role):
    """Only the role that stands in the table makes the step, and only from the phase that stands there."""
    tender = in_phase(phase)
    person = _person_in(role, tender, arne, with_role, sara)
    for command, attempt in STEPS_OF_COMMANDS.items():
        allowed = any(start == phase and role in roles_of(who) and name == command for (start, _), (who, name) in TENDER_STEPS.items())
        before = type(tender).objects.get(pk=tender.pk).phase
        with transaction.atomic():
            if allowed:
                attempt(tender, person, arne)
                assert type(tender).objects.get(pk=tender.pk).phase != before
            else:
                with pytest.raises(Refused):
                    attempt(tender, person, arne)
                assert type(tender).objects.get(pk=tender.pk).phase == before
            transaction.set_rollback(True)


def _person_in(role, tender, arne, with_role, sara):
    """Somebody who holds the role and is assigned in it; approver is the one who was chosen."""
    if role in {Role.SUPPLIER, Role.CLOCK}:
        return sara
    if role == Role.APPROVER and tender.phase not in WRITTEN_PHASES:
        return arne
    person = with_role("Nina Vold", role)
    Assignment.objects.create(tender=tender, user=person, role=role, assigned_at=NOON, assigned_by=tender.created_by)
    return person


@pytest.mark.parametrize(("start", "to"), list(product(StagePhase, StagePhase)))
def test_take_step_of_a_stage_follows_its_table(ingrid, arne, start, to):
    stage = announced(ingrid, arne).stages.first()
    type(stage).objects.filter(pk=stage.pk).update(phase=start)
    stage.refresh_from_db()
    step = {"steps": STAGE_STEPS, "event": "tenders.tried", "by": ingrid, "at": NOON, "stream": stage.tender}
    if (start, to) in STAGE_STEPS:
        take_step(stage, to, **step)
        stage.refresh_from_db()
        assert stage.phase == to
        return
    with pytest.raises(KeyError), transaction.atomic():
        take_step(stage, to, **step)
    stage.refresh_from_db()
    assert stage.phase == start
