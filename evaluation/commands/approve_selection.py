"""Another person approves: those proposed get the free places, and every letter is frozen, in one act."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.steps import take_step
from evaluation.documents.decision import as_approved, seen_hash
from evaluation.models import Selection, SelectionItem, SelectionPlace
from evaluation.policies.selection import ApproveSelectionPolicy
from evaluation.queries import selection as queries
from evaluation.queries.prices import paid_in_all
from letters.commands.freeze_batch import freeze_batch
from letters.commands.redraft_letters import redraft_letters
from tenders.models import Stage, Tender
from tenders.phases import STAGE_STEPS, StagePhase
from tenders.queries.money import budgets_of


@command
def approve_selection(*, selection_id: UUID, seen: str, by: User, at: datetime) -> None:
    """Approve what the approver has read: `seen` is the hash of the page they saw (`documents.decision.seen_hash`).

    From here on names are known to the panel. The letters are made by the worker and released together; the standstill
    counts from then. Refused without grounds in every letter, when something was changed meanwhile, and when the places
    or the money do not hold it.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(stages__selections=selection_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(selections=selection_id)
    selection = Selection.objects.select_for_update(of=("self",)).get(pk=selection_id)
    stage.tender, selection.stage = tender, stage
    ApproveSelectionPolicy(selection, at).check(by)
    if seen != seen_hash(selection):
        raise Refused(_("The selection is not the one you have read. Open the page again and read it before you approve."))
    items, blind = queries.items_of(selection), queries.still_blind(stage)
    _fill_places(stage, items)
    budgets_of(tender).update(awarded=F("awarded") + paid_in_all(stage, items))
    selection.approved_at, selection.approved_by = at, by
    selection.save(update_fields=["approved_at", "approved_by"])
    _freeze_letters(selection, by=by, at=at)
    facts: journal.Facts = {"stage": stage.no, "places": [item.rank for item in items], "seen": seen}
    event = "evaluation.selection_approved"
    take_step(
        stage, StagePhase.APPROVED, steps=STAGE_STEPS, event=event, by=by, at=at, stream=tender, about=[selection, *items], facts=facts
    )
    if blind:
        lifted, no = "evaluation.anonymity_lifted", {"stage": stage.no}
        journal.record(lifted, by=by, at=at, stream=tender, about=[stage], role=Role.APPROVER.value, facts=no)


def _fill_places(stage: Stage, items: Sequence[SelectionItem]) -> None:
    """Each into a place that is free at this moment. There are as many as were announced, and never one more."""
    free = list(queries.free_places(stage).select_for_update(of=("self",)))
    if len(items) > len(free):
        raise Refused(_("There are fewer free places than you have chosen."))
    for place, item in zip(free, items, strict=False):
        if SelectionPlace.objects.filter(pk=place.pk, item=None).update(item=item) != 1:
            raise Refused(_("There are fewer free places than you have chosen."))


def _freeze_letters(selection: Selection, *, by: User, at: datetime) -> None:
    """With the name of the approver and the day written in; then no word can change."""
    if selection.batch_id is None:
        return
    drafts = {letter.pk: as_approved(letter, selection, by, at=at) for letter in queries.letters_of(selection)}
    redraft_letters(batch_id=selection.batch_id, drafts=drafts, by=by, at=at)
    freeze_batch(batch_id=selection.batch_id, by=by, at=at)
