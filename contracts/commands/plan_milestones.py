"""The contract manager writes down the milestones that were agreed with the supplier."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from contracts.models import Milestone
from contracts.policies.contracts import ManagePolicy, PlanMilestonesPolicy
from contracts.queries.contracts import locked_contract


@command
def plan_milestones(*, contract_id: UUID, milestones: Sequence[Mapping[str, Any]], by: User, at: datetime) -> list[Milestone]:
    """Put these in place of those there were: dicts with title, delivers, due_on and amount, in the order they come.

    Refused when they are not together exactly what the contract is.
    """
    contract = locked_contract(contract_id)
    PlanMilestonesPolicy(contract, milestones, at).check(by)
    Milestone.objects.filter(contract=contract).delete()
    made = [
        Milestone(
            contract=contract,
            no=no,
            title=row["title"].strip(),
            delivers=row["delivers"].strip(),
            due_on=row["due_on"],
            amount=row["amount"],
        )
        for no, row in enumerate(milestones, 1)
    ]
    Milestone.objects.bulk_create(made)
    role = ManagePolicy(contract, at).role_of(by)
    facts = {"milestones": [{"no": row.no, "due": row.due_on.isoformat(), "amount": str(row.amount)} for row in made]}
    journal.record(
        "contracts.milestones_planned",
        by=by,
        at=at,
        stream=contract.tender,
        about=[contract, *made],
        role=role.value if role else "",
        facts=facts,
    )
    return made
