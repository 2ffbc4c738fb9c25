"""The approver ends a contract early; what is not paid is given back."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.steps import take_step
from contracts.documents.notices import terminated_notices
from contracts.models import Contract, LedgerEntry
from contracts.phases import CONTRACT_STEPS, ContractPhase
from contracts.policies.contracts import TerminateContractPolicy
from contracts.queries.contracts import has_unfinished_business, is_signed, locked_contract
from letters.commands.send_notices import send_notices
from tenders.commands.close_tender import close_tender
from tenders.phases import TenderPhase
from tenders.queries.money import budgets_of


@command
def terminate_contract(*, contract_id: UUID, reason: str, by: User, at: datetime) -> Contract:
    """End a contract early. What both had signed for and nobody has approved for payment is no longer contracted."""
    contract = locked_contract(contract_id)
    TerminateContractPolicy(contract, at).check(by)
    if not reason.strip():
        raise Refused(_("Write why the contract ends early."))
    left = contract.amount - contract.paid if is_signed(contract) else Decimal(0)
    if left:
        _give_back(contract, left, by, at)
    take_step(
        contract,
        ContractPhase.TERMINATED,
        steps=CONTRACT_STEPS,
        event="contracts.contract_terminated",
        by=by,
        at=at,
        stream=contract.tender,
        role=Role.APPROVER,
        reason=reason.strip(),
        facts={"given_back": str(left)},
        terminated_at=at,
        terminated_by=by,
        termination_reason=reason.strip(),
    )
    send_notices(kind="contract_terminated", about=contract, stream=contract.tender, notices=terminated_notices(contract, by), by=by, at=at)
    if contract.tender.phase == TenderPhase.CONCLUDED and not has_unfinished_business(contract.tender):
        close_tender(tender_id=contract.tender_id, role=Role.APPROVER, by=by, at=at)
    return contract


def _give_back(contract: Contract, left: Decimal, by: User, at: datetime) -> None:
    budgets_of(contract.tender).update(contracted=F("contracted") - left)
    LedgerEntry.objects.create(
        tender=contract.tender, contract=contract, kind=LedgerEntry.Kind.CONTRACTED, amount=-left, booked_at=at, booked_by=by
    )
