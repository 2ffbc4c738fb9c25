"""A stage is closed without selection by two people, and everybody who took part reads why."""

from datetime import timedelta

import pytest

from accounts.models import JournalEntry
from accounts.refused import Refused
from evaluation.commands.admit_submissions import admit_submissions
from evaluation.commands.close_stage import close_stage
from evaluation.commands.propose_closing import propose_closing
from evaluation.commands.reject_submission import reject_submission
from evaluation.commands.vacate_place import vacate_place
from evaluation.models import SelectionPlace
from evaluation.queries import opened_submissions
from letters.models import Letter, LetterBatch
from tenders.commands.return_approval import return_approval
from tests.scores_made import closed, scored
from tests.settled_made import cast_of, first_stage_answered, first_stage_opened, representative_of, stage_no

WHY = "Ingen av skissene viser hvordan de unge selv er med og bestemmer."


@pytest.fixture
def cast(ingrid, arne, with_role):
    return cast_of(ingrid, arne, with_role)


@pytest.fixture
def stage(tender, cast):
    return first_stage_opened(tender, cast, count=2)


def reject_all(stage, ingrid):
    for submission in opened_submissions(stage):
        at = stage.opened_at + timedelta(hours=1)
        reason = "Skissen er på 4 000 ord."
        reject_submission(submission_id=submission.pk, ground="form", reason=reason, by=ingrid, at=at)


def test_nobody_was_admitted(tender, stage, cast):
    at = stage.opened_at + timedelta(days=1)
    with pytest.raises(Refused, match="Check every one of them first: somebody may be admitted"):
        propose_closing(stage_id=stage.pk, reason=WHY, by=cast.ingrid, at=at)
    reject_all(stage, cast.ingrid)
    with pytest.raises(Refused, match="Only the officer of this tender proposes how a stage ends"):
        propose_closing(stage_id=stage.pk, reason=WHY, by=cast.arne, at=at)
    with pytest.raises(Refused, match="Write the reason. It stands in every letter"):
        propose_closing(stage_id=stage.pk, reason=" \n ", by=cast.ingrid, at=at)
    approval = propose_closing(stage_id=stage.pk, reason=WHY, by=cast.ingrid, at=at)
    with pytest.raises(Refused, match="This is already waiting for approval"):
        propose_closing(stage_id=stage.pk, reason=WHY, by=cast.ingrid, at=at)
    for person, said in [(cast.ingrid, "Someone else must approve"), (cast.cecilie, "Only the approver of this tender can approve this")]:
        with pytest.raises(Refused, match=said):
            close_stage(approval_id=approval.pk, by=person, at=at)
    close_stage(approval_id=approval.pk, by=cast.arne, at=at)
    tender.refresh_from_db()
    assert (stage_no(tender, 1).phase, stage_no(tender, 2).phase, tender.phase) == ("unselected", "planned", "concluded")
    batch = LetterBatch.objects.get(kind="closing")
    letters = list(batch.letters.all())
    assert {letter.organisation for letter in letters} == {row.organisation for row in opened_submissions(stage)}
    assert all(WHY in letter.body and "4 000 ord" in letter.body and "§ 9-4" in letter.body for letter in letters)
    assert (batch.approved_by, {letter.phase for letter in letters}) == (cast.arne, {"waiting"})
    line = JournalEntry.objects.get(event="evaluation.stage_closed")
    assert (line.reason, line.facts["letters"]) == (WHY, 2)
    with pytest.raises(Refused, match="This stage is closed without selection already"):
        propose_closing(stage_id=stage.pk, reason=WHY, by=cast.ingrid, at=at)


def test_nobody_was_good_enough(tender, stage, cast):
    """Only the rejected one reads a ground of its own."""
    rejected, other = list(opened_submissions(stage))
    at = stage.opened_at + timedelta(hours=1)
    reject_submission(submission_id=rejected.pk, ground="form", reason="Skissen er på 4 000 ord.", by=cast.ingrid, at=at)
    admit_submissions(stage_id=stage.pk, submission_ids=[other.pk], by=cast.ingrid, at=at)
    with pytest.raises(Refused, match="Somebody is admitted. Let the panel judge first"):
        propose_closing(stage_id=stage.pk, reason=WHY, by=cast.ingrid, at=at)
    scored(stage, cast.scorers)
    closed(stage, cast.cecilie)
    approval = propose_closing(stage_id=stage.pk, reason=WHY, by=cast.ingrid, at=at + timedelta(days=30))
    return_approval(approval_id=approval.pk, reason="Skriv hva som manglet.", by=cast.arne, at=at + timedelta(days=30))
    again = propose_closing(stage_id=stage.pk, reason=WHY, by=cast.ingrid, at=at + timedelta(days=31))
    close_stage(approval_id=again.pk, by=cast.arne, at=at + timedelta(days=31))
    bodies = {letter.organisation: letter.body for letter in Letter.objects.filter(batch__kind="closing")}
    assert "4 000 ord" in bodies[rejected.organisation]
    assert "4 000 ord" not in bodies[other.organisation]
    assert rejected.organisation.name not in bodies[other.organisation]


def test_not_when_somebody_is_proposed_or_holds_a_place(tender, cast):
    stage = first_stage_answered(tender, cast, count=3)
    at = stage.opened_at + timedelta(days=25)
    said = "A stage can be closed without selection when it is opened, and nobody is proposed or selected"
    with pytest.raises(Refused, match=said):
        propose_closing(stage_id=stage.pk, reason=WHY, by=cast.ingrid, at=at)
    place = SelectionPlace.objects.filter(stage=stage).exclude(item=None).first()
    vacate_place(place_id=place.pk, reason="Vi trekker oss.", by=representative_of(place.item.submission.organisation), at=at)
    with pytest.raises(Refused, match="Somebody holds a place in this stage, so it can't be closed without selection"):
        propose_closing(stage_id=stage.pk, reason=WHY, by=cast.ingrid, at=at)


def test_nothing_was_handed_in(tender, cast):
    stage = first_stage_opened(tender, cast, count=0)
    at = stage.opened_at + timedelta(days=1)
    approval = propose_closing(stage_id=stage.pk, reason="Ingen svarte.", by=cast.ingrid, at=at)
    close_stage(approval_id=approval.pk, by=cast.arne, at=at)
    assert not LetterBatch.objects.filter(kind="closing").exists()
    tender.refresh_from_db()
    assert tender.phase == "concluded"
