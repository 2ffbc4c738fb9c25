"""The chair puts forward who is selected."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import take_step
from accounts.words import clean_text
from evaluation.documents.decision import selection_letters
from evaluation.models import Selection, SelectionItem
from evaluation.policies.selection import ProposeSelectionPolicy
from evaluation.queries import selection as queries
from evaluation.ranking import Ranked, follows_ranking
from letters.commands.draft_batch import draft_batch
from tenders.models import Stage, Tender
from tenders.phases import STAGE_STEPS, StagePhase


@command
def propose_selection(*, stage_id: UUID, grounds: Mapping[UUID, str], reason: str = "", by: User, at: datetime) -> Selection:
    """Propose those in `grounds` (by submission, with what is best about each) for the free places, and draft every letter.

    Refused with more than there are free places, with somebody who can't be selected, and without a reason when the ranking
    is not followed or a place stays empty. Nobody at all can be proposed only when somebody holds a place already.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(stages=stage_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    stage.tender = tender
    ProposeSelectionPolicy(stage, at).check(by)
    written, why = {key: clean_text(text).strip() for key, text in grounds.items()}, clean_text(reason).strip()
    chosen = _chosen(stage, written, why)
    selection = Selection.objects.create(stage=stage, reason=why, proposed_at=at, proposed_by=by)
    SelectionItem.objects.bulk_create(
        SelectionItem(selection=selection, submission_id=row.submission_id, rank=row.rank, ground=written[row.submission_id])
        for row in chosen
    )
    drafts = selection_letters(selection, at=at)
    if drafts:
        selection.batch = draft_batch(kind=queries.SELECTION_LETTERS, about=selection, stream=tender, drafts=drafts, by=by, at=at)
        selection.save(update_fields=["batch"])
    take_step(
        stage,
        StagePhase.PROPOSED,
        steps=STAGE_STEPS,
        event="evaluation.selection_proposed",
        by=by,
        at=at,
        stream=tender,
        about=[selection],
        reason=why,
        facts={"stage": stage.no, "ranks": [row.rank for row in chosen], "letters": len(drafts)},
    )
    return selection


def _chosen(stage: Stage, grounds: Mapping[UUID, str], reason: str) -> list[Ranked]:
    """The rows of the ranking that are proposed, the best first."""
    able = queries.candidates(stage)
    free = queries.free_places(stage).count()
    chosen = [row for row in able if row.submission_id in grounds]
    if len(chosen) != len(grounds):
        raise Refused(_("Only those who are admitted, not withdrawn and not in a place already can be proposed."))
    if len(chosen) > free:
        raise Refused(_("There are fewer free places than you have chosen."))
    if not chosen and not queries.selected(stage):
        raise Refused(_("Choose at least one. When nobody is good enough, the officer closes the stage without selection."))
    if not all(grounds.values()):
        raise Refused(_("Write what was best about each of those you propose."))
    if not reason and not follows_ranking(chosen, able):
        raise Refused(_("You do not follow the ranking. Write why."))
    if not reason and len(chosen) < free:
        raise Refused(_("A place stays empty. Write why."))
    return chosen
