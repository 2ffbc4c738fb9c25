"""From the ranking to places: proposed by one, approved by another, never more than were announced."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import JournalEntry
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.commands.approve_selection import approve_selection
from evaluation.commands.propose_selection import propose_selection
from evaluation.commands.return_selection import return_selection
from evaluation.commands.write_grounds import write_grounds
from evaluation.documents.decision import seen_hash
from evaluation.models import Conflict, ImpartialityDeclaration, Selection, SelectionItem, SelectionPlace
from evaluation.queries import selection as queries
from evaluation.queries.ranking import full_ranking
from letters.models import Letter
from letters.phases import LetterPhase
from tenders.models import Budget
from tenders.phases import StagePhase
from tests.selection_cast import opened_case, scored_case
from tests.selections_made import GROUNDS, MERIT, approved, grounds_written, released, selected
from tests.stages_made import stage_of


@pytest.fixture
def case(tender, ingrid, arne, with_role):
    return scored_case(tender, ingrid, arne, with_role)


def propose(case, *ranks, reason="", ground=MERIT, by=None):
    rows = full_ranking(case.stage)
    grounds = {rows[rank - 1].submission_id: ground for rank in ranks}
    return propose_selection(stage_id=case.stage.pk, grounds=grounds, reason=reason, by=by or case.cecilie, at=case.at)


def test_the_chair_proposes_the_first_of_the_ranking_and_everybody_gets_a_draft(case):
    selection = propose(case, 1, 2, 3)
    assert case.stage.phase == StagePhase.PROPOSED
    assert [item.rank for item in queries.items_of(selection)] == [1, 2, 3]
    letters = list(queries.letters_of(selection))
    assert len(letters) == 5 and {letter.phase for letter in letters} == {LetterPhase.DRAFT}
    assert sorted(letter.facts["outcome"] for letter in letters) == ["not_selected"] * 2 + ["selected"] * 3
    assert queries.free_places(case.stage).count() == 3  # nobody has a place before somebody else has approved
    line = JournalEntry.objects.get(event="evaluation.selection_proposed")
    assert line.facts["ranks"] == [1, 2, 3] and line.actor_id == case.cecilie.pk


@pytest.mark.parametrize(
    ("ranks", "ground", "said"),
    [
        ((1, 2, 3, 4), MERIT, "There are fewer free places than you have chosen."),
        ((1, 2, 4), MERIT, "You do not follow the ranking. Write why."),
        ((1, 2), MERIT, "A place stays empty. Write why."),
        ((), MERIT, "Choose at least one. When nobody is good enough"),
        ((1, 2, 3), "  ", "Write what was best about each of those you propose."),
    ],
)
def test_a_proposal_that_does_not_hold_is_refused(case, ranks, ground, said):
    with pytest.raises(Refused, match=said):
        propose(case, *ranks, ground=ground)
    assert case.stage.phase == StagePhase.SCORED and not Selection.objects.exists() and not queries.tender_letters(case.tender).exists()


@pytest.mark.parametrize("ranks", [(1, 2, 4), (1,)])
def test_with_a_reason_the_ranking_can_be_left_and_a_place_stay_empty(case, ranks):
    selection = propose(case, *ranks, reason="De to siste likner for mye.")
    assert selection.reason == "De to siste likner for mye."
    assert [item.rank for item in queries.items_of(selection)] == list(ranks)


def test_a_tie_at_the_border_takes_a_reason(tender, ingrid, arne, with_role):
    points = {number: [[9 - number // 2] * 5] * 3 for number in range(1, 6)}  # 2 and 3 are equal, and 4 and 5
    count = stage_of(tender).criteria.count()
    case = scored_case(tender, ingrid, arne, with_role, points={no: [[row[0][0]] * count] * 3 for no, row in points.items()})
    rows = full_ranking(case.stage)
    assert [row.rank for row in rows] == [1, 2, 2, 4, 4]
    two = {row.submission_id: MERIT for row in rows[:2]}
    with pytest.raises(Refused, match="You do not follow the ranking"):
        propose_selection(stage_id=case.stage.pk, grounds=two, by=case.cecilie, at=case.at)
    three = {row.submission_id: MERIT for row in rows[:3]}
    assert propose_selection(stage_id=case.stage.pk, grounds=three, by=case.cecilie, at=case.at).reason == ""


def test_only_what_was_judged_can_be_proposed(case):
    with pytest.raises(Refused, match="Only those who are admitted, not withdrawn and not in a place already can be proposed."):
        propose_selection(stage_id=case.stage.pk, grounds={case.tender.pk: MERIT}, reason="x", by=case.cecilie, at=case.at)


def test_only_the_chair_proposes_and_only_after_the_scoring(case):
    for by in (case.ingrid, case.arne, case.emre):
        with pytest.raises(Refused, match="Only the chair of the panel proposes who is selected."):
            propose(case, 1, 2, 3, by=by)
    propose(case, 1, 2, 3)
    with pytest.raises(Refused, match="This is already waiting for approval."):
        propose(case, 1, 2, 3)


def test_before_the_scoring_is_closed_nobody_is_proposed(tender, ingrid, arne, with_role):
    case = opened_case(tender, ingrid, arne, with_role)
    with pytest.raises(Refused, match="The scoring must be closed before anybody is proposed."):
        propose_selection(stage_id=case.stage.pk, grounds={}, by=case.cecilie, at=case.at)


def tie(user, stage, submission):
    """A tie that was found afterwards; the row alone, so that no sheet is made void."""
    declaration = ImpartialityDeclaration.objects.get(stage=stage, user=user)
    return Conflict.objects.create(declaration=declaration, submission=submission, ground="Søsken", declared_at=stage.opened_at)


def test_whoever_has_a_tie_decides_nothing(case, with_role):
    own = tie(case.cecilie, case.stage, case.sketches[4])
    with pytest.raises(Refused, match="You or your leader have a tie to one of those who took part."):
        propose(case, 1, 2, 3)
    own.delete()
    selection = propose(case, 1, 2, 3)
    leader = with_role("Lars Berg", Role.OBSERVER)
    declared = ImpartialityDeclaration.objects.create(stage=case.stage, user=leader, made_at=case.at)
    Conflict.objects.create(declaration=declared, submission=case.sketches[0], ground="Gift", declared_at=case.at)
    case.arne.reports_to = leader
    case.arne.save()
    with pytest.raises(Refused, match="You or your leader have a tie to one of those who took part."):
        approved(selection, case.arne)


def test_whoever_has_not_declared_decides_nothing(case):
    ImpartialityDeclaration.objects.filter(user=case.cecilie).delete()
    with pytest.raises(Refused, match="Say first whether you have a tie to any of those who took part."):
        propose(case, 1, 2, 3)


def test_approving_fills_the_places_spends_the_money_and_freezes_every_letter(case):
    selection = approved(propose(case, 1, 2, 3), case.arne)
    assert case.stage.phase == StagePhase.APPROVED
    assert [item.rank for item in queries.selected(case.stage)] == [1, 2, 3]
    assert not queries.free_places(case.stage).exists()
    assert Budget.objects.get(tender=case.tender).awarded == 3 * case.stage.pays_each
    assert set(queries.letters_of(selection).values_list("phase", flat=True)) == {LetterPhase.WAITING}
    assert {letter.facts["approved_by"] for letter in queries.letters_of(selection)} == {"Arne Lie"}
    assert all("Arne Lie" in letter.body for letter in queries.letters_of(selection))
    assert JournalEntry.objects.filter(event="evaluation.anonymity_lifted").count() == 1
    assert not queries.still_blind(case.stage)


def test_nobody_approves_their_own_proposal(case):
    selection = propose(case, 1, 2, 3)
    with pytest.raises(Refused, match="Someone else must approve your proposal."):
        approve_selection(selection_id=selection.pk, seen=seen_hash(selection), by=case.cecilie, at=case.at)
    with pytest.raises(Refused, match="Only the approver of this tender can approve the selection."):
        approve_selection(selection_id=selection.pk, seen=seen_hash(selection), by=case.ingrid, at=case.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Selection.objects.filter(pk=selection.pk).update(approved_at=case.at, approved_by=case.cecilie)


def test_the_second_of_two_approvals_changes_nothing(case):
    selection = propose(case, 1, 2, 3)
    seen = seen_hash(selection)
    approve_selection(selection_id=selection.pk, seen=seen, by=case.arne, at=case.at)
    with pytest.raises(Refused, match="This selection does not wait for approval."):
        approve_selection(selection_id=selection.pk, seen=seen, by=case.arne, at=case.at)
    assert Budget.objects.get(tender=case.tender).awarded == 3 * case.stage.pays_each
    assert JournalEntry.objects.filter(event="evaluation.selection_approved").count() == 1


def test_what_is_approved_is_what_was_read(case):
    selection = propose(case, 1, 2, 3)
    seen = seen_hash(selection)
    letter = queries.letters_of(selection).filter(facts__outcome="not_selected").first()
    write_grounds(letter_id=letter.pk, grounds=GROUNDS, by=case.ingrid, at=case.at)
    with pytest.raises(Refused, match="The selection is not the one you have read."):
        approve_selection(selection_id=selection.pk, seen=seen, by=case.arne, at=case.at)
    approved(selection, case.arne)


def without_grounds(selection):
    letter = queries.letters_of(selection).filter(facts__outcome="not_selected").first()
    letter.facts["grounds"] = ""
    letter.save(update_fields=["facts"])
    return letter


def test_a_letter_without_grounds_stops_the_approval(case):
    selection = propose(case, 1, 2, 3)
    letter = without_grounds(selection)
    with pytest.raises(Refused, match="Every letter needs its grounds first."):
        approved(selection, case.arne)
    grounds_written(selection, case.ingrid)
    assert GROUNDS in Letter.objects.get(pk=letter.pk).body
    approved(selection, case.arne)


def test_grounds_are_written_by_the_officer_in_drafts_only(case):
    selection = propose(case, 1, 2, 3)
    letter = queries.letters_of(selection).filter(facts__outcome="not_selected").first()
    for by in (case.arne, case.cecilie):
        with pytest.raises(Refused, match="Only the officer of this tender writes the letters."):
            write_grounds(letter_id=letter.pk, grounds=GROUNDS, by=by, at=case.at)
    with pytest.raises(Refused, match="Write the grounds."):
        write_grounds(letter_id=letter.pk, grounds=" ", by=case.ingrid, at=case.at)
    own = tie(case.ingrid, case.stage, queries.submission_of_letter(letter))
    with pytest.raises(Refused, match="You or your leader have a tie to this supplier."):
        write_grounds(letter_id=letter.pk, grounds=GROUNDS, by=case.ingrid, at=case.at)
    own.delete()
    approved(selection, case.arne)
    with pytest.raises(Refused, match="This letter has been approved, so no word of it can change."):
        write_grounds(letter_id=letter.pk, grounds=GROUNDS, by=case.ingrid, at=case.at)


def test_a_proposal_is_sent_back_with_a_reason_and_its_drafts_are_gone(case):
    selection = propose(case, 1, 2, 3)
    with pytest.raises(Refused, match="Only the approver can send the selection back, and only the chair can take it back."):
        return_selection(selection_id=selection.pk, reason="Feil", by=case.ingrid, at=case.at)
    with pytest.raises(Refused, match="Write why, so that it can be mended."):
        return_selection(selection_id=selection.pk, reason=" ", by=case.arne, at=case.at)
    return_selection(selection_id=selection.pk, reason="Meritten til nummer to mangler.", by=case.arne, at=case.at)
    assert case.stage.phase == StagePhase.SCORED
    assert not queries.tender_letters(case.tender).exists()
    line = JournalEntry.objects.get(event="letters.batch_discarded")
    assert line.facts == {"kind": "selection", "letters": 5}
    assert JournalEntry.objects.get(event="evaluation.selection_returned").actor_role == Role.APPROVER
    with pytest.raises(Refused, match="This selection does not wait for approval."):
        return_selection(selection_id=selection.pk, reason="En gang til", by=case.arne, at=case.at)
    again = propose(case, 1, 2, 3)
    return_selection(selection_id=again.pk, reason="Jeg glemte noe.", by=case.cecilie, at=case.at)
    assert case.stage.phase == StagePhase.SCORED


def test_fewer_than_places_leaves_the_rest_empty(case):
    selected(case.stage, case.cecilie, case.ingrid, case.arne, count=1)
    assert len(queries.selected(case.stage)) == 1 and queries.free_places(case.stage).count() == 2
    assert Budget.objects.get(tender=case.tender).awarded == case.stage.pays_each


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the trigger is PostgreSQL's")
def test_the_database_holds_no_fourth_place(case):
    with pytest.raises(IntegrityError, match="places_as_announced"), transaction.atomic():
        SelectionPlace.objects.create(stage=case.stage, no=4)
    place = queries.free_places(case.stage).first()
    with pytest.raises(IntegrityError, match="places_as_announced"), transaction.atomic():
        SelectionPlace.objects.filter(pk=place.pk).update(no=4)


def test_the_database_holds_no_place_twice_and_nobody_in_two(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        SelectionPlace.objects.create(stage=case.stage, no=1)
    selected(case.stage, case.cecilie, case.ingrid, case.arne, count=1)
    [item] = queries.selected(case.stage)
    with pytest.raises(IntegrityError), transaction.atomic():
        SelectionPlace.objects.filter(pk=queries.free_places(case.stage).first().pk).update(item=item)


def test_more_money_than_the_stages_may_pay_is_refused(case):
    selection = propose(case, 1, 2, 3)
    Budget.objects.filter(tender=case.tender).update(awarded=Decimal("500000.00"))
    with pytest.raises(Refused, match="This is more than the stages may pay."):
        approved(selection, case.arne)
    assert case.stage.phase == StagePhase.PROPOSED and not queries.selected(case.stage)
    assert SelectionItem.objects.filter(place__isnull=False).count() == 0


def test_a_place_taken_meanwhile_is_not_taken_twice(case):
    """Without the stage's lock somebody else could have filled it: the free places are counted again when approving."""
    selection = propose(case, 1, 2, 3)
    other = Selection.objects.create(
        stage=case.stage, proposed_at=case.at, proposed_by=case.cecilie, returned_at=case.at, returned_by=case.cecilie
    )
    item = SelectionItem.objects.create(selection=other, submission_id=full_ranking(case.stage)[3].submission_id, rank=4, ground=MERIT)
    SelectionPlace.objects.filter(stage=case.stage, no=1).update(item=item)
    with pytest.raises(Refused, match="There are fewer free places than you have chosen."):
        approved(selection, case.arne)
    assert [one.rank for one in queries.selected(case.stage)] == [4]


def test_released_says_when_and_public_results_name_the_selected(case):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    assert queries.public_results(case.tender) == [] and not queries.decision_released(case.stage)
    released(selection.batch, case.at + timedelta(hours=3))
    assert queries.decision_released(case.stage)
    names = [result.name for result in queries.public_results(case.tender)]
    assert names == [item.submission.organisation.name for item in queries.selected(case.stage)] and len(names) == 3
