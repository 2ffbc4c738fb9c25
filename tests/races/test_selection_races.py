"""Selecting and paying raced on PostgreSQL: never more than the places, never twice, never a krone above the budget.

A short round every day; NYVEI_RACE_ROUNDS=50 for a long series.
"""

import os
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import F

from accounts.commands.grant_role import grant_role
from accounts.models import JournalEntry
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.commands.approve_selection import approve_selection
from evaluation.commands.close_scoring import close_scoring
from evaluation.commands.lock_sheet import lock_sheet
from evaluation.commands.propose_selection import propose_selection
from evaluation.commands.save_scores import save_scores
from evaluation.documents.decision import seen_hash
from evaluation.models import ScoreSheet, Selection, SelectionItem, SelectionPlace
from evaluation.queries.scores import sheets_stream
from evaluation.queries.selection import candidates, selected
from tenders.commands.assign_person import assign_person
from tenders.models import Budget
from tests.conftest import make_person
from tests.panel_made import admitted, after_opening, all_declared, seated
from tests.races.at_once import at_once
from tests.scores_made import closed, filled, scored
from tests.selections_made import decided_at, grounds_written, proposed_selection
from tests.stages_made import handed_in, open_together
from tests.tenders_made import announced

ROUNDS = int(os.environ.get("NYVEI_RACE_ROUNDS", "2"))
APPROVERS = 20
FIFTY_THOUSAND = Decimal("50000.00")

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def panel(with_role):
    chair = with_role("Cecilie Dahl", Role.CHAIR)
    return [chair, with_role("Emre Kaya", Role.EVALUATOR), with_role("Eva Moen", Role.EVALUATOR)]


@pytest.fixture
def judged(ingrid, arne, panel):
    """Five sketches, opened and admitted, with a panel that has declared."""
    tender = announced(ingrid, arne)
    handed_in(tender, 5)
    stage = open_together(tender, ingrid, arne)
    chair, *evaluators = panel
    seated(tender, ingrid, arne, chair, evaluators)
    all_declared(stage, ingrid, arne, *panel)
    admitted(stage, ingrid)
    return stage


@pytest.fixture
def scored_stage(judged, panel):
    scored(judged, panel)
    closed(judged, panel[0])
    return judged


