"""A decision that is annulled, a place that is given up, and the next in line."""

from datetime import timedelta

import pytest

from accounts.models import JournalEntry, User
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.commands.annul_selection import annul_selection
from evaluation.commands.propose_selection import propose_selection
from evaluation.commands.vacate_place import vacate_place
from evaluation.commands.write_grounds import write_grounds
from evaluation.models import SelectionItem, SelectionPlace
from evaluation.queries import selection as queries
from evaluation.queries.ranking import full_ranking
from insight.queries import waiting_for
from letters.models import Letter
from suppliers.commands.invite_to_stage import invite_to_stage
from suppliers.models import StageInvitation
from tenders.models import Budget, Stage
from tenders.phases import StagePhase
from tests.scores_made import closed
from tests.selection_cast import scored_case
from tests.selections_made import MERIT, approved, proposed_selection, released, selected

WHY = "Vi har ikke folk nok til å gå videre."


@pytest.fixture
def case(tender, ingrid, arne, with_role):
    return scored_case(tender, ingrid, arne, with_role)


@pytest.fixture
def decided(case):
    """Three are selected, and everybody has their letter."""
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    released(selection.batch, case.at + timedelta(hours=3))
    return selection


@pytest.fixture
def later(case):
    return case.at + timedelta(days=1)


def awarded(case):
    return Budget.objects.get(tender=case.tender).awarded / case.stage.pays_each


def first_place(case):
    return SelectionPlace.objects.filter(stage=case.stage).exclude(item=None).select_related("item__submission__organisation").first()


def representative_of(place):
    return place.item.submission.organisation.memberships.first().user


def test_annulling_frees_every_place_tells_everybody_and_opens_the_stage_again(case, decided, later):
    names = {item.pk for item in queries.selected(case.stage)}
    annul_selection(selection_id=decided.pk, reason="Et skjema var tomt.", by=case.arne, at=later)
    stage = case.stage
    assert stage.phase == StagePhase.OPENED and queries.selected(stage) == [] and awarded(case) == 0
    assert SelectionItem.objects.filter(pk__in=names, vacated_at=later, vacate_reason="Et skjema var tomt.").count() == 3
    letters = Letter.objects.filter(batch__kind=queries.ANNULMENT_LETTERS)
    assert {letter.organisation_id for letter in letters} == {row.organisation_id for row in case.sketches}
    assert all("Et skjema var tomt." in letter.body and letter.phase == "waiting" for letter in letters)
    assert not queries.still_blind(stage) and queries.public_results(case.tender) == [] and queries.standstill_of(stage) is None
    assert JournalEntry.objects.get(event="evaluation.selection_annulled").facts["letters"] == 5


def test_the_letter_of_an_annulment_is_read_by_the_officer_and_has_no_grounds_to_write(case, decided, later, client, clock_at):
    annul_selection(selection_id=decided.pk, reason="Et skjema var tomt.", by=case.arne, at=later)
    letter = Letter.objects.filter(batch__kind=queries.ANNULMENT_LETTERS).first()
    with pytest.raises(Refused, match="This letter has no grounds that can be written."):
        write_grounds(letter_id=letter.pk, grounds="Noe", by=case.ingrid, at=later)
    clock_at(later)
    client.force_login(case.ingrid)
    shown = client.get(f"{case.url('letters')}{letter.pk}/").content.decode()
    assert "Et skjema var tomt." in shown and "@font-face" not in shown and "id_grounds" not in shown


def test_after_an_annulment_everybody_gets_a_new_answer_and_anybody_can_be_selected(case, decided, later):
    annul_selection(selection_id=decided.pk, reason="Et skjema var tomt.", by=case.arne, at=later)
    closed(case.stage, case.cecilie, at=later)
    again = proposed_selection(case.stage, case.cecilie, at=later)
    assert [item.rank for item in queries.items_of(again)] == [1, 2, 3]
    assert queries.letters_of(again).count() == 5
    approved(again, case.arne)
    assert awarded(case) == 3
    assert JournalEntry.objects.filter(event="evaluation.anonymity_lifted").count() == 1


