"""A decision that everybody was told of is annulled, and the panel begins again."""

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import take_step
from accounts.words import clean_text
from evaluation.documents.decision import annulment_letters
from evaluation.models import Selection, SelectionItem, SelectionPlace
from evaluation.policies.selection import AnnulSelectionPolicy
from evaluation.queries import selection as queries
from evaluation.queries.prices import paid_in_all
from letters.commands.draft_batch import draft_batch
from letters.commands.freeze_batch import freeze_batch
from tenders.models import Stage, Tender
from tenders.phases import STAGE_STEPS, StagePhase
from tenders.queries.money import budgets_of


@command
def annul_selection(*, selection_id: UUID, reason: str, by: User, at: datetime) -> None:
    """Free every place of the stage, give the money back, and tell everybody who had an answer, with the reason.

    The stage is open to the panel again, and no longer blind: the names are known. Refused before the letters are out and
    after the stage is settled.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(stages__selections=selection_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(selections=selection_id)
    stage.tender = tender
    AnnulSelectionPolicy(stage, at).check(by)
    standing = list(queries.standing_selections(stage).select_for_update(of=("self",)))
    if selection_id not in {selection.pk for selection in standing}:
        raise Refused(_("There is no approved selection to annul."))
    why = clean_text(reason).strip()
    if not why:
        raise Refused(_("Write why. Everybody who had an answer reads it."))
    drafts, items = annulment_letters(stage, why, at=at), queries.selected(stage)
    SelectionPlace.objects.filter(stage=stage).update(item=None)
    vacated = {"vacated_at": at, "vacated_by": by, "vacate_reason": why}
    SelectionItem.objects.filter(pk__in=[item.pk for item in items]).update(**vacated)
    annulled = {"annulled_at": at, "annulled_by": by, "annul_reason": why}
    Selection.objects.filter(pk__in=[selection.pk for selection in standing]).update(**annulled)
    budgets_of(tender).update(awarded=F("awarded") - paid_in_all(stage, items))
    batch = draft_batch(kind=queries.ANNULMENT_LETTERS, about=stage, stream=tender, drafts=drafts, by=by, at=at)
    freeze_batch(batch_id=batch.pk, by=by, at=at)
    take_step(
        stage,
        StagePhase.OPENED,
        steps=STAGE_STEPS,
        event="evaluation.selection_annulled",
        by=by,
        at=at,
        stream=tender,
        about=[*standing, *items],
        reason=why,
        facts={"stage": stage.no, "places": len(items), "letters": len(drafts)},
    )
