"""The supplier's desk: who they are, whether they are qualified, and what they hand in."""

from suppliers.models.confirmation import AmendmentConfirmation
from suppliers.models.hours import HoursSpent
from suppliers.models.prequalification import Prequalification, PrequalificationDecision, ReviewQuestion, SelfDeclaration
from suppliers.models.submission import Attachment, Receipt, StageInvitation, Submission, SubmissionVersion
from suppliers.models.supplier import Supplier

__all__ = [
    "AmendmentConfirmation",
    "Attachment",
    "HoursSpent",
    "Prequalification",
    "PrequalificationDecision",
    "Receipt",
    "ReviewQuestion",
    "SelfDeclaration",
    "StageInvitation",
    "Submission",
    "SubmissionVersion",
    "Supplier",
]
