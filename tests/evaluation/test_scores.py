"""Points are given, locked, unlocked and closed: who may, what is refused, and what stands in the journal and the database."""

from decimal import Decimal
from itertools import combinations

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError

from accounts.commands.end_role import end_role
from accounts.models import JournalEntry, RoleGrant, User
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.code_names import number_of
from evaluation.commands.ask_unlock import ask_unlock
from evaluation.commands.close_scoring import close_scoring
from evaluation.commands.declare_conflict import declare_conflict
from evaluation.commands.grant_unlock import grant_unlock
from evaluation.commands.lock_sheet import lock_sheet
from evaluation.commands.save_scores import save_scores
from evaluation.commands.start_sheet import start_sheet
from evaluation.models import FormalCheck, Score, ScoreSheet
from evaluation.policies.scores import CloseScoringPolicy, PointsPolicy
from evaluation.queries import scores_work
from evaluation.queries.ranking import full_ranking, ranking_of
from evaluation.queries.scores import criteria_of, in_own_order, names_to_score, scores_on, sheets_on, sheets_stream, whole_scoring
from suppliers.policies.submission import SavedByAnother
from tenders.phases import StagePhase
from tests.panel_made import admitted, after_opening, all_declared, seated
from tests.scores_made import FEEDBACK, REASON, closed, filled, locked, scored, to_judge
from tests.stages_made import drafted, firm, handed_in, open_together, stage_of


@pytest.fixture
def judging(tender, ingrid, arne, with_role):
    return to_judge(tender, ingrid, arne, with_role)


@pytest.fixture
def eva(judging):
    return judging.evaluators[1]


def save(judging, user, number=1, points=None, comments=None, feedback="", draft_no=0, at=None):
    given = {no: None if value is None else Decimal(str(value)) for no, value in (points or {}).items()}
    return save_scores(
        stage_id=judging.stage.pk,
        number=number,
        points=given,
        comments=comments or {},
        feedback=feedback,
        draft_no=draft_no,
        by=user,
        at=at or judging.at,
    )


def journal(stage):
    return list(JournalEntry.objects.filter(stream=sheets_stream(stage)).order_by("seq").values_list("event", flat=True))


# Giving points


def test_points_are_kept_as_they_are_given_and_missing_is_not_0(judging, eva):
    assert save(judging, eva, points={1: 7, 2: None}, comments={1: "Tydelig."}, feedback="Fint.") == 1
    sheet = ScoreSheet.objects.get()
    assert (sheet.total, sheet.feedback, sheet.draft_no, sheet.saved_at) == (None, "Fint.", 1, judging.at)
    kept = scores_on(sheet)
    assert {no: (score.points, score.comment) for no, score in kept.items()} == {1: (Decimal(7), "Tydelig.")}
    assert save(judging, eva, points={1: 7, 2: 0, 3: 9, 4: 10}, draft_no=1) == 2
    sheet.refresh_from_db()
    # 2.45 + 0 + 1.80 + 2.00
    assert sheet.total == Decimal("6.25")
    assert scores_on(sheet)[1].comment == "Tydelig."
    assert save(judging, eva, points={1: 7, 2: None, 3: 9, 4: 10}, draft_no=2) == 3
    sheet.refresh_from_db()
    assert sheet.total is None


def test_the_first_save_begins_the_sheet_and_is_journalled_and_the_others_are_not(judging, eva):
    before = JournalEntry.objects.filter(stream__startswith="tender:").count()
    for draft_no, points in enumerate([5, 6, 7]):
        save(judging, eva, points={1: points}, draft_no=draft_no)
    assert journal(judging.stage) == ["evaluation.sheet_started"]
    assert JournalEntry.objects.filter(stream__startswith="tender:").count() == before
    line = JournalEntry.objects.get(stream=sheets_stream(judging.stage))
    assert line.facts == {"stage": 1}
    assert str(judging.submission(1).pk) not in str(line.about)


def test_beginning_twice_gives_the_same_sheet(judging, eva):
    first = start_sheet(stage_id=judging.stage.pk, number=1, by=eva, at=judging.at)
    assert start_sheet(stage_id=judging.stage.pk, number=1, by=eva, at=judging.at) == first
    assert journal(judging.stage) == ["evaluation.sheet_started"]


