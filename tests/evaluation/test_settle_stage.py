"""A stage ends after the standstill, by two people, and the next one begins for those who were selected."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import JournalEntry
from accounts.refused import Refused
from evaluation.commands.declare_conflict import declare_conflict
from evaluation.commands.propose_settlement import propose_settlement
from evaluation.commands.settle_stage import settle_stage
from evaluation.commands.vacate_place import vacate_place
from evaluation.models import SelectionPlace
from evaluation.queries.settlement import going_on
from letters.models import Letter
from suppliers.commands.start_submission import start_submission
from suppliers.models import StageInvitation
from suppliers.queries.invitations import standing_invitations
from tenders.commands.return_approval import return_approval
from tenders.models import Approval
from tenders.readiness import NotReady
from tests.conftest import make_person
from tests.selections_made import selected
from tests.settled_made import (
    answered,
    cast_of,
    dates_for,
    developed,
    first_stage_answered,
    first_stage_opened,
    first_stage_settled,
    judged,
    opened_stage,
    proposed_settlement,
    representative_of,
    second_stage_answered,
    settled,
    settling_moment,
    stage_no,
    written,
)
from tests.suppliers_made import registered
from tests.tenders_made import describe


@pytest.fixture
def cast(ingrid, arne, with_role):
    return cast_of(ingrid, arne, with_role)


@pytest.fixture
def answer(tender, cast):
    """Stage 1 with three finalists, and everybody's letter out."""
    return first_stage_answered(tender, cast)


def test_the_next_stage_gets_its_dates_its_key_and_those_who_were_selected(tender, cast, answer):
    moment = settling_moment(answer)
    dates = dates_for(answer, moment)
    stage = settled(answer, cast.ingrid, cast.arne)
    second = stage_no(tender, 2)
    assert (stage.phase, second.phase) == ("settled", "announced")
    assert (second.opens_at, second.closes_at) == (moment + timedelta(hours=1), dates["closes_at"])
    assert second.closes_at - second.opens_at >= timedelta(weeks=8)
    assert second.key.wrapped_private and second.key.key_id != stage.key.key_id
    assert [row.organisation for row in standing_invitations(second)] == sorted(going_on(stage), key=lambda row: row.name)
    assert StageInvitation.objects.count() == 3
    told = Letter.objects.filter(batch__kind="stage_invitation")
    assert {letter.organisation for letter in told} == set(going_on(stage))
    page = reverse("suppliers:submission", args=[tender.reference, 2])
    assert all("Utviklet skisse" in letter.title and letter.address == page for letter in told)
    events = set(JournalEntry.objects.filter(stream=f"tender:{tender.pk}").values_list("event", flat=True))
    assert {"evaluation.settlement_proposed", "evaluation.stage_settled", "tenders.stage_announced"} <= events


def test_refused_before_the_standstill_is_over(cast, answer):
    day_before = settling_moment(answer) - timedelta(days=1)
    with pytest.raises(Refused, match="The standstill is not over. The stage can be settled from"):
        proposed_settlement(answer, cast.ingrid, day_before)


def test_refused_before_the_letters_are_out(tender, cast):
    stage = judged(first_stage_opened(tender, cast), cast)
    with pytest.raises(Refused, match="Only a stage with an approved selection can be settled"):
        propose_settlement(stage_id=stage.pk, by=cast.ingrid, at=stage.opened_at)
    selection = selected(stage, cast.cecilie, cast.ingrid, cast.arne)
    with pytest.raises(Refused, match="The letters are on their way"):
        propose_settlement(stage_id=stage.pk, by=cast.ingrid, at=selection.approved_at + timedelta(days=40))


