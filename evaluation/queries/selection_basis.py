"""The work behind a proposal, counted."""

from dataclasses import dataclass

from evaluation.models import Conflict, FormalCheck, ImpartialityDeclaration, ScoreSheet, Selection
from evaluation.queries.selection import letters_of
from tenders.models import Stage


@dataclass(frozen=True)
class Numbers:
    declarations: int
    people_with_ties: int
    rejected: int
    sheets: int
    letters: int
    without_grounds: int
    gathered: int


def numbers_of(stage: Stage, selection: Selection) -> Numbers:
    """Declarations, ties, rejections and locked sheets of the stage, and the letters of the proposal."""
    ties = Conflict.objects.filter(declaration__stage=stage)
    facts = list(letters_of(selection).values_list("facts__grounds", "facts__gathered"))
    return Numbers(
        declarations=ImpartialityDeclaration.objects.filter(stage=stage).count(),
        people_with_ties=ties.values("declaration__user").distinct().count(),
        rejected=FormalCheck.objects.filter(submission__stage=stage, admitted=False).count(),
        sheets=ScoreSheet.objects.filter(submission__stage=stage, locked_at__isnull=False, voided_at=None).count(),
        letters=len(facts),
        without_grounds=sum(not grounds for grounds, _gathered in facts),
        gathered=sum(bool(gathered) for _grounds, gathered in facts),
    )