def test_two_windows_do_not_overwrite_each_other(judging, eva):
    save(judging, eva, points={1: 7})
    with pytest.raises(SavedByAnother, match="You have saved something else in another window"):
        save(judging, eva, points={1: 3})
    # The same again is no quarrel
    assert save(judging, eva, points={1: 7}) == 1
    assert scores_on(ScoreSheet.objects.get())[1].points == 7


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ({1: 11}, "Give points from 0 to 10."),
        ({1: -1}, "Give points from 0 to 10."),
        ({1: "5.5"}, "Give whole points."),
        ({5: 5}, "The stage has no such criterion."),
    ],
)
def test_points_outside_the_scale_are_refused(judging, eva, points, reason):
    with pytest.raises(Refused, match=reason):
        save(judging, eva, points=points)
    assert not Score.objects.exists()
    assert not ScoreSheet.objects.exists()


def test_a_comment_on_no_criterion_is_refused(judging, eva):
    with pytest.raises(Refused, match="The stage has no such criterion."):
        save(judging, eva, comments={9: "Fint."})
    assert PointsPolicy(criteria_of(judging.stage), {1: Decimal(10)}, {}).refusal(eva) == ""


def test_only_chair_and_evaluators_give_points(judging, ingrid, arne):
    for user in (judging.observer, ingrid, arne, firm(0)[0]):
        with pytest.raises(Refused, match="Only the chair and the evaluators of this panel give points."):
            save(judging, user, points={1: 5})
    assert save(judging, judging.chair, points={1: 5}) == 1


def test_a_role_that_has_ended_gives_no_points(judging, eva, admin):
    end_role(grant_id=RoleGrant.objects.get(user=eva).pk, by=admin, at=judging.at)
    with pytest.raises(Refused, match="Only the chair and the evaluators of this panel give points."):
        save(judging, eva, points={1: 5})


def test_nobody_gives_points_before_they_have_declared(tender, ingrid, arne, with_role):
    chair, evaluators = with_role("Cecilie Dahl", Role.CHAIR), [with_role(name, Role.EVALUATOR) for name in ("Emre Kaya", "Eva Moen")]
    handed_in(tender, 1)
    seated(tender, ingrid, arne, chair, evaluators)
    given = {"number": 1, "points": {1: Decimal(5)}, "comments": {}, "feedback": "", "draft_no": 0}
    with pytest.raises(Refused, match="The stage is sealed, so there is nothing to give points to."):
        save_scores(stage_id=stage_of(tender).pk, **given, by=evaluators[0], at=stage_of(tender).opens_at)
    stage = open_together(tender, ingrid, arne)
    all_declared(stage, ingrid)
    admitted(stage, ingrid)
    with pytest.raises(Refused, match="Declare first whether you are impartial"):
        save_scores(stage_id=stage.pk, **given, by=evaluators[0], at=after_opening(stage, 40))
    assert not ScoreSheet.objects.exists()


def test_what_is_not_there_has_no_sheet(tender, ingrid, arne, with_role):
    """Unknown, not admitted, or with a tie: the same answer."""
    judging = to_judge(tender, ingrid, arne, with_role, ties={"Eva": 0})
    eva = judging.evaluators[1]
    tied = ({1, 2, 3} - {number_of(name) for name in names_to_score(eva, judging.stage, at=judging.at).values()}).pop()
    other = next(number for number in (1, 2, 3) if number != tied)
    FormalCheck.objects.filter(submission=judging.submission(other)).delete()
    for number in (99, tied, other):
        with pytest.raises(Refused, match="There is no such sketch for you to judge."):
            save(judging, eva, number=number, points={1: 5})
        with pytest.raises(Refused, match="There is no such sketch for you to judge."):
            lock_sheet(stage_id=judging.stage.pk, number=number, by=eva, at=judging.at)


def test_the_order_is_each_persons_own_and_always_the_same(judging):
    names = [f"{number} Ask" for number in range(1, 21)]
    orders = {user: in_own_order(names, user, judging.stage) for user in judging.scorers}
    assert all(sorted(order) == sorted(names) for order in orders.values())
    assert all(one != other for one, other in combinations(orders.values(), 2))
    assert in_own_order(reversed(names), judging.chair, judging.stage) == orders[judging.chair]


# Locking


