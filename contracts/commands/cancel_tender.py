"""A tender is cancelled: nothing more is taken in, what is sealed stays sealed for ever, and everybody is told why."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from contracts.commands.terminate_contract import terminate_contract
from contracts.documents.cancellation import cancellation_letters
from contracts.policies.cancellation import CancelTenderPolicy
from contracts.queries import cancellation as queries
from evaluation.commands.return_selection import return_selection
from evaluation.queries.selection import waiting_selection
from letters.commands.draft_batch import draft_batch
from letters.commands.freeze_batch import freeze_batch
from tenders.commands.release_call_off import release_call_off
from tenders.models import Approval, Budget, Stage, StageKey, Tender
from tenders.phases import STAGE_FINAL, STAGE_STEPS, TENDER_STEPS, StagePhase, TenderPhase


@command
def cancel_tender(*, approval_id: UUID, by: User, at: datetime) -> None:
    """Cancel as the officer proposed, until both have signed the contract of the last stage.

    The keys of stages that are not opened are destroyed, so nobody can ever open what was handed in to them; drafts stay
    their owners'. Agreements that both have signed stay, others end. Letters go to all who follow and all who handed in.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(approvals=approval_id)
    stages = list(Stage.objects.select_for_update(of=("self",)).filter(tender=tender).order_by("no"))
    approval = Approval.objects.select_for_update(of=("self",)).get(pk=approval_id, what=queries.CANCELLATION)
    approval.tender = tender
    CancelTenderPolicy(approval, at).check(by)
    approval.approved_at, approval.approved_by = at, by
    approval.save(update_fields=["approved_at", "approved_by"])
    reason = approval.content["reason"]
    _stop_what_waits(tender, reason, by=by, at=at)
    event, facts = "contracts.tender_cancelled", {"again": approval.content["again"]}
    take_step(
        tender,
        TenderPhase.CANCELLED,
        steps=TENDER_STEPS,
        event=event,
        by=by,
        at=at,
        stream=tender,
        about=[approval],
        reason=reason,
        facts=facts,
    )
    # After the tender's own step: the end of the last contract would otherwise close a tender that is decided
    _end_unsigned(tender, reason, by=by, at=at)
    sealed = _cancel_stages(tender, stages, by=by, at=at)
    release_call_off(tender_id=tender.pk, by=by, at=at)
    Budget.objects.filter(tender=tender).update(awarded=F("contracted"))
    _write_to_everybody(tender, approval, sealed=sealed, by=by, at=at)


def _stop_what_waits(tender: Tender, reason: str, *, by: User, at: datetime) -> None:
    """Proposals that wait for an answer have got it: they are sent back, and drafts of letters are thrown away."""
    for stage in Stage.objects.filter(tender=tender, phase=StagePhase.PROPOSED):
        for selection in waiting_selection(stage):
            return_selection(selection_id=selection.pk, reason=reason, by=by, at=at)
    waiting = Approval.objects.filter(tender=tender, approved_at=None, returned_at=None)
    waiting.update(returned_at=at, returned_by=by, return_reason=reason)


def _end_unsigned(tender: Tender, reason: str, *, by: User, at: datetime) -> None:
    for contract in queries.unsigned_contracts(tender):
        terminate_contract(contract_id=contract.pk, reason=reason, by=by, at=at)


def _cancel_stages(tender: Tender, stages: list[Stage], *, by: User, at: datetime) -> bool:
    """Every stage that has not ended, with its key. True when something is sealed for ever."""
    sealed = False
    for stage in stages:
        stage.refresh_from_db()
        stage.tender = tender
        if stage.phase in STAGE_FINAL:
            continue
        sealed = sealed or (stage.sealed and stage.phase == StagePhase.ANNOUNCED)
        destroyed = StageKey.objects.filter(stage=stage, destroyed_at=None).update(wrapped_private=b"", destroyed_at=at)
        event, facts = "contracts.stage_cancelled", {"stage": stage.no, "keys_destroyed": destroyed}
        take_step(stage, StagePhase.CANCELLED, steps=STAGE_STEPS, event=event, by=by, at=at, stream=tender, facts=facts)
    return sealed


def _write_to_everybody(tender: Tender, approval: Approval, *, sealed: bool, by: User, at: datetime) -> None:
    """In a chain of its own: among the tender's letters the batch would show who follows and who has handed in."""
    letters = cancellation_letters(tender, approval, sealed=sealed, at=at)
    if letters:
        batch = draft_batch(kind="cancellation", about=approval, stream=f"cancellation:{tender.pk}", drafts=letters, by=by, at=at)
        freeze_batch(batch_id=batch.pk, by=by, at=at)