def test_it_takes_two_people_each_in_their_role(cast, answer, with_role):
    moment = settling_moment(answer)
    with pytest.raises(Refused, match="Only the officer of this tender proposes how a stage ends"):
        propose_settlement(stage_id=answer.pk, by=cast.arne, at=moment, **dates_for(answer, moment))
    approval = proposed_settlement(answer, cast.ingrid)
    with pytest.raises(Refused, match="This is already waiting for approval"):
        proposed_settlement(answer, cast.ingrid)
    with pytest.raises(Refused, match="Someone else must approve your proposal"):
        settle_stage(approval_id=approval.pk, by=cast.ingrid, at=moment)
    with pytest.raises(Refused, match="Only the approver of this tender can approve this"):
        settle_stage(approval_id=approval.pk, by=cast.cecilie, at=moment)
    settle_stage(approval_id=approval.pk, by=cast.arne, at=moment)
    with pytest.raises(Refused, match="This proposal does not wait for approval any more"):
        settle_stage(approval_id=approval.pk, by=cast.arne, at=moment)
    with pytest.raises(Refused, match="This stage is settled already"):
        proposed_settlement(answer, cast.ingrid, moment)


def test_somebody_with_a_tie_does_not_decide_on_all(cast, answer):
    own = going_on(answer)[0]
    submission = own.submissions.get()
    declare_conflict(
        submission_id=submission.pk, ground="Søsteren min jobber der.", by=cast.ingrid, at=answer.opened_at + timedelta(days=1)
    )
    with pytest.raises(Refused, match="You or your leader have a tie to one of those who took part"):
        proposed_settlement(answer, cast.ingrid)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"closes_at": timedelta(days=-8)}, "At least 8 weeks were announced"),
        ({"closes_at": timedelta(days=2)}, "The deadline is not on a working day"),
        ({"answer_by": timedelta(days=-200)}, "The answer must come after the deadline"),
        ({"opens_at": timedelta(days=3)}, "The stage does not open on a working day"),
    ],
)
def test_the_dates_hold_what_was_announced(cast, answer, changes, said):
    moment = settling_moment(answer)
    dates = dates_for(answer, moment)
    [(name, moved)] = changes.items()
    # The moment is a Tuesday or so; the deadline suggested is moved to a Saturday by hand
    if name == "closes_at" and moved > timedelta(0):
        moved = timedelta(days=(5 - dates["closes_at"].weekday()) % 7)
    if name == "opens_at":
        dates["opens_at"], moved = moment, timedelta(days=(5 - moment.weekday()) % 7)
    with pytest.raises(NotReady, match=said):
        propose_settlement(stage_id=answer.pk, by=cast.ingrid, at=moment, **(dates | {name: dates[name] + moved}))


def test_an_approver_who_waits_too_long_sends_it_back(cast, answer):
    """The proposal leaves a week; ten days later the deadline would give less than eight weeks."""
    approval = proposed_settlement(answer, cast.ingrid)
    late = approval.proposed_at + timedelta(days=10)
    with pytest.raises(NotReady, match="At least 8 weeks were announced"):
        settle_stage(approval_id=approval.pk, by=cast.arne, at=late)
    assert stage_no(answer.tender, 1).phase == "approved"
    assert not StageInvitation.objects.exists()
    return_approval(approval_id=approval.pk, reason="Sett en senere frist.", by=cast.arne, at=late)
    again = proposed_settlement(answer, cast.ingrid, late)
    settle_stage(approval_id=again.pk, by=cast.arne, at=late)
    assert stage_no(answer.tender, 2).phase == "announced"


def test_the_next_stage_takes_its_dates(cast, answer):
    with pytest.raises(Refused, match="Say when the next stage ends, and when those who take part in it get their answer"):
        propose_settlement(stage_id=answer.pk, by=cast.ingrid, at=settling_moment(answer))


