"""One side signs; with the second signature the contract holds and the money is bound."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from accounts.steps import take_step
from contracts.commands.start_contract import start_contract
from contracts.documents.agreement import signed_content_hash
from contracts.documents.notices import signed_notices
from contracts.models import Contract, LedgerEntry
from contracts.phases import CONTRACT_STEPS, ContractPhase
from contracts.policies.contracts import SignContractPolicy
from contracts.queries.contracts import locked_contract
from letters.commands.send_notices import send_notices
from tenders.commands.release_call_off import release_call_off
from tenders.queries.money import budgets_of


@command
def sign_contract(*, contract_id: UUID, by: User, at: datetime) -> Contract:
    """Sign for the side that `by` acts for. Refused before the standstill is over and the stage is settled.

    The second signature binds the amount in the budget, and starts what has no milestones to plan at once. A call-off that was
    won for less than it had set aside gives the rest back to its framework agreement.
    """
    contract = locked_contract(contract_id)
    policy = SignContractPolicy(contract, at)
    policy.check(by)
    role = policy.role_of(by) or Role.APPROVER
    side = "supplier" if role == Role.SUPPLIER else "buyer"
    other = contract.buyer_signed_at if role == Role.SUPPLIER else contract.supplier_signed_at
    signed = {f"{side}_signed_at": at, f"{side}_signed_by": by}
    if other is None:
        _first(contract, role, signed, by, at)
    else:
        _second(contract, role, signed, by, at)
    send_notices(kind="contract_signed", about=contract, stream=contract.tender, notices=signed_notices(contract, by), by=by, at=at)
    if other is not None and not contract.plans_milestones:
        start_contract(contract_id=contract.pk, by=by, at=at)
        contract.refresh_from_db(fields=["phase"])
    return contract


def _first(contract: Contract, role: Role, signed: dict[str, Any], by: User, at: datetime) -> None:
    for name, value in signed.items():
        setattr(contract, name, value)
    contract.save(update_fields=list(signed))
    facts = {"content": signed_content_hash(contract)}
    journal.record("contracts.signature_given", by=by, at=at, stream=contract.tender, about=[contract], role=role.value, facts=facts)


def _second(contract: Contract, role: Role, signed: dict[str, Any], by: User, at: datetime) -> None:
    budgets_of(contract.tender).update(contracted=F("contracted") + contract.amount)
    if contract.amount:
        LedgerEntry.objects.create(
            tender=contract.tender,
            contract=contract,
            kind=LedgerEntry.Kind.CONTRACTED,
            amount=contract.amount,
            booked_at=at,
            booked_by=by,
        )
    release_call_off(tender_id=contract.tender_id, by=by, at=at)
    take_step(
        contract,
        ContractPhase.SIGNED,
        steps=CONTRACT_STEPS,
        event="contracts.contract_signed",
        by=by,
        at=at,
        stream=contract.tender,
        role=role,
        facts={"content": signed_content_hash(contract), "amount": str(contract.amount)},
        **signed,
    )