def test_annulling_is_refused_to_others_and_at_other_times(case, decided, later):
    def annul(by=case.arne, reason="Feil"):
        annul_selection(selection_id=decided.pk, reason=reason, by=by, at=later)

    for by in (case.ingrid, case.cecilie):
        with pytest.raises(Refused, match="Only the approver of this tender can annul the selection."):
            annul(by)
    with pytest.raises(Refused, match="Write why. Everybody who had an answer reads it."):
        annul(reason=" ")
    Stage.objects.filter(pk=case.stage.pk).update(phase=StagePhase.SETTLED)
    with pytest.raises(Refused, match="The stage is settled, so the selection can't be annulled any more."):
        annul()
    Stage.objects.filter(pk=case.stage.pk).update(phase=StagePhase.APPROVED)
    annul()
    with pytest.raises(Refused, match="There is no approved selection to annul."):
        annul()


def test_nothing_is_annulled_or_given_up_before_the_letters_are_out(case, later):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    place = first_place(case)
    with pytest.raises(Refused, match="The letters are on their way. Wait until everybody has theirs."):
        annul_selection(selection_id=selection.pk, reason="Feil", by=case.arne, at=later)
    with pytest.raises(Refused, match="The letters are on their way. Wait until everybody has theirs."):
        vacate_place(place_id=place.pk, reason=WHY, by=case.ingrid, at=later)


def test_another_selection_than_the_one_that_stands_can_not_be_annulled(case, decided, later):
    place = first_place(case)
    vacate_place(place_id=place.pk, reason=WHY, by=case.ingrid, at=later)
    second = proposed_selection(case.stage, case.cecilie, at=later)
    approved(second, case.arne)
    released(second.batch, later + timedelta(hours=3))
    first_item = SelectionItem.objects.filter(selection=decided, vacated_at=None).count()
    assert first_item == 2
    annul_selection(selection_id=second.pk, reason="Alt må gjøres om igjen.", by=case.arne, at=later + timedelta(days=1))
    assert not queries.standing_selections(case.stage).exists() and awarded(case) == 0


@pytest.mark.usefixtures("decided")
def test_a_supplier_gives_its_place_up_and_the_chair_proposes_the_next_in_line(case, later):
    place = first_place(case)
    gone, user = place.item, representative_of(place)
    vacate_place(place_id=place.pk, reason=WHY, by=user, at=later)
    assert case.stage.phase == StagePhase.SCORED and awarded(case) == 2
    line = JournalEntry.objects.get(event="evaluation.place_vacated")
    assert (line.actor_role, line.reason) == (Role.SUPPLIER, WHY)
    able = queries.candidates(case.stage)
    assert [row.rank for row in able] == [4, 5] and gone.submission_id not in {row.submission_id for row in able}
    second = proposed_selection(case.stage, case.cecilie, at=later)
    letters = list(queries.letters_of(second))
    assert [(letter.facts["outcome"], letter.facts["rank"]) for letter in letters] == [("selected", 4)]
    approved(second, case.arne)
    assert [item.rank for item in queries.selected(case.stage)] == [item.rank for item in queries.selected(case.stage) if item != gone]
    assert len(queries.selected(case.stage)) == 3 and awarded(case) == 3
    assert queries.standstill_of(case.stage) is None  # until the new letter is out
    released(second.batch, later + timedelta(days=2))
    assert queries.standstill_of(case.stage).released_at == later + timedelta(days=2)


def test_the_page_and_the_work_of_the_chair_say_that_a_place_is_free_also_when_nobody_is_left(case, client, clock_at, later):
    only = selected(case.stage, case.cecilie, case.ingrid, case.arne, count=1)
    released(only.batch, case.at + timedelta(hours=3))
    place = first_place(case)
    vacate_place(place_id=place.pk, reason=WHY, by=representative_of(place), at=later)
    clock_at(later)
    User.objects.update(language="en")
    client.force_login(case.cecilie)
    assert "A place is free" in client.get(case.url("selection")).content.decode()
    [row] = [row for row in waiting_for(case.cecilie, at=later) if "selection" in row.url]
    assert row.why == "A place that was given up is free."


@pytest.mark.usefixtures("decided")
def test_the_place_can_be_left_empty_with_a_reason_and_nobody_gets_a_letter(case, later):
    vacate_place(place_id=first_place(case).pk, reason=WHY, by=case.ingrid, at=later)
    standstill = case.at + timedelta(hours=3)
    with pytest.raises(Refused, match="A place stays empty. Write why."):
        propose_selection(stage_id=case.stage.pk, grounds={}, by=case.cecilie, at=later)
    empty = propose_selection(stage_id=case.stage.pk, grounds={}, reason="To er nok.", by=case.cecilie, at=later)
    assert empty.batch is None
    approved(empty, case.arne)
    assert case.stage.phase == StagePhase.APPROVED and len(queries.selected(case.stage)) == 2 and awarded(case) == 2
    assert queries.standstill_of(case.stage).released_at == standstill  # counted from the letters, and there are no new ones


