"""The approver approves a contract, so that both sides can sign it."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from contracts.documents.agreement import signed_content_hash
from contracts.documents.notices import approved_notices
from contracts.models import Contract
from contracts.phases import CONTRACT_STEPS, ContractPhase
from contracts.policies.contracts import ApproveContractPolicy
from contracts.queries.contracts import locked_contract
from letters.commands.send_notices import send_notices


@command
def approve_contract(*, contract_id: UUID, by: User, at: datetime) -> Contract:
    """Approve what somebody else has drafted. From now on the supplier sees it."""
    contract = locked_contract(contract_id)
    ApproveContractPolicy(contract, at).check(by)
    take_step(
        contract,
        ContractPhase.APPROVED,
        steps=CONTRACT_STEPS,
        event="contracts.contract_approved",
        by=by,
        at=at,
        stream=contract.tender,
        facts={"content": signed_content_hash(contract)},
        approved_at=at,
        approved_by=by,
    )
    send_notices(kind="contract_approved", about=contract, stream=contract.tender, notices=approved_notices(contract), by=by, at=at)
    return contract
