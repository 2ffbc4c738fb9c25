"""A proposal that takes two people, as one of them sees it on a page."""

from dataclasses import dataclass
from datetime import datetime

from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from tenders.models import Approval, Tender
from tenders.policies.approval import ReturnProposalPolicy, waits
from tenders.queries import assigned_people


@dataclass(frozen=True)
class ProposalPage:
    """`approves`: the person is the one to say yes; `refusal` is then why they can't just now. `approvers`: who it waits for."""

    approval: Approval
    approves: bool
    may_return: bool
    refusal: str
    approvers: list[str]

    @property
    def waits(self) -> bool:
        return waits(self.approval)

    @property
    def returned(self) -> bool:
        return self.approval.returned_at is not None

    @property
    def taken_back(self) -> bool:
        return self.approval.returned_by_id == self.approval.proposed_by_id


def proposal_page(approval: Approval, user: User, *, refusal: str, at: datetime) -> ProposalPage:
    """`refusal` is what the policy of the approving command says to `user`."""
    role = ReturnProposalPolicy(approval, at).role_of(user)
    approves = waits(approval) and role == Role.APPROVER
    return ProposalPage(approval, approves, waits(approval) and role is not None, refusal, _approvers(approval.tender, at))


def _approvers(tender: Tender, at: datetime) -> list[str]:
    """Names of the tender's approvers who still hold the role."""
    holders = set(people.people_with_role(Role.APPROVER, tender.unit, at=at).values_list("pk", flat=True))
    return [person.name for person in assigned_people(tender, Role.APPROVER) if person.pk in holders]
