"""A draft as it will stand when it is announced. Changes the rows in memory only."""

from datetime import datetime

from tenders.models import Stage, Tender
from tenders.phases import StagePhase, TenderPhase


def as_announced(tender: Tender, *, at: datetime) -> None:
    """What announcing at `at` does to the tender and its stages, which are loaded. Nothing is stored."""
    tender.phase, tender.announced_at = TenderPhase.ANNOUNCED, at
    for stage in tender.stages.all():
        if stage.entry == Stage.Entry.OPEN and stage.closes_at is not None:
            stage.phase, stage.opens_at = StagePhase.ANNOUNCED, stage.opens_at or at