def test_a_whole_sheet_is_locked_and_can_not_be_changed(judging, eva):
    sheet = locked(judging.stage, eva, 1, [7, 8, 9, 6])
    assert (sheet.locked_at, sheet.total) == (after_opening(judging.stage, 61), Decimal("7.45"))
    assert journal(judging.stage) == ["evaluation.sheet_started", "evaluation.sheet_locked"]
    with pytest.raises(Refused, match="The sheet is locked. Ask for it to be opened again"):
        save(judging, eva, points={1: 1}, draft_no=1)
    with pytest.raises(Refused, match="The sheet is locked. Ask for it to be opened again"):
        lock_sheet(stage_id=judging.stage.pk, number=1, by=eva, at=judging.at)


def test_a_sheet_is_not_locked_before_it_is_whole(judging, eva):
    lock = {"stage_id": judging.stage.pk, "number": 1, "by": eva, "at": judging.at}
    with pytest.raises(Refused, match="Give points and a reason on every criterion before you lock the sheet."):
        lock_sheet(**lock)
    save(judging, eva, points={1: 1, 2: 2, 3: 3, 4: 4}, comments={1: REASON, 2: REASON, 3: REASON, 4: " "})
    with pytest.raises(Refused, match="Give points and a reason on every criterion before you lock the sheet."):
        lock_sheet(**lock)
    save(judging, eva, points={4: None}, comments={4: REASON}, draft_no=1)
    with pytest.raises(Refused, match="Give points and a reason on every criterion before you lock the sheet."):
        lock_sheet(**lock)


def test_the_database_locks_no_sheet_without_a_total(judging, eva):
    save(judging, eva, points={1: 7})
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreSheet.objects.update(locked_at=judging.at)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the trigger is PostgreSQL's")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evaluation_score SET points = 10 WHERE sheet_id = %s",
        "DELETE FROM evaluation_score WHERE sheet_id = %s",
        "INSERT INTO evaluation_score (sheet_id, criterion_id, points, comment) SELECT %s, id, 9, '' FROM tenders_criterion LIMIT 1",
    ],
)
@pytest.mark.parametrize("shut", ["locked", "void"])
def test_the_database_keeps_the_scores_of_a_sheet_that_is_shut(judging, eva, statement, shut):
    sheet = locked(judging.stage, eva, 1, [7, 8, 9, 6])
    if shut == "void":
        ScoreSheet.objects.update(locked_at=None, voided_at=judging.at)
    with pytest.raises(DatabaseError, match="locked_sheets_stay"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [sheet.pk])
    assert [score.points for score in scores_on(sheet).values()] == [7, 8, 9, 6]


# Opening a sheet again


def asked(judging, user, number=1, reason="Jeg leste feil."):
    sheet = ScoreSheet.objects.get(evaluator=user, submission=judging.submission(number))
    return ask_unlock(sheet_id=sheet.pk, reason=reason, by=user, at=judging.at)


def test_the_chair_lets_an_evaluator_change_a_sheet_and_what_it_said_stays(judging, eva):
    sheet = locked(judging.stage, eva, 1, [7, 8, 9, 6])
    unlock = asked(judging, eva)
    grant_unlock(unlock_id=unlock.pk, by=judging.chair, at=judging.at)
    unlock.refresh_from_db()
    sheet.refresh_from_db()
    assert (sheet.locked_at, unlock.granted_by) == (None, judging.chair)
    assert unlock.before == {
        "points": {"1": "7.00", "2": "8.00", "3": "9.00", "4": "6.00"},
        "comments": dict.fromkeys("1234", REASON),
        "feedback": FEEDBACK,
        "total": "7.4500",
        "locked_at": after_opening(judging.stage, 61).isoformat(),
    }
    locked(judging.stage, eva, 1, [1, 1, 1, 1])
    assert journal(judging.stage)[2:] == ["evaluation.unlock_asked", "evaluation.sheet_unlocked", "evaluation.sheet_locked"]
    lines = JournalEntry.objects.filter(event__in=["evaluation.unlock_asked", "evaluation.sheet_unlocked"])
    assert {line.reason for line in lines} == {"Jeg leste feil."}


