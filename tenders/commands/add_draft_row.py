"""An officer asks one more question of a draft, or judges by one more criterion."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from tenders.models import Criterion, CriterionLevel, Stage, StageField, Tender
from tenders.policies.announcement import EditAnnouncementPolicy
from tenders.procedures import template_of

# Announcements are in bokmål, as all that the templates hold
NEW_CRITERION = "Nytt kriterium"
MOST_CRITERIA, MOST_QUESTIONS = 8, 12
# Until the officer sets it: per cent when nothing is left of the hundred, and words
NEW_WEIGHT, NEW_LIMIT = Decimal(10), 200


@command(journal=False)
def add_draft_row(*, tender_id: UUID, section: str, stage_no: int, by: User, at: datetime) -> None:
    """One more row at the end of the stage, to be written: in the section «asked» a question, in «criteria» a criterion."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    EditAnnouncementPolicy(tender, at).check(by)
    stage = tender.stages.get(no=stage_no)
    if section == "asked":
        _add_question(stage)
    elif tender.framework_id:
        raise Refused(_("The criteria of a call-off were stated with its framework agreement."))
    else:
        _add_criterion(tender, stage)


def _add_question(stage: Stage) -> None:
    """Its key is one that no other question of the stage has: what is handed in is kept by it."""
    keys = set(stage.fields.values_list("key", flat=True))
    if len(keys) >= MOST_QUESTIONS:
        raise Refused(_("Twelve questions are the most a stage can have. Fewer questions give better answers."))
    free = next(key for key in (f"question-{no}" for no in range(1, MOST_QUESTIONS + 1)) if key not in keys)
    StageField.objects.create(stage=stage, no=len(keys) + 1, key=free, max_words=NEW_LIMIT)


def _add_criterion(tender: Tender, stage: Stage) -> None:
    """With the levels of the template, not described yet, and what is left of the hundred per cent. Price stays the last one."""
    rows = list(stage.criteria.order_by("no"))
    if len(rows) >= MOST_CRITERIA:
        raise Refused(_("Eight criteria are the most a stage can have. Fewer criteria are easier to judge by."))
    left = 100 - sum(row.weight for row in rows)
    by_price = stage.criteria.filter(kind=Criterion.Kind.PRICE)
    no = len(rows) + 1 - by_price.update(no=len(rows) + 1)
    made = Criterion.objects.create(stage=stage, no=no, name=NEW_CRITERION, weight=left if left > 0 else NEW_WEIGHT)
    levels = template_of(tender.procedure).levels
    CriterionLevel.objects.bulk_create(CriterionLevel(criterion=made, **level) for level in levels)
