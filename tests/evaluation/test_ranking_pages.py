"""The page of the ranking: table, ties, the others, whether it holds; and the same number of statements for 3 and for 300."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation, User
from evaluation.models import FormalCheck, Score, ScoreSheet
from evaluation.queries import scores_work
from evaluation.queries.ranking import ranking_of
from evaluation.queries.scores import criteria_of
from suppliers.models import Submission
from suppliers.phases import SubmissionPhase
from tests.panel_made import after_opening
from tests.scores_made import REASON, closed, scored, to_judge
from tests.suppliers_made import SYNTHETIC

MOST_STATEMENTS = 10


@pytest.fixture
def judging(tender, ingrid, arne, with_role, clock_at):
    made = to_judge(tender, ingrid, arne, with_role)
    clock_at(after_opening(made.stage, 180))
    return made


def as_user(user) -> Client:
    client = Client()
    User.objects.filter(pk=user.pk).update(language="en")
    client.force_login(user)
    return client


def address(stage, name="ranking", *keys):
    return reverse(f"evaluation:{name}", args=[stage.tender.reference, *keys])


def ranking_page(user, stage) -> str:
    return as_user(user).get(address(stage)).content.decode()


def many_more(judging, count: int) -> None:
    """So many more sketches with a locked sheet from each scorer, written straight into the tables: only reading is tried."""
    stage, template, at = judging.stage, judging.submission(1), judging.at
    taken = set(Organisation.objects.values_list("number", flat=True))
    numbers: Iterator[str] = (number for number in SYNTHETIC if number not in taken)
    by = template.started_by
    firms = [Organisation(name=f"Firma {no}", number=next(numbers), registered_at=at, registered_by=by) for no in range(count)]
    Organisation.objects.bulk_create(firms)
    rows = [
        Submission(
            stage=stage,
            organisation=firm,
            phase=SubmissionPhase.OPENED,
            code_name=f"{no} Ask",
            started_at=template.started_at,
            started_by=template.started_by,
        )
        for no, firm in enumerate(firms, 4)
    ]
    Submission.objects.bulk_create(rows)
    FormalCheck.objects.bulk_create(FormalCheck(submission=row, admitted=True, checked_at=at, checked_by=judging.chair) for row in rows)
    sheets = [ScoreSheet(submission=row, evaluator=user, total=Decimal(5), started_at=at) for row in rows for user in judging.scorers]
    ScoreSheet.objects.bulk_create(sheets)
    criteria = criteria_of(stage)
    Score.objects.bulk_create(Score(sheet=sheet, criterion=one, points=5, comment=REASON) for sheet in sheets for one in criteria)
    ScoreSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(locked_at=at)


def statements(act) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_the_ranking_asks_the_database_the_same_for_3_and_for_300(judging, ingrid, arne, ragnhild):
    scored(judging.stage, judging.scorers)
    closed(judging.stage, judging.chair)
    readers = [*judging.scorers, judging.observer, ingrid, arne, ragnhild]
    clients = {user: as_user(user) for user in readers}

    def ask(user):
        return statements(lambda: ranking_of(judging.stage, user, at=judging.at))

    def look(user, name):
        return statements(lambda: clients[user].get(address(judging.stage, name)))

    for user in readers:
        look(user, "ranking")
    asked = {user: (ask(user), look(user, "ranking"), look(user, "scores")) for user in readers}
    many_more(judging, 297)
    assert {user: (ask(user), look(user, "ranking"), look(user, "scores")) for user in readers} == asked
    assert len(ranking_of(judging.stage, judging.chair, at=judging.at)) == 300
    assert max(count for count, _page, _list in asked.values()) <= MOST_STATEMENTS


def test_a_list_under_way_asks_the_same_for_3_and_for_300(judging, ingrid):
    scored(judging.stage, judging.scorers)
    readers = [*judging.scorers, judging.observer, ingrid]
    clients = {user: as_user(user) for user in readers}

    def look(user):
        return statements(lambda: clients[user].get(address(judging.stage, "scores"))), statements(
            lambda: scores_work.waiting_for(user, at=judging.at)
        )

    for user in readers:
        look(user)
    asked = {user: look(user) for user in readers}
    many_more(judging, 297)
    assert {user: look(user) for user in readers} == asked


def test_a_tie_is_marked_and_the_rule_that_decides_is_said(judging):
    """5 7 5 5 and 10 0 5 5 are both 5.50; the third, 4 4 4 4, is 4.00."""
    scored(judging.stage, judging.scorers, {1: [[5, 7, 5, 5]] * 3, 2: [[10, 0, 5, 5]] * 3, 3: [[4, 4, 4, 4]] * 3})
    closed(judging.stage, judging.chair)
    page = ranking_page(judging.chair, judging.stage)
    names = {number: judging.submission(number).code_name for number in (1, 2, 3)}
    place, sketch = r'data-label="Place"><b>(\d)</b></td>', r'<th role="rowheader" scope="row"><b><a href="[^"]+">([^<]+)<'
    rows = re.findall(rf"{place}\s*{sketch}", page)
    assert rows == [("1", names[2]), ("2", names[1]), ("3", names[3])]
    assert page.count(">Equal</span>") == 2
    assert "Equal in place 1:" in page
    assert "The rule says that the criterion with the highest weight decides then." in page
    assert f"Effekt: {names[2]} 10.00 and {names[1]} 5.00." in page
    assert f'<a href="{address(judging.stage, "sheet", 2)}">' in page
    assert "There are no more of them than places." in page


def test_the_ranking_leads_the_chair_to_the_proposal_and_draws_no_limit_that_is_not_there(judging, ingrid):
    scored(judging.stage, judging.scorers)
    closed(judging.stage, judging.chair)
    page = ranking_page(judging.chair, judging.stage)
    assert f'href="{address(judging.stage, "selection")}?stage=1"' in page
    assert "The dashed line is the limit" not in page
    assert "Propose who is selected" not in ranking_page(ingrid, judging.stage)


def test_many_are_ranked_the_ten_first_whole_and_the_others_folded(judging):
    scored(judging.stage, judging.scorers)
    closed(judging.stage, judging.chair)
    many_more(judging, 12)
    page = ranking_page(judging.observer, judging.stage)
    assert "The panel has ranked 15 sketches" in page
    assert page.count('class="nv-tick"') == 10
    assert "Show the 5 others" in page
    assert " is-cut" in page
    assert "Does the order hold?" in page
    assert page.count('class="nv-cut"') == 6
    assert "Show all trials as a table" in page


def test_with_nothing_to_see_the_page_says_so(tender, ingrid, arne, with_role, clock_at):
    judging = to_judge(tender, ingrid, arne, with_role, count=1, ties={"Olav": 0})
    scored(judging.stage, judging.scorers)
    closed(judging.stage, judging.chair)
    clock_at(after_opening(judging.stage, 180))
    page = ranking_page(judging.observer, judging.stage)
    assert "There is nothing to rank" in page
    assert "What you have a tie to is not in this ranking." in page
    assert "The panel has ranked one sketch" in ranking_page(judging.chair, judging.stage)


def test_the_rule_of_ties_is_announced(tender, client):
    page = client.get(f"/tenders/{tender.reference}/").content.decode()
    assert "Hva om to får like mange poeng?" in page or "What if two get equally many points?" in page
