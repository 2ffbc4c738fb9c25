"""The work starts: from now on the supplier can ask for payment."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from accounts.steps import take_step
from contracts.documents.notices import started_notices
from contracts.models import Contract
from contracts.phases import CONTRACT_STEPS, ContractPhase
from contracts.policies.contracts import ManagePolicy, StartContractPolicy
from contracts.queries.contracts import locked_contract
from letters.commands.send_notices import send_notices


@command
def start_contract(*, contract_id: UUID, by: User, at: datetime) -> Contract:
    """Start a signed contract whose milestones are planned. One without milestones to plan is started by its second signature."""
    contract = locked_contract(contract_id)
    StartContractPolicy(contract, at).check(by)
    role = ManagePolicy(contract, at).role_of(by)
    if role is None:
        role = Role.SUPPLIER if by.pk == contract.supplier_signed_by_id else Role.APPROVER
    take_step(
        contract,
        ContractPhase.RUNNING,
        steps=CONTRACT_STEPS,
        event="contracts.contract_started",
        by=by,
        at=at,
        stream=contract.tender,
        role=role,
    )
    if contract.plans_milestones:
        send_notices(kind="contract_started", about=contract, stream=contract.tender, notices=started_notices(contract), by=by, at=at)
    return contract