def test_the_approver_lets_the_chair_change_a_sheet(judging, eva, arne, ingrid):
    locked(judging.stage, judging.chair, 1, [7, 8, 9, 6])
    unlock = asked(judging, judging.chair)
    with pytest.raises(Refused, match="Somebody else must allow it."):
        grant_unlock(unlock_id=unlock.pk, by=judging.chair, at=judging.at)
    for user in (eva, ingrid):
        with pytest.raises(Refused, match="The chair lets an evaluator change a sheet, and the approver lets the chair."):
            grant_unlock(unlock_id=unlock.pk, by=user, at=judging.at)
    assert [row.title for row in scores_work.waiting_for(arne, at=judging.at)] == ["Let Cecilie Dahl change a locked sheet"]
    grant_unlock(unlock_id=unlock.pk, by=arne, at=judging.at)
    with pytest.raises(Refused, match="Nobody waits for this any more."):
        grant_unlock(unlock_id=unlock.pk, by=arne, at=judging.at)


def test_where_the_chair_has_a_tie_the_approver_answers(tender, ingrid, arne, with_role):
    judging = to_judge(tender, ingrid, arne, with_role, ties={"Cecilie": 0})
    chair, eva = judging.chair, judging.evaluators[1]
    tied = ({1, 2, 3} - {number_of(name) for name in names_to_score(chair, judging.stage, at=judging.at).values()}).pop()
    free = next(number for number in (1, 2, 3) if number != tied)
    for number in (tied, free):
        locked(judging.stage, eva, number, [5, 5, 5, 5])
    about_tied, about_free = asked(judging, eva, tied), asked(judging, eva, free)
    titles = {
        user: [row.why for row in scores_work.waiting_for(user, at=judging.at) if "locked sheet" in row.title] for user in (chair, arne)
    }
    assert {user: len(rows) for user, rows in titles.items()} == {chair: 1, arne: 1}
    with pytest.raises(Refused, match="The chair lets an evaluator change a sheet, and the approver lets the chair."):
        grant_unlock(unlock_id=about_tied.pk, by=chair, at=judging.at)
    grant_unlock(unlock_id=about_tied.pk, by=arne, at=judging.at)
    grant_unlock(unlock_id=about_free.pk, by=chair, at=judging.at)


def test_a_leader_with_a_tie_binds_the_chair(judging, eva, arne):
    User.objects.filter(pk=judging.chair.pk).update(reports_to=eva)
    judging.chair.refresh_from_db()
    locked(judging.stage, judging.evaluators[0], 1, [5, 5, 5, 5])
    unlock = asked(judging, judging.evaluators[0])
    declare_conflict(submission_id=judging.submission(1).pk, ground="Vi er søsken.", by=eva, at=judging.at)
    with pytest.raises(Refused, match="The chair lets an evaluator change a sheet"):
        grant_unlock(unlock_id=unlock.pk, by=judging.chair, at=judging.at)
    grant_unlock(unlock_id=unlock.pk, by=arne, at=judging.at)
    with pytest.raises(Refused, match="You or your leader has a tie to somebody in this stage"):
        close_scoring(stage_id=judging.stage.pk, by=judging.chair, at=judging.at)


def test_an_approver_who_has_a_tie_does_not_answer(tender, ingrid, arne, with_role):
    judging = to_judge(tender, ingrid, arne, with_role, count=1, ties={"Arne": 0})
    locked(judging.stage, judging.chair, 1, [5, 5, 5, 5])
    unlock = asked(judging, judging.chair)
    assert not [row for row in scores_work.waiting_for(arne, at=judging.at) if "locked sheet" in row.title]
    with pytest.raises(Refused, match="You have not declared, or you or your leader has a tie to this one."):
        grant_unlock(unlock_id=unlock.pk, by=arne, at=judging.at)


def test_who_can_not_ask_for_a_sheet_to_be_opened(judging, eva):
    sheet = locked(judging.stage, eva, 1, [5, 5, 5, 5])
    with pytest.raises(Refused, match="Only the owner of a sheet asks for it to be opened again."):
        ask_unlock(sheet_id=sheet.pk, reason="Feil.", by=judging.chair, at=judging.at)
    with pytest.raises(Refused, match="Write why."):
        asked(judging, eva, reason="  ")
    asked(judging, eva)
    with pytest.raises(Refused, match="You have asked already. Somebody else must allow it."):
        asked(judging, eva)
    filled(judging.stage, eva, 2, [5, 5, 5, 5])
    with pytest.raises(Refused, match="The sheet is not locked, so you can change it now."):
        asked(judging, eva, 2)


