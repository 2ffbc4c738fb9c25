"""Contracts are drafted with those who were selected, and approved by somebody else."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.commands.grant_role import grant_role
from accounts.local_time import oslo_day
from accounts.models import JournalEntry
from accounts.refused import Refused
from accounts.roles import Role
from contracts.commands.approve_contract import approve_contract
from contracts.commands.sign_contract import sign_contract
from contracts.commands.terminate_contract import terminate_contract
from contracts.models import Contract, Milestone
from contracts.queries.contracts import due_day
from evaluation.commands.declare_conflict import declare_conflict
from letters.models import Letter
from tenders.commands.assign_person import assign_person
from tenders.models import Stage, Tender
from tenders.queries import is_assigned
from tests.contracts_made import approved, drafted, first_day, representative
from tests.settled_made import first_stage_opened, judged, settled, stage_no
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db


def test_each_of_the_selected_gets_a_finalist_agreement_with_one_milestone(settled_stage, nav):
    made = drafted(settled_stage, nav)
    assert [(row.kind, row.phase, row.amount) for row in made] == [("finalist", "draft", Decimal("50000.00"))] * 3
    second = Stage.objects.get(tender=settled_stage.tender, no=2)
    rows = Milestone.objects.filter(contract__in=made)
    assert rows.count() == 3
    assert {(row.no, row.title, row.amount, row.due_on) for row in rows} == {
        (1, second.name, Decimal("50000.00"), oslo_day(second.closes_at))
    }
    assert is_assigned(nav.camilla, settled_stage.tender, Role.CONTRACT_MANAGER, at=first_day(settled_stage))
    (told,) = Letter.objects.filter(batch__kind="contracts_drafted")
    assert (told.user, told.phase) == (nav.arne, "released")
    line = JournalEntry.objects.get(event="contracts.contracts_drafted")
    assert (line.facts, line.actor_role) == ({"stage": 1, "contracts": 3}, "officer")


def test_drafting_is_refused(stage, nav, admin, directorate):
    at = first_day(stage)

    def refused(reason, who=nav, **changes):
        with pytest.raises(Refused, match=reason):
            drafted(stage, who, at, **changes)

    refused("Only the procurement officer of this tender can draft contracts", replace(nav, ingrid=nav.arne))
    refused("Choose somebody who is a contract manager in this unit", manager=nav.ingrid)
    first = (at + timedelta(days=1)).date()
    refused("The last day must not be before the first day", starts_on=first, ends_on=first - timedelta(days=1))
    refused("The first day has passed", starts_on=first - timedelta(days=2))
    grant_role(to=nav.arne, role=Role.CONTRACT_MANAGER, unit=directorate, by=admin, at=at)
    refused("The contract manager accepts deliveries, so choose somebody else than the approver", manager=nav.arne)
    assert not Contract.objects.exists()
    drafted(stage, nav, at)
    refused("Everybody who is selected has a contract already")
    Tender.objects.filter(pk=stage.tender_id).update(phase="cancelled")
    refused("This tender has ended, so nothing more is agreed in it")


def test_a_finalist_agreement_lasts_past_the_deadline_of_the_next_stage(settled_stage, nav):
    deadline = oslo_day(Stage.objects.get(tender=settled_stage.tender, no=2).closes_at)
    with pytest.raises(Refused, match="The last day must not be before the deadline of the next stage"):
        drafted(settled_stage, nav, ends_on=deadline - timedelta(days=1))
    assert len(drafted(settled_stage, nav, ends_on=deadline)) == 3


def test_what_was_drafted_before_the_next_stage_had_dates_is_due_at_its_deadline(stage, nav, cast):
    at = first_day(stage)
    long, short = drafted(stage, nav, at)[:2]
    Contract.objects.filter(pk=short.pk).update(ends_on=(at + timedelta(days=1)).date())
    for row in (long, short):
        approve_contract(contract_id=row.pk, by=nav.arne, at=at)
    assert due_day(long.milestones.get()) is None
    settled(stage, cast.ingrid, cast.arne)
    deadline = oslo_day(Stage.objects.get(tender=stage.tender, no=2).closes_at)
    assert due_day(Milestone.objects.get(contract=long)) == deadline
    later = at + timedelta(hours=4)
    with pytest.raises(Refused, match="The agreement ends before the deadline of the next stage"):
        sign_contract(contract_id=short.pk, by=representative(short), at=later)
    sign_contract(contract_id=long.pk, by=representative(long), at=later)
    terminate_contract(contract_id=short.pk, reason="For kort", by=nav.arne, at=later)
    assert [row.organisation for row in drafted(stage_no(stage.tender, 1), nav, later)] == [short.organisation]


def test_nothing_is_drafted_before_the_letters_are_out(cast, nav):
    stage = judged(first_stage_opened(announced(cast.ingrid, cast.arne), cast), cast)
    with pytest.raises(Refused, match="Contracts are drafted when the letters about the selection are out"):
        drafted(stage, nav, stage.opened_at + timedelta(days=30))


def test_the_approver_approves_what_somebody_else_has_drafted(stage, nav):
    at = first_day(stage)
    contract = drafted(stage, nav, at)[0]
    with pytest.raises(Refused, match="Only the approver of this tender can approve contracts"):
        approve_contract(contract_id=contract.pk, by=nav.camilla, at=at)
    approve_contract(contract_id=contract.pk, by=nav.arne, at=at)
    contract.refresh_from_db()
    assert (contract.phase, contract.approved_by, contract.approved_at) == ("approved", nav.arne, at)
    (told,) = Letter.objects.filter(batch__kind="contract_approved")
    assert told.organisation == contract.organisation and f"/contracts/{contract.pk}/" in told.address
    with pytest.raises(Refused, match="This contract does not wait for approval"):
        approve_contract(contract_id=contract.pk, by=nav.arne, at=at)


def test_nobody_approves_their_own_draft(stage, nav, admin, directorate):
    at = first_day(stage)
    contract = drafted(stage, nav, at)[0]
    grant_role(to=nav.ingrid, role=Role.APPROVER, unit=directorate, by=admin, at=at)
    assign_person(tender_id=stage.tender_id, user=nav.ingrid, role=Role.APPROVER, by=nav.arne, at=at)
    with pytest.raises(Refused, match="Someone else must approve your proposal"):
        approve_contract(contract_id=contract.pk, by=nav.ingrid, at=at)


def test_whoever_has_a_tie_to_the_supplier_leaves_it_to_somebody_else(stage, nav):
    at = first_day(stage)
    one, other = drafted(stage, nav, at)[:2]
    declare_conflict(submission_id=one.submission_id, ground="Min bror leder firmaet.", by=nav.arne, at=at)
    with pytest.raises(Refused, match="You or your leader has a tie to this supplier, so somebody else must do this"):
        approve_contract(contract_id=one.pk, by=nav.arne, at=at)
    assert approve_contract(contract_id=other.pk, by=nav.arne, at=at).phase == "approved"


def test_a_new_contract_is_made_when_one_ended_before_it_was_signed(stage, nav):
    rows = approved(stage, nav)
    Contract.objects.filter(pk=rows[0].pk).update(
        phase="terminated", terminated_at=first_day(stage), terminated_by=nav.arne, termination_reason="Feil navn"
    )
    (made,) = drafted(stage, nav)
    assert made.organisation == rows[0].organisation
