"""What is known about tenders, as sentences."""

from tenders.queries.dialogue import answered_questions, followers_to_tell, unanswered_questions
from tenders.queries.visibility import (
    assigned_people,
    is_assigned,
    latest_approval_of,
    open_stage_of,
    possible_approvers,
    roles_in,
    staff_tenders,
    units_to_buy_for,
    visible_tenders,
    waiting_approval_of,
)
from tenders.queries.work import announcement_url, facts_for, waiting_for

__all__ = [
    "announcement_url",
    "answered_questions",
    "assigned_people",
    "facts_for",
    "followers_to_tell",
    "is_assigned",
    "latest_approval_of",
    "open_stage_of",
    "possible_approvers",
    "roles_in",
    "staff_tenders",
    "unanswered_questions",
    "units_to_buy_for",
    "visible_tenders",
    "waiting_approval_of",
    "waiting_for",
]
