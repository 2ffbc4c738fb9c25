"""A finalist that withdraws: what is signed is ended first, and the money adds up at every step."""

from datetime import timedelta

import pytest

from accounts.refused import Refused
from contracts.commands.sign_contract import sign_contract
from contracts.commands.terminate_contract import terminate_contract
from evaluation.commands.vacate_place import vacate_place
from evaluation.models import SelectionPlace
from tenders.models import Budget
from tests.contracts_made import approved, first_day, milestones_of, paid, representative
from tests.settled_made import developed, opened_stage

pytestmark = pytest.mark.django_db

WHY = "Vi har ikke folk nok til å gå videre."


def give_up(contract, by, at):
    place = SelectionPlace.objects.get(stage=contract.stage, item__submission__organisation=contract.organisation)
    vacate_place(place_id=place.pk, reason=WHY, by=by, at=at)


def money_of(tender):
    budget = Budget.objects.get(tender=tender)
    return [int(part / 50_000) for part in (budget.awarded, budget.contracted, budget.paid)]


def test_a_signed_agreement_is_ended_before_the_place_is_given_up(finalists, nav):
    contract = finalists[0]
    at = first_day(contract.stage) + timedelta(days=1)
    for by in (representative(contract), nav.ingrid):
        with pytest.raises(Refused, match="Both have signed the agreement. Ask the contract manager"):
            give_up(contract, by, at)
    assert money_of(contract.tender) == [3, 3, 0]
    terminate_contract(contract_id=contract.pk, reason=WHY, by=nav.arne, at=at)
    assert money_of(contract.tender) == [3, 2, 0]
    give_up(contract, representative(contract), at)
    assert money_of(contract.tender) == [2, 2, 0]


def test_one_that_has_not_signed_withdraws_and_the_others_can_still_sign(settled_stage, nav):
    contracts, at = approved(settled_stage, nav), first_day(settled_stage) + timedelta(hours=1)
    give_up(contracts[0], representative(contracts[0]), at)
    with pytest.raises(Refused, match="no longer selected"):
        sign_contract(contract_id=contracts[0].pk, by=representative(contracts[0]), at=at)
    for row in contracts[1:]:
        sign_contract(contract_id=row.pk, by=representative(row), at=at)
        sign_contract(contract_id=row.pk, by=nav.arne, at=at)
    assert money_of(settled_stage.tender) == [2, 2, 0]


def test_what_is_paid_is_not_given_back(finalists, second, nav):
    contract = finalists[0]
    developed(second, [contract.organisation])
    opened_stage(second.tender, 2, nav.ingrid, nav.arne)
    at = second.may_be_opened_from + timedelta(days=1)
    paid(milestones_of(contract)[0], nav, at)
    terminate_contract(contract_id=contract.pk, reason=WHY, by=nav.arne, at=at)
    with pytest.raises(Refused, match="The agreement is paid, in whole or in part"):
        give_up(contract, representative(contract), at)
    assert money_of(contract.tender) == [3, 3, 1]
