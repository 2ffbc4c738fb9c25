"""The officer drafts contracts with those who were selected."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.local_time import oslo_day
from accounts.models import User
from accounts.roles import Role
from contracts.documents.notices import drafted_notices
from contracts.models import Contract, Milestone
from contracts.policies.contracts import DraftContractsPolicy
from contracts.queries.contracts import items_without_contract, next_stage
from evaluation.queries.prices import paid_to
from letters.commands.send_notices import send_notices
from tenders.commands.assign_person import assign_person
from tenders.models import Stage, Tender

# What the last stage leads to, when it is not a development contract
LAST = {Tender.Procedure.FRAMEWORK.value: Contract.Kind.FRAMEWORK, Tender.Procedure.CALL_OFF.value: Contract.Kind.CALL_OFF}


@command
def draft_contracts(
    *, stage_id: UUID, manager: User, starts_on: date, ends_on: date, terms: str = "", by: User, at: datetime
) -> list[Contract]:
    """One contract for each filled place without one: finalist agreements, and what the procedure leads to in the last stage.

    The amount is what the stage pays each, or the price that was offered where price counts.
    `manager` gets the task of contract manager in the tender.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(stages=stage_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    stage.tender = tender
    DraftContractsPolicy(stage, manager, starts_on, ends_on, at).check(by)
    assign_person(tender_id=tender.pk, user=manager, role=Role.CONTRACT_MANAGER, by=by, at=at)
    later = next_stage(stage)
    made = [
        Contract(
            tender=tender,
            stage=stage,
            organisation=item.submission.organisation,
            submission=item.submission,
            kind=_kind(tender, later),
            amount=paid_to(stage, item.submission_id),
            terms=terms.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            drafted_at=at,
            drafted_by=by,
        )
        for item in items_without_contract(stage)
    ]
    Contract.objects.bulk_create(made)
    _sketch_milestones(made, later)
    facts = {"stage": stage.no, "contracts": len(made)}
    send_notices(kind="contracts_drafted", about=stage, stream=tender, notices=drafted_notices(made, by), by=by, at=at)
    journal.record("contracts.contracts_drafted", by=by, at=at, stream=tender, about=[stage, *made], role=Role.OFFICER.value, facts=facts)
    return made


def _kind(tender: Tender, later: Stage | None) -> Contract.Kind:
    return Contract.Kind.FINALIST if later else LAST.get(tender.procedure, Contract.Kind.DEVELOPMENT)


def _sketch_milestones(contracts: Sequence[Contract], later: Stage | None) -> None:
    """A finalist agreement has one milestone: what is handed in to the next stage."""
    if later is None:
        return
    Milestone.objects.bulk_create(
        Milestone(
            contract=contract,
            no=1,
            title=later.name,
            delivers=later.delivers,
            due_on=oslo_day(later.closes_at) if later.closes_at else contract.ends_on,
            amount=contract.amount,
        )
        for contract in contracts
    )
