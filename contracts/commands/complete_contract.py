"""Everything is delivered and paid."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from accounts.steps import take_step
from contracts.documents.notices import completed_notices
from contracts.models import Contract
from contracts.phases import CONTRACT_STEPS, ContractPhase
from contracts.policies.contracts import CompleteContractPolicy, ManagePolicy
from contracts.queries.contracts import has_unfinished_business, locked_contract
from letters.commands.send_notices import send_notices
from tenders.commands.close_tender import close_tender
from tenders.phases import TenderPhase


@command
def complete_contract(*, contract_id: UUID, by: User, at: datetime) -> Contract:
    """Complete a contract whose milestones are all paid. The last one of a tender that is decided closes the tender."""
    contract = locked_contract(contract_id)
    CompleteContractPolicy(contract, at).check(by)
    take_step(
        contract,
        ContractPhase.COMPLETED,
        steps=CONTRACT_STEPS,
        event="contracts.contract_completed",
        by=by,
        at=at,
        stream=contract.tender,
        role=ManagePolicy(contract, at).role_of(by),
        completed_at=at,
        completed_by=by,
    )
    send_notices(kind="contract_completed", about=contract, stream=contract.tender, notices=completed_notices(contract), by=by, at=at)
    if contract.tender.phase == TenderPhase.CONCLUDED and not has_unfinished_business(contract.tender):
        close_tender(tender_id=contract.tender_id, role=Role.CONTRACT_MANAGER, by=by, at=at)
    return contract
