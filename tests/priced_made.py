"""A small tender in which price counts, and offers to it, by the real commands."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from accounts.models import User
from evaluation.code_names import number_of
from suppliers.commands.save_draft import save_draft
from suppliers.commands.start_submission import start_submission
from suppliers.commands.submit_submission import submit_submission
from suppliers.models import Submission
from suppliers.offered_price import COVERS, PRICE
from tenders.models import Stage, Tender
from tests.scores_made import closed, scored
from tests.selection_cast import Case
from tests.settled_made import stage_no
from tests.stages_made import firm
from tests.submissions_made import answers_for, stage_of
from tests.tenders_made import announced

# As Sara, Sindre and Stine type them
PRICES = ("400 000", "472 000", "600 000")
COVERED = "Alt arbeid, reiser og opplæring av tre kontor."


def priced(ingrid: User, arne: User, formula: str = "linear", **changes: Any) -> Tender:
    """Announced: effect counts 40 per cent, the plan 30 and price 30; 700 000 at most."""
    values = {
        "amount": "700000",
        "pays_each_1": "700000",
        "weight_1_1": "40",
        "weight_1_2": "30",
        "price_1": formula,
        "price_weight_1": "30",
    }
    return announced(ingrid, arne, procedure=Tender.Procedure.SMALL_TENDER, name="Veiviser til jobb", **(values | changes))


def offered(tender: Tender, prices: Sequence[str] = PRICES) -> list[Submission]:
    """One offer for each price, by Sara, Sindre, Stine …, each handed in a day after the one before."""
    made = []
    for no, price in enumerate(prices):
        user, organisation = firm(no)
        at = tender.announced_at + timedelta(days=2 + no)
        submission = start_submission(stage_id=stage_of(tender).pk, organisation_id=organisation.pk, by=user, at=at)
        answers = answers_for(stage_of(tender), **{PRICE: price, COVERS: COVERED})
        save_draft(submission_id=submission.pk, answers=answers, draft_no=0, by=user, at=at)
        submit_submission(submission_id=submission.pk, by=user, at=at)
        made.append(submission)
    return made


def prices_by_number(stage: Stage) -> Mapping[int, Submission]:
    """Opened submissions by their code number."""
    return {number_of(row.code_name): row for row in stage.submissions.exclude(code_name="")}


def judged_alike(case: Case, points: int = 8) -> Stage:
    """Everybody gives everybody the same points on quality, and the scoring is closed."""
    numbers = prices_by_number(case.stage)
    scored(case.stage, [case.cecilie, case.emre, case.eva], {number: [[points, points]] * 3 for number in numbers})
    closed(case.stage, case.cecilie)
    return stage_no(case.tender, 1)
