"""What the selected are paid, and what was offered: read out of the sealed parts for the closing of the scoring, and nowhere else."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError

from evaluation.models import SelectionItem
from evaluation.queries.ranking import price_scores
from evaluation.queries.submissions import opened_submissions
from suppliers.completeness import Answers
from suppliers.envelopes import read_opened_price
from suppliers.models import Submission
from suppliers.offered_price import amount_of
from tenders.models import Stage
from tenders.sealing import SealBroken


def offers_to_count(stage: Stage) -> dict[UUID, Answers]:
    """Every opened price with what it covers, by submission; those that can't be read are left out. Empty where price does not count."""
    if stage.price_criterion is None:
        return {}
    found = ((row.pk, _offer(row)) for row in opened_submissions(stage))
    return {key: offer for key, offer in found if offer}


def _offer(submission: Submission) -> Answers:
    [version] = submission.versions.all()
    try:
        offer = read_opened_price(version)
        amount_of(offer)
    except (SealBroken, ValidationError):
        return {}
    return offer


def paid_to(stage: Stage, submission_id: UUID) -> Decimal:
    """Kroner: the price that was offered where price counts, else what the stage pays each. Never above `pays_each`."""
    score = price_scores(stage).get(submission_id)
    return score.price if score else stage.pays_each


def paid_in_all(stage: Stage, items: Sequence[SelectionItem]) -> Decimal:
    """What these places bind of the budget."""
    scores = price_scores(stage)
    return sum((scores[item.submission_id].price if scores else stage.pays_each for item in items), Decimal(0))