def test_a_sheet_that_became_void_is_asked_for_by_nobody(judging, eva):
    sheet = locked(judging.stage, eva, 1, [5, 5, 5, 5])
    unlock = asked(judging, eva)
    declare_conflict(submission_id=judging.submission(1).pk, ground="Vi er søsken.", by=eva, at=judging.at)
    with pytest.raises(Refused, match="There is no such sketch for you to judge."):
        ask_unlock(sheet_id=sheet.pk, reason="Feil.", by=eva, at=judging.at)
    assert not [row for row in scores_work.waiting_for(judging.chair, at=judging.at) if "locked sheet" in row.title]
    with pytest.raises(Refused, match="Nobody waits for this any more."):
        grant_unlock(unlock_id=unlock.pk, by=judging.chair, at=judging.at)


# Closing


def test_the_chair_closes_and_then_there_is_a_ranking_and_nothing_changes(judging, eva, arne):
    scored(judging.stage, judging.scorers)
    assert ranking_of(judging.stage, judging.chair, at=judging.at) == []
    unlock = asked(judging, eva)
    closed(judging.stage, judging.chair)
    assert judging.stage.phase == StagePhase.SCORED
    line = JournalEntry.objects.get(event="evaluation.scoring_closed")
    assert (line.facts["admitted"], line.facts["missing"], line.reason) == (3, 0, "")
    assert len(full_ranking(judging.stage)) == 3
    with pytest.raises(Refused, match="The scoring is closed, so the points stand as they are."):
        save(judging, eva, points={1: 1}, draft_no=1)
    with pytest.raises(Refused, match="The scoring is closed, so the points stand as they are."):
        grant_unlock(unlock_id=unlock.pk, by=judging.chair, at=judging.at)
    with pytest.raises(Refused, match="The scoring is closed, so the points stand as they are."):
        asked(judging, eva, 2)
    with pytest.raises(Refused, match="The scoring is closed already."):
        close_scoring(stage_id=judging.stage.pk, by=judging.chair, at=judging.at)


def test_missing_sheets_take_a_reason_and_count_no_more(judging, eva):
    scored(judging.stage, judging.scorers[:2])
    filled(judging.stage, eva, 1, [10, 10, 10, 10])
    with pytest.raises(Refused, match="Some sheets are not locked. Write why you close without them."):
        close_scoring(stage_id=judging.stage.pk, reason=" ", by=judging.chair, at=judging.at)
    close_scoring(stage_id=judging.stage.pk, reason="Eva er syk.", by=judging.chair, at=judging.at)
    line = JournalEntry.objects.get(event="evaluation.scoring_closed")
    assert (line.facts["missing"], line.reason) == (3, "Eva er syk.")
    assert {len(row.totals) for row in full_ranking(judging.stage)} == {2}


def test_each_sketch_needs_two_locked_sheets(judging, eva):
    scored(judging.stage, [eva])
    names = sorted((row.code_name for row in map(judging.submission, (1, 2, 3))), key=number_of)
    with pytest.raises(Refused) as refused:
        close_scoring(stage_id=judging.stage.pk, reason="Eva er raskest.", by=judging.chair, at=judging.at)
    assert str(refused.value) == f"Each of them needs two locked sheets. These have too few: {', '.join(names)}."


def test_one_sheet_is_enough_where_only_one_person_has_no_tie(tender, ingrid, arne, with_role):
    judging = to_judge(tender, ingrid, arne, with_role, count=1)
    chair, [emre, eva] = judging.chair, judging.evaluators
    locked(judging.stage, chair, 1, [5, 5, 5, 5])
    locked(judging.stage, eva, 1, [9, 9, 9, 9])
    for user in (emre, eva):
        declare_conflict(submission_id=judging.submission(1).pk, ground="Vi er søsken.", by=user, at=judging.at)
    assert whole_scoring(judging.stage, at=judging.at).missing == 0
    closed(judging.stage, chair)
    [row] = full_ranking(judging.stage)
    # Eva's sheet is void and counts no more
    assert row.total == 5