@pytest.mark.usefixtures("decided")
def test_a_second_one_can_give_up_while_the_chair_considers(case, later):
    vacate_place(place_id=first_place(case).pk, reason=WHY, by=case.ingrid, at=later)
    vacate_place(place_id=first_place(case).pk, reason=WHY, by=case.ingrid, at=later)
    assert case.stage.phase == StagePhase.SCORED and awarded(case) == 1
    proposed_selection(case.stage, case.cecilie, at=later)
    with pytest.raises(Refused, match="Nobody can give a place up while a new selection waits for approval."):
        vacate_place(place_id=first_place(case).pk, reason=WHY, by=case.ingrid, at=later)


@pytest.mark.usefixtures("decided")
def test_when_the_stage_is_settled_the_place_stays_empty_and_the_invitation_ends(case, later):
    stage, place = case.stage, first_place(case)
    Stage.objects.filter(pk=stage.pk).update(phase=StagePhase.SETTLED)
    following = Stage.objects.get(tender=case.tender, no=2)
    invited = [item.submission.organisation for item in queries.selected(stage)]
    invite_to_stage(stage_id=following.pk, organisations=invited, ground="Valgt", by=case.arne, at=later)
    vacate_place(place_id=place.pk, reason=WHY, by=representative_of(place), at=later)
    assert case.stage.phase == StagePhase.SETTLED and awarded(case) == 2
    assert StageInvitation.objects.filter(stage=following, ended_at=None).count() == 2
    assert StageInvitation.objects.get(ended_at=later).organisation == place.item.submission.organisation


@pytest.mark.usefixtures("decided")
def test_giving_up_is_refused_to_others_without_a_reason_and_twice(case, later):
    place = first_place(case)
    other = next(row for row in case.sketches if row.organisation_id != place.item.submission.organisation_id)
    stranger = other.organisation.memberships.first().user
    for by in (case.arne, case.cecilie, stranger):
        with pytest.raises(Refused, match="Only the supplier can give the place up, or the officer on the supplier's word."):
            vacate_place(place_id=place.pk, reason=WHY, by=by, at=later)
    with pytest.raises(Refused, match="Write why the place is given up."):
        vacate_place(place_id=place.pk, reason=" ", by=case.ingrid, at=later)
    vacate_place(place_id=place.pk, reason=WHY, by=case.ingrid, at=later)
    with pytest.raises(Refused, match="This place is empty already."):
        vacate_place(place_id=place.pk, reason=WHY, by=case.ingrid, at=later)


@pytest.mark.usefixtures("decided")
def test_money_that_is_contracted_is_not_given_back(case, later):
    Budget.objects.filter(tender=case.tender).update(contracted=3 * case.stage.pays_each)
    with pytest.raises(Refused, match="This is more than has been awarded."):
        vacate_place(place_id=first_place(case).pk, reason=WHY, by=case.ingrid, at=later)
    assert len(queries.selected(case.stage)) == 3


@pytest.mark.usefixtures("decided")
def test_those_concerned_are_told(case, later):
    place = first_place(case)
    vacate_place(place_id=place.pk, reason=WHY, by=representative_of(place), at=later)
    told = Letter.objects.filter(batch__kind="place_vacated")
    assert {letter.user or letter.organisation for letter in told} == {
        place.item.submission.organisation,
        case.ingrid,
        case.arne,
        case.cecilie,
    }


@pytest.mark.usefixtures("decided")
def test_someone_who_gave_up_is_never_selected_again_but_an_annulment_takes_nobody_out(case, later):
    place = first_place(case)
    vacate_place(place_id=place.pk, reason=WHY, by=case.ingrid, at=later)
    second = proposed_selection(case.stage, case.cecilie, at=later)
    approved(second, case.arne)
    released(second.batch, later + timedelta(hours=3))
    annul_selection(selection_id=second.pk, reason="Feil i vektene.", by=case.arne, at=later + timedelta(days=1))
    closed(case.stage, case.cecilie, at=later + timedelta(days=2))
    able = {row.submission_id for row in queries.candidates(case.stage)}
    assert able == {row.submission_id for row in full_ranking(case.stage)} - {place.item.submission_id}
    with pytest.raises(Refused, match="Only those who are admitted, not withdrawn"):
        propose_selection(stage_id=case.stage.pk, grounds={place.item.submission_id: MERIT}, reason="x", by=case.cecilie, at=later)