def test_sent_back_or_taken_back_with_a_reason(cast, answer):
    approval = proposed_settlement(answer, cast.ingrid)
    at = approval.proposed_at
    with pytest.raises(Refused, match="Only the approver can send it back, and only the officer can take it back"):
        return_approval(approval_id=approval.pk, reason="Nei", by=cast.cecilie, at=at)
    with pytest.raises(Refused, match="Write why, so that it can be mended"):
        return_approval(approval_id=approval.pk, reason="  ", by=cast.arne, at=at)
    return_approval(approval_id=approval.pk, reason="Fristen er i høstferien.", by=cast.ingrid, at=at)
    row = Approval.objects.get(pk=approval.pk)
    assert (row.returned_by, row.return_reason) == (cast.ingrid, "Fristen er i høstferien.")
    line = JournalEntry.objects.get(event="tenders.proposal_returned")
    assert (line.actor_role, line.facts["what"]) == ("officer", "settlement")
    with pytest.raises(Refused, match="This proposal does not wait for approval any more"):
        return_approval(approval_id=approval.pk, reason="En gang til", by=cast.arne, at=at)


def test_a_place_that_was_given_up_is_not_invited(tender, cast, answer):
    """One of three gives up after the answer; the chair leaves the place empty, and two go on."""
    place = SelectionPlace.objects.filter(stage=answer).exclude(item=None).first()
    gone = place.item.submission.organisation
    at = answer.opened_at + timedelta(days=22)
    vacate_place(place_id=place.pk, reason="Vi rekker det ikke.", by=representative_of(gone), at=at)
    stage = answered(stage_no(tender, 1), cast, count=0)
    assert gone not in going_on(stage)
    settled(stage, cast.ingrid, cast.arne)
    assert {row.organisation for row in standing_invitations(stage_no(tender, 2))} == set(going_on(stage))
    assert len(going_on(stage)) == 2


def test_nobody_left_to_go_on_with(cast, answer):
    SelectionPlace.objects.filter(stage=answer).update(item=None)
    with pytest.raises(Refused, match="Nobody holds a place in this stage, so there is nobody to go on with"):
        proposed_settlement(answer, cast.ingrid)


def test_only_the_invited_write_and_only_what_they_hand_in_is_opened(tender, cast):
    stage = first_stage_settled(tender, cast)
    second = stage_no(tender, 2)
    finalists = going_on(stage)
    stranger = make_person("Frode Fremmed")
    outside = registered(stranger, "Utenfor AS")
    with pytest.raises(Refused, match="Only those who are invited can take part in this stage"):
        start_submission(stage_id=second.pk, organisation_id=outside.pk, by=stranger, at=second.opens_at + timedelta(days=1))
    developed(second, finalists[:2])
    draft = written(second, finalists[2])
    opened = opened_stage(tender, 2, cast.ingrid, cast.arne)
    assert opened.submissions.filter(phase="opened").count() == 2
    draft.refresh_from_db()
    assert (draft.phase, bool(draft.draft)) == ("draft", True)
    opened.key.refresh_from_db()
    assert opened.key.destroyed_at and not opened.key.wrapped_private
    assert opened.places.count() == 1


def test_after_the_last_stage_the_tender_is_decided(tender, cast):
    first_stage_settled(tender, cast)
    last = second_stage_answered(tender, cast)
    assert len(going_on(last)) == 1
    approval = proposed_settlement(last, cast.ingrid)
    assert approval.content == {"stage": 2, "next": None}
    settle_stage(approval_id=approval.pk, by=cast.arne, at=approval.proposed_at)
    tender.refresh_from_db()
    assert (stage_no(tender, 2).phase, tender.phase) == ("settled", "concluded")


def test_weeks_are_announced(ingrid):
    tender = describe(ingrid)
    assert tender.stages.get(no=2).weeks == 8
    with pytest.raises(NotReady, match="Say how many weeks those who are chosen get to write"):
        describe(ingrid, clock.now(), weeks_2=None)
    with pytest.raises(NotReady, match="leaves no time for the weeks that those who are chosen get"):
        describe(ingrid, clock.now(), weeks_2=40)
