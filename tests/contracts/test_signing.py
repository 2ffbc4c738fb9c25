"""Both sides sign, never before the standstill is over and the stage is settled; then the money is bound."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from accounts.local_time import oslo
from accounts.models import JournalEntry
from accounts.refused import Refused
from contracts.commands.sign_contract import sign_contract
from contracts.models import Contract, LedgerEntry
from evaluation.models import SelectionPlace
from evaluation.queries.selection import standstill_of
from letters.models import Letter, LetterBatch
from tenders.models import Budget, Stage
from tests.contracts_made import approved, drafted, first_day, representative
from tests.settled_made import settled

pytestmark = pytest.mark.django_db


def refused(contract, by, at, reason):
    with pytest.raises(Refused, match=reason):
        sign_contract(contract_id=contract.pk, by=by, at=at)


def test_on_the_last_day_of_the_standstill_it_is_refused_and_on_the_next_day_allowed(stage, nav):
    """The last second of the last day, by the time limit regulation, is too early."""
    standstill = standstill_of(stage)
    contract = approved(stage, nav, first_day(stage) - timedelta(days=3))[0]
    sara = representative(contract)
    last = oslo(standstill.last_day, datetime.max.time().replace(microsecond=0))
    for by in (sara, nav.arne):
        refused(contract, by, last, "This can be signed from")
    # The stage must be settled too, which is done on the same day at the earliest
    refused(contract, sara, first_day(stage), "Nothing is signed before the stage is settled")
    settled(stage, nav.ingrid, nav.arne, first_day(stage))
    refused(contract, sara, last, "This can be signed from")
    sign_contract(contract_id=contract.pk, by=sara, at=first_day(stage) + timedelta(hours=2))
    contract.refresh_from_db()
    assert (contract.phase, contract.supplier_signed_by, contract.buyer_signed_at) == ("approved", sara, None)


def test_the_second_signature_binds_the_money_and_starts_a_finalist_agreement(settled_stage, nav):
    at = first_day(settled_stage) + timedelta(hours=5)
    contract = approved(settled_stage, nav)[0]
    sign_contract(contract_id=contract.pk, by=nav.arne, at=at)
    assert Budget.objects.get().contracted == 0
    assert Letter.objects.get(batch__kind="contract_signed").organisation == contract.organisation
    sign_contract(contract_id=contract.pk, by=representative(contract), at=at)
    contract.refresh_from_db()
    assert contract.phase == "running"
    assert Budget.objects.get().contracted == Decimal("50000.00")
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.amount, entry.contract) == ("contracted", Decimal("50000.00"), contract)
    events = JournalEntry.objects.filter(event__startswith="contracts.", seq__gt=0).order_by("seq")
    lines = [(row.event, row.actor_role) for row in events if str(contract.pk) in str(row.about)][-3:]
    assert lines == [
        ("contracts.signature_given", "approver"),
        ("contracts.contract_signed", "supplier"),
        ("contracts.contract_started", "supplier"),
    ]
    hashes = {row.facts["content"] for row in events if str(contract.pk) in str(row.about) and "content" in row.facts}
    assert len(hashes) == 1, "approved and signed is one content"


def test_a_side_signs_once_and_only_the_two_sides_sign(settled_stage, nav):
    at = first_day(settled_stage) + timedelta(hours=5)
    contract, other = approved(settled_stage, nav)[:2]
    for by in (nav.camilla, nav.ingrid, representative(other)):
        refused(contract, by, at, "Only a representative of the supplier, and the approver of this tender, can sign")
    sign_contract(contract_id=contract.pk, by=nav.arne, at=at)
    refused(contract, nav.arne, at, "Your side has signed. Now the other side must")
    sign_contract(contract_id=contract.pk, by=representative(contract), at=at)
    refused(contract, nav.arne, at, "This contract does not wait to be signed")


def test_only_what_is_approved_is_signed(settled_stage, nav):
    contract = drafted(settled_stage, nav)[0]
    refused(contract, nav.arne, first_day(settled_stage) + timedelta(hours=5), "The contract must be approved before it is signed")


def test_whoever_has_lost_the_place_signs_nothing(settled_stage, nav):
    contract = approved(settled_stage, nav)[0]
    SelectionPlace.objects.filter(item__submission=contract.submission_id).update(item=None)
    at = first_day(settled_stage) + timedelta(hours=5)
    refused(contract, nav.arne, at, "This supplier is no longer selected, so there is nothing to sign")


def test_nothing_is_signed_while_letters_are_missing(settled_stage, nav):
    contract = approved(settled_stage, nav)[0]
    at = first_day(settled_stage) + timedelta(hours=5)
    LetterBatch.objects.filter(kind="selection").update(released_at=None)
    refused(contract, nav.arne, at, "Nothing is signed before the letters about the selection are out")


def test_the_budget_has_the_last_word(settled_stage, nav):
    contract = approved(settled_stage, nav)[0]
    at = first_day(settled_stage) + timedelta(hours=5)
    Budget.objects.update(awarded=Decimal("49999.99"))
    sign_contract(contract_id=contract.pk, by=nav.arne, at=at)
    refused(contract, representative(contract), at, "This is more than has been awarded")
    contract.refresh_from_db()
    assert (contract.phase, contract.supplier_signed_at, LedgerEntry.objects.count()) == ("approved", None, 0)


def test_a_development_contract_is_signed_and_waits_for_its_milestones(development):
    assert (development.kind, development.phase) == (Contract.Kind.DEVELOPMENT, "signed")
    assert not development.milestones.exists()
    budget = Budget.objects.get()
    assert budget.contracted == 3 * 50000 + development.amount
    assert Stage.objects.get(pk=development.stage_id).tender.phase == "concluded"