def approvers(admin, stage):
    """So many people who may approve, each of whom has declared."""
    made = [make_person(f"Approver{no:02d} Lie") for no in range(APPROVERS)]
    at = stage.opened_at
    for user in made:
        grant_role(to=user, role=Role.APPROVER, unit=stage.tender.unit, by=admin, at=at)
        assign_person(tender_id=stage.tender_id, user=user, role=Role.APPROVER, by=admin, at=at)
    all_declared(stage, *made)
    return made


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_twenty_approvals_for_three_places_fill_three_once(admin, ingrid, panel, scored_stage, round_no):
    """20 people approve the same proposal at once: one approval counts, three places are taken, 150 000 are awarded."""
    people = approvers(admin, scored_stage)
    selection = proposed_selection(scored_stage, panel[0])
    grounds_written(selection, ingrid)
    seen, at = seen_hash(selection), selection.proposed_at + timedelta(hours=2)
    given = at_once([lambda by=by: approve_selection(selection_id=selection.pk, seen=seen, by=by, at=at) for by in people])
    assert sum(not isinstance(one, Exception) for one in given) == 1
    assert sum(isinstance(one, Refused) for one in given) == APPROVERS - 1
    assert SelectionPlace.objects.filter(stage=scored_stage, item__isnull=False).count() == 3 == len(selected(scored_stage))
    assert Budget.objects.get(tender=scored_stage.tender).awarded == 3 * FIFTY_THOUSAND


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_the_database_itself_holds_no_fourth_finalist(panel, scored_stage, round_no):
    """20 transactions at once, past every command, each putting an item in a place that looks free to it."""
    selection = proposed_selection(scored_stage, panel[0])
    items = list(SelectionItem.objects.filter(selection=selection))

    def take(item):
        def act():
            with transaction.atomic():
                free = SelectionPlace.objects.filter(stage=scored_stage, item=None).first()
                if free is not None:
                    SelectionPlace.objects.filter(pk=free.pk, item=None).update(item=item)

        return act

    at_once([take(items[no % len(items)]) for no in range(APPROVERS)])
    assert SelectionPlace.objects.filter(stage=scored_stage).count() == 3
    held = list(SelectionPlace.objects.filter(stage=scored_stage, item__isnull=False).values_list("item", flat=True))
    assert len(held) == len(set(held)) <= 3


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_two_proposals_at_once_leave_one_waiting(panel, scored_stage, round_no):
    grounds = {row.submission_id: "Ideen er ny, og planen holder." for row in candidates(scored_stage)[:3]}
    at = decided_at(scored_stage)
    proposing = [lambda: propose_selection(stage_id=scored_stage.pk, grounds=grounds, reason="Prøve", by=panel[0], at=at) for _ in range(4)]
    given = at_once(proposing)
    assert sum(isinstance(one, Selection) for one in given) == 1
    assert Selection.objects.filter(stage=scored_stage, approved_at=None, returned_at=None).count() == 1


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_fifty_awards_against_the_budget_stop_at_the_last_krone(judged, round_no):
    """50 x 50 000 at once against 600 000: exactly twelve pass."""

    def award():
        with transaction.atomic():
            Budget.objects.filter(tender=judged.tender).update(awarded=F("awarded") + FIFTY_THOUSAND)
        return True

    given = at_once([award] * 50)
    assert given.count(True) == 12
    assert Budget.objects.get(tender=judged.tender).awarded == Decimal("600000.00")


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_a_sheet_that_is_locked_while_a_score_is_in_flight_keeps_what_it_was_locked_with(judged, panel, round_no):
    """Locking races with saves in another window: what is locked is whole, and its total is that of its scores."""
    evaluator, at = panel[1], after_opening(judged, 60)
    points = {no: Decimal(7) for no in (1, 2, 3, 4)}
    comments = dict.fromkeys(points, "Tydelig.")
    save_scores(stage_id=judged.pk, number=1, points=points, comments=comments, feedback="", draft_no=0, by=evaluator, at=at)
    other = {no: Decimal(3) for no in points}
    acts = [lambda: lock_sheet(stage_id=judged.pk, number=1, by=evaluator, at=at)]
    acts += [
        lambda: save_scores(stage_id=judged.pk, number=1, points=other, comments=comments, feedback="", draft_no=1, by=evaluator, at=at)
    ] * 3
    at_once(acts)
    sheet = ScoreSheet.objects.get(evaluator=evaluator, submission__stage=judged)
    held = {score.points for score in sheet.scores.all()}
    assert len(held) == 1
    assert sheet.total == held.pop()


@pytest.mark.real_clock
@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_nothing_is_saved_or_locked_once_the_scoring_is_closed(judged, panel, round_no):
    """The chair closes while Eva locks three sheets and begins on two: each came before the closing, which counted it, or is refused."""
    chair, _emre, eva = panel
    scored(judged, panel[:2])
    for number in (1, 2, 3):
        filled(judged, eva, number, [7, 7, 7, 7])
    at = after_opening(judged, 90)
    acts = [lambda: close_scoring(stage_id=judged.pk, reason="Eva er syk.", by=chair, at=at)]
    acts += [lambda no=number: lock_sheet(stage_id=judged.pk, number=no, by=eva, at=at) for number in (1, 2, 3)]
    acts += [lambda no=number: filled(judged, eva, no, [7, 7, 7, 7], at) for number in (4, 5)]
    closing, *others = at_once(acts)
    assert closing is None
    assert all("The scoring is closed" in str(one) for one in others if isinstance(one, Exception))
    sheets, line = ScoreSheet.objects.filter(evaluator=eva), JournalEntry.objects.get(event="evaluation.scoring_closed")
    assert line.facts["missing"] == 5 - sheets.filter(locked_at__isnull=False).count()
    assert sheets.count() == 3 + sum(isinstance(one, int) for one in others)
    assert not JournalEntry.objects.filter(stream=sheets_stream(judged), recorded_at__gt=line.recorded_at).exists()