def test_only_the_chair_closes_and_only_what_is_checked(judging, ingrid, eva):
    scored(judging.stage, judging.scorers)
    for user in (ingrid, eva):
        with pytest.raises(Refused, match="Only the chair of this panel closes the scoring."):
            close_scoring(stage_id=judging.stage.pk, by=user, at=judging.at)
    FormalCheck.objects.filter(submission=judging.submission(1)).delete()
    with pytest.raises(Refused, match="1 is not checked. The officer admits or rejects it first."):
        close_scoring(stage_id=judging.stage.pk, by=judging.chair, at=judging.at)
    FormalCheck.objects.all().delete()
    with pytest.raises(Refused, match="3 are not checked. The officer admits or rejects them first."):
        close_scoring(stage_id=judging.stage.pk, by=judging.chair, at=judging.at)


def test_with_nothing_admitted_there_is_nothing_to_close(judging, ingrid):
    FormalCheck.objects.update(admitted=False, ground="late", reason="Kom for sent.")
    with pytest.raises(Refused, match="Nothing is admitted, so there is nothing to rank."):
        close_scoring(stage_id=judging.stage.pk, by=judging.chair, at=judging.at)


def test_a_chair_with_a_tie_does_not_close(tender, ingrid, arne, with_role):
    judging = to_judge(tender, ingrid, arne, with_role, ties={"Cecilie": 0})
    scored(judging.stage, judging.scorers)
    with pytest.raises(Refused, match="You or your leader has a tie to somebody in this stage, so another chair must close the scoring."):
        close_scoring(stage_id=judging.stage.pk, by=judging.chair, at=judging.at)


def test_nothing_is_closed_before_the_opening(tender, ingrid, arne, with_role):
    chair, evaluators = with_role("Cecilie Dahl", Role.CHAIR), [with_role(name, Role.EVALUATOR) for name in ("Emre Kaya", "Eva Moen")]
    seated(tender, ingrid, arne, chair, evaluators)
    drafted(tender, 0)
    stage = stage_of(tender)
    policy = CloseScoringPolicy(stage, whole_scoring(stage, at=stage.closes_at), "", stage.closes_at)
    assert policy.refusal(chair) == "The stage is sealed, so there is nothing to give points to."
    with pytest.raises(Refused, match="The stage is sealed"):
        close_scoring(stage_id=stage.pk, by=chair, at=stage.closes_at)


# Who sees what


def test_nobody_gets_anybodys_sheet_or_the_ranking_before_the_scoring_is_closed(judging, ingrid, arne, ragnhild, eva):
    scored(judging.stage, judging.scorers)
    for user in (*judging.scorers, judging.observer, ingrid, arne, ragnhild):
        assert ranking_of(judging.stage, user, at=judging.at) == []
    assert not sheets_on(judging.submission(1), judging.stage).exists()
    closed(judging.stage, judging.chair)
    for user in (*judging.scorers, judging.observer, ingrid, arne, ragnhild):
        assert len(ranking_of(judging.stage, user, at=judging.at)) == 3
    assert sheets_on(judging.submission(1), judging.stage).count() == 3


def test_the_ranking_leaves_out_what_the_reader_has_a_tie_to_and_has_no_hole(tender, ingrid, arne, with_role, per):
    judging = to_judge(tender, ingrid, arne, with_role, ties={"Olav": 0})
    scored(judging.stage, judging.scorers)
    closed(judging.stage, judging.chair)
    seen = ranking_of(judging.stage, judging.observer, at=judging.at)
    assert [row.rank for row in seen] == [1, 2]
    assert {row.number for row in seen} < {row.number for row in full_ranking(judging.stage)}
    for user in (per, firm(1)[0]):
        assert ranking_of(judging.stage, user, at=judging.at) == []


def test_what_waits_for_whom(judging, eva, ingrid):
    def titles(user):
        return [(row.title, row.button) for row in scores_work.waiting_for(user, at=judging.at)]

    assert titles(eva) == [("Give points to three sketches", "Begin")]
    assert titles(ingrid) == titles(judging.observer) == []
    locked(judging.stage, eva, 1, [5, 5, 5, 5])
    assert titles(eva) == [("Give points to two sketches", "Go on")]
    scored(judging.stage, [judging.chair])
    assert titles(judging.chair) == []
    scored(judging.stage, [judging.evaluators[0]])
    for number in (2, 3):
        locked(judging.stage, eva, number, [5, 5, 5, 5])
    assert titles(judging.chair) == [("Close the scoring", "Close it")]
    closed(judging.stage, judging.chair)
    assert titles(judging.chair) == titles(eva) == []
