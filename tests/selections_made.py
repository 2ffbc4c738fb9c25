"""Selections of the tests, made by the real commands."""

from datetime import datetime, timedelta

from accounts.models import User
from evaluation.commands.approve_selection import approve_selection
from evaluation.commands.propose_selection import propose_selection
from evaluation.commands.write_grounds import write_grounds
from evaluation.documents.decision import seen_hash
from evaluation.models import Selection
from evaluation.queries import selection as queries
from letters.commands.claim_letter import claim_letter
from letters.commands.file_letter import file_letter
from letters.commands.release_batch import release_batch
from letters.models import LetterBatch
from tenders.models import Stage

MERIT = "Prøveukene er korte og ekte, og en jevnaldrende er med hele veien."
GROUNDS = "Panelet likte ideen. Planen sier lite om hva dere gjør når en arbeidsgiver trekker seg."
WHY = "Panelet mener at de andre ikke er gode nok ennå."


def decided_at(stage: Stage) -> datetime:
    """When the tests propose, if they don't say when: twenty days after the opening."""
    stage.refresh_from_db(fields=["opened_at"])
    return stage.opened_at + timedelta(days=20)


def proposed_selection(stage: Stage, chair: User, count: int | None = None, at: datetime | None = None) -> Selection:
    """The first `count` of the ranking, else as many as there are free places; with a reason when a place stays empty."""
    able = queries.candidates(stage)
    free = queries.free_places(stage).count()
    chosen = able[: free if count is None else count]
    grounds = {row.submission_id: f"{MERIT} ({row.rank})" for row in chosen}
    reason = WHY if len(chosen) < free else ""
    return propose_selection(stage_id=stage.pk, grounds=grounds, reason=reason, by=chair, at=at or decided_at(stage))


def grounds_written(selection: Selection, ingrid: User, at: datetime | None = None) -> None:
    """Ingrid has written the grounds of every letter that had none."""
    at = at or selection.proposed_at + timedelta(hours=1)
    for letter in queries.letters_of(selection):
        if not letter.facts["grounds"]:
            write_grounds(letter_id=letter.pk, grounds=GROUNDS, by=ingrid, at=at)


def approved(selection: Selection, arne: User, at: datetime | None = None) -> Selection:
    """Arne has read what there is, and approved it."""
    at = at or selection.proposed_at + timedelta(hours=2)
    approve_selection(selection_id=selection.pk, seen=seen_hash(selection), by=arne, at=at)
    selection.refresh_from_db()
    return selection


def selected(stage: Stage, chair: User, ingrid: User, arne: User, count: int | None = None, at: datetime | None = None) -> Selection:
    """Proposed, with grounds in every letter, and approved; the letters wait to be made."""
    selection = proposed_selection(stage, chair, count, at)
    grounds_written(selection, ingrid)
    return approved(selection, arne)


def released(batch: LetterBatch, at: datetime) -> LetterBatch:
    """Every letter of the batch made (not by WeasyPrint) and released at `at`. Letters of other batches that wait are made too."""
    while letter := claim_letter(by=User.clock(), at=at):
        file_letter(letter_id=letter.pk, content=b"%PDF-1.7 a letter", by=User.clock(), at=at)
    assert release_batch(batch_id=batch.pk, by=User.clock(), at=at) is True
    batch.refresh_from_db()
    return batch
