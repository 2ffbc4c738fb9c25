"""The pages of the scores: one's own sheet while points are given, everybody's when the scoring is closed."""

import re
import uuid

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AccessEvent, User
from accounts.roles import Role
from evaluation.code_names import number_of
from evaluation.commands.lock_sheet import lock_sheet
from evaluation.models import ScoreSheet, SheetUnlock
from evaluation.queries.scores import criteria_of, names_to_score, scores_on
from suppliers.models import Attachment, Submission
from tenders.models import Stage
from tenders.phases import StagePhase
from tests.pages import masked
from tests.panel_made import after_opening, seated
from tests.scores_made import FEEDBACK, REASON, closed, filled, locked, scored, to_judge
from tests.stages_made import FIRMS, WRITERS, firm, handed_in, open_together


@pytest.fixture
def judging(tender, ingrid, arne, with_role, clock_at):
    made = to_judge(tender, ingrid, arne, with_role)
    clock_at(made.at)
    return made


@pytest.fixture
def eva(judging):
    return judging.evaluators[1]


def as_user(user) -> Client:
    client = Client()
    if user is not None:
        User.objects.filter(pk=user.pk).update(language="en")
        user.language = "en"
        client.force_login(user)
    return client


def address(stage, name, *keys):
    return reverse(f"evaluation:{name}", args=[stage.tender.reference, *keys])


def page_of(user, stage, name, *keys):
    answer = as_user(user).get(address(stage, name, *keys))
    assert answer.status_code == 200
    return answer.content.decode()


def given(points=(7, 8, 9, 6), comment=REASON, feedback=FEEDBACK, draft_no=0, **more):
    form = {"draft_no": draft_no, "feedback": feedback, "form_token": str(uuid.uuid4())}
    for no, value in enumerate(points, 1):
        form |= {f"points_{no}": value, f"comment_{no}": comment}
    return form | more


# Before anything can be seen


def test_before_the_opening_there_are_no_such_pages(tender, ingrid, arne, with_role):
    stage = Stage.objects.select_related("tender").get(tender=tender, no=1)
    for user in (ingrid, arne):
        for name, keys in (("scores", ()), ("sheet", (1,)), ("ranking", ())):
            assert as_user(user).get(address(stage, name, *keys)).status_code == 404


def test_before_they_have_declared_the_page_leads_to_the_declaration(tender, ingrid, arne, with_role, clock_at):
    chair, evaluators = with_role("Cecilie Dahl", Role.CHAIR), [with_role(name, Role.EVALUATOR) for name in ("Emre Kaya", "Eva Moen")]
    handed_in(tender, 1)
    seated(tender, ingrid, arne, chair, evaluators)
    stage = open_together(tender, ingrid, arne)
    clock_at(after_opening(stage, 45))
    for user in (chair, evaluators[0], ingrid, arne):
        page = page_of(user, stage, "scores")
        assert "Declare first whether you are impartial" in page
        assert address(stage, "declarations") in page
        assert as_user(user).get(address(stage, "sheet", 1)).status_code == 404


def test_strangers_find_no_such_page(judging, per):
    for name, keys in (("scores", ()), ("sheet", (1,)), ("ranking", ()), ("sheet_file", (1, 1)), ("sheet_state", (1,))):
        assert as_user(per).get(address(judging.stage, name, *keys)).status_code == 404
        assert as_user(firm(0)[0]).get(address(judging.stage, name, *keys)).status_code == 404
        assert Client().get(address(judging.stage, name, *keys)).status_code == 302
    for name, keys in (
        ("save_sheet", (1,)),
        ("sheet", (1,)),
        ("ask_unlock", (1,)),
        ("close_scoring", ()),
        ("grant_unlock", (uuid.uuid4(),)),
    ):
        assert as_user(per).post(address(judging.stage, name, *keys), given()).status_code == 404


def test_a_stage_can_be_named_and_one_that_is_not_opened_is_not_there(judging, eva):
    client, path = as_user(eva), address(judging.stage, "scores")
    assert masked(client.get(path)) == masked(client.get(f"{path}?stage=1")).replace("?stage=1", "")
    assert client.get(f"{path}?stage=2").status_code == 404


# The sheet


def test_the_sheet_shows_the_sketch_and_the_levels_and_nothing_of_whose_it_is(judging, eva):
    page = page_of(eva, judging.stage, "sheet", 1)
    row = judging.submission(1)
    assert f"Sketch {row.code_name}" in page
    for criterion in criteria_of(judging.stage):
        assert criterion.question in page
        assert f'name="points_{criterion.no}" value="10"' in page
        for level in criterion.levels.all():
            assert level.text in page
    for field in judging.stage.fields.all():
        assert f"{field.no}. {field.label}" in page
    assert address(judging.stage, "tie_of", 1) in page
    organisation = row.organisation
    secrets = [*FIRMS[:3], *WRITERS[:3], organisation.number, str(row.pk), str(organisation.pk), "Zylofonisk.pdf"]
    secrets += [str(key) for key in Attachment.objects.values_list("pk", flat=True)]
    assert not [secret for secret in secrets if secret in page]
    assert AccessEvent.objects.filter(actor_id=eva.pk, what="evaluation.submission_read").count() == 1


def test_when_the_stage_is_not_blind_the_name_stands_there_too(judging, eva):
    Stage.objects.update(blind=False)
    page = page_of(eva, judging.stage, "sheet", 1)
    assert judging.submission(1).organisation.name in page
    assert "You do not get to know who wrote the sketch" not in page


def test_a_file_is_named_by_the_code_name(judging, eva):
    answer = as_user(eva).get(address(judging.stage, "sheet_file", 1, 1))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    name = judging.submission(1).code_name.replace(" ", "-")
    assert f"{name.encode('ascii', 'ignore').decode()[:2]}" in answer["Content-Disposition"]
    assert "ylofonisk" not in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert as_user(eva).get(address(judging.stage, "sheet_file", 1, 2)).status_code == 404


def test_a_file_that_was_changed_is_not_sent(judging, eva):
    Attachment.objects.update(opened_key=b"x" * 60)
    answer = as_user(eva).get(address(judging.stage, "sheet_file", 1, 1))
    assert answer.status_code == 409
    assert "This file is not what was handed in, so we do not send it." in answer.content.decode()


def test_a_sketch_that_can_not_be_read_says_so(judging, eva):
    row = judging.submission(1)
    row.versions.update(opened_key=b"x" * 60)
    assert "it was changed after it was handed in" in page_of(eva, judging.stage, "sheet", 1).replace("&#x27;", "'")


def test_without_javascript_it_is_saved_by_its_button_and_taken_later(judging, eva):
    client, order = as_user(eva), [number_of(name) for name in names_to_score(eva, judging.stage, at=judging.at).values()]
    form = given(points=(7, "", "", ""), comment="", do="save")
    answer = client.post(address(judging.stage, "sheet", order[0]), form)
    assert (answer.status_code, answer["Location"]) == (302, address(judging.stage, "sheet", order[0]))
    form = given(points=(7, 0, "", ""), comment="", draft_no=1, do="later")
    answer = client.post(address(judging.stage, "sheet", order[0]), form)
    assert answer["Location"] == address(judging.stage, "sheet", order[1])
    sheet = ScoreSheet.objects.get()
    assert {no: score.points for no, score in scores_on(sheet).items()} == {1: 7, 2: 0}
    page = page_of(eva, judging.stage, "sheet", order[0])
    assert 'name="points_2" value="0" checked' in page
    assert "You can lock the sheet when all four criteria have points and a reason." in page


def test_locking_saves_and_goes_on_and_a_double_click_counts_once(judging, eva):
    client, order = as_user(eva), [number_of(name) for name in names_to_score(eva, judging.stage, at=judging.at).values()]
    form = given(do="lock")
    answers = [client.post(address(judging.stage, "sheet", order[0]), form) for _click in range(2)]
    assert [answer.status_code for answer in answers][0] == 302
    assert answers[0]["Location"] == address(judging.stage, "sheet", order[1])
    sheet = ScoreSheet.objects.get()
    assert (sheet.locked_at, sheet.feedback) == (judging.at, FEEDBACK)
    for number in order[1:]:
        answer = client.post(address(judging.stage, "sheet", number), given(do="lock"))
    assert answer["Location"] == address(judging.stage, "scores")
    assert "You have locked every sheet" in page_of(eva, judging.stage, "scores")


def test_a_second_click_on_lock_goes_where_the_first_one_went(judging, eva):
    client, form = as_user(eva), given(do="lock")
    first = client.post(address(judging.stage, "sheet", 1), form)
    second = client.post(address(judging.stage, "sheet", 1), form)
    assert (second.status_code, second["Location"]) == (302, first["Location"])


def test_what_is_missing_is_said_at_each_criterion_and_what_was_given_is_saved(judging, eva):
    form = given(points=(7, "", 9, 6), do="lock") | {"comment_3": "  "}
    answer = as_user(eva).post(address(judging.stage, "sheet", 1), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mend this before you lock the sheet" in page
    assert "Nytenkning: Choose points." in page
    assert "Medvirkning: Write a reason." in page
    sheet = ScoreSheet.objects.get()
    assert (sheet.locked_at, sheet.draft_no) == (None, 1)
    assert 'name="draft_no" value="1"' in page
    assert [score.points for score in scores_on(sheet).values()] == [7, None, 9, 6]


@pytest.mark.parametrize("points", ["11", "-1", "5.5", "ti"])
def test_points_outside_the_scale_are_said_at_the_criterion(judging, eva, points):
    answer = as_user(eva).post(address(judging.stage, "sheet", 1), given(points=(points, 8, 9, 6), do="save"))
    assert answer.status_code == 422
    assert "Choose whole points from 0 to 10." in answer.content.decode()
    assert REASON in answer.content.decode()
    assert not ScoreSheet.objects.exists()


def test_it_saves_while_points_are_given(judging, eva):
    client, path = as_user(eva), address(judging.stage, "save_sheet", 1)
    assert client.post(path, given(points=(7, "", "", ""))).json() == {"saved_at": "12:46", "draft_no": 1}
    newer = client.post(path, given(points=(8, "", "", "")))
    assert newer.status_code == 409
    assert newer.json()["reason"].startswith("You have saved something else in another window")
    assert newer.json()["yours"]["points_1"] == "8"
    assert client.post(path, given(points=(11, "", "", ""), draft_no=1)).status_code == 422
    state = client.get(address(judging.stage, "sheet_state", 1)).content.decode()
    assert "7 of 10" in state
    assert 'hx-swap-oob="true"' in state


def test_there_is_no_state_of_a_sheet_that_is_not_begun(judging, eva):
    assert as_user(eva).get(address(judging.stage, "sheet_state", 1)).status_code == 404
    assert as_user(judging.observer).get(address(judging.stage, "sheet_state", 1)).status_code == 404


def test_what_was_saved_in_another_window_is_shown_beside_what_was_given(judging, eva):
    client, path = as_user(eva), address(judging.stage, "sheet", 1)
    filled(judging.stage, eva, 1, [1, 2, 3, 4])
    answer = client.post(path, given(points=(9, 2, 3, 4), do="save"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The sheet was not saved" in page
    assert "Effekt: points" in page
    assert "Nytenkning: points" not in page
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    answer = client.post(path, form | {"do": "save"})
    assert answer.status_code == 302
    assert scores_on(ScoreSheet.objects.get())[1].points == 9


def test_a_sheet_that_was_locked_meanwhile_keeps_what_was_typed_on_the_page(judging, eva):
    locked(judging.stage, eva, 1, [1, 2, 3, 4])
    answer = as_user(eva).post(address(judging.stage, "sheet", 1), given(comment="Ny grunn", do="save"))
    assert answer.status_code == 409
    assert "The sheet is locked. Ask for it to be opened again" in answer.content.decode()
    assert "Ny grunn" in answer.content.decode()
    assert "Save mine instead" not in answer.content.decode()
    assert as_user(eva).post(address(judging.stage, "save_sheet", 1), given()).status_code == 409


# Opening again, and the observer


def test_a_locked_sheet_is_read_and_opened_again_by_two(judging, eva):
    locked(judging.stage, eva, 1, [7, 8, 9, 6])
    page = page_of(eva, judging.stage, "sheet", 1)
    assert "7.45" in page
    assert "<textarea" in page
    assert 'name="points_1"' not in page
    client = as_user(eva)
    assert client.post(address(judging.stage, "ask_unlock", 1), {"reason": " "}).status_code == 422
    answer = client.post(address(judging.stage, "ask_unlock", 1), {"reason": "Jeg leste feil.", "form_token": str(uuid.uuid4())})
    assert answer["Location"] == address(judging.stage, "sheet", 1)
    assert "Somebody else must allow it." in page_of(eva, judging.stage, "sheet", 1)
    page = page_of(judging.chair, judging.stage, "scores")
    assert "Somebody asks to change a locked sheet" in page
    assert "Jeg leste feil." in page
    unlock = SheetUnlock.objects.get()
    answer = as_user(judging.chair).post(address(judging.stage, "grant_unlock", unlock.pk), {"form_token": str(uuid.uuid4())})
    assert answer["Location"] == address(judging.stage, "scores")
    assert 'name="points_1" value="7" checked' in page_of(eva, judging.stage, "sheet", 1)


def test_there_is_nothing_to_open_again_where_there_is_no_sheet(judging, eva):
    client = as_user(eva)
    assert client.post(address(judging.stage, "ask_unlock", 1), {"reason": "Feil."}).status_code == 404
    assert client.get(address(judging.stage, "ask_unlock", 1)).status_code == 302


def test_an_observer_reads_and_gives_no_points(judging):
    page = page_of(judging.observer, judging.stage, "scores")
    assert "Three sketches to read" in page
    page = page_of(judging.observer, judging.stage, "sheet", 1)
    assert "You give no points" in page
    answer = as_user(judging.observer).post(address(judging.stage, "sheet", 1), given(do="save"))
    assert answer.status_code == 409
    assert "Only the chair and the evaluators of this panel give points." in answer.content.decode()


# Blind until closing


def test_nobody_sees_what_others_have_given_before_the_scoring_is_closed(judging, ingrid, arne, ragnhild, eva):
    everybody = (*judging.scorers, judging.observer)
    pages = [("scores", ()), *(("sheet", (number,)) for number in (1, 2, 3))]
    readers = [user for user in everybody if user not in (judging.chair, judging.evaluators[0])]
    before = {(user, page): masked(as_user(user).get(address(judging.stage, page[0], *page[1]))) for user in readers for page in pages}
    locked(judging.stage, judging.chair, 1, [1, 2, 3, 4])
    scored(judging.stage, [judging.evaluators[0]])
    after = {(user, page): masked(as_user(user).get(address(judging.stage, page[0], *page[1]))) for user in readers for page in pages}
    assert before == after
    for user in (*everybody, ingrid, arne, ragnhild):
        assert as_user(user).get(address(judging.stage, "ranking")).status_code == 404
    for user in (ingrid, arne, ragnhild):
        assert as_user(user).get(address(judging.stage, "sheet", 1)).status_code == 404
        assert "The panel has five sheets left to lock" in page_of(user, judging.stage, "scores")


def test_the_chair_sees_who_is_behind_and_closes(judging, eva, ingrid):
    scored(judging.stage, judging.scorers[:2])
    chair = as_user(judging.chair)
    page = page_of(judging.chair, judging.stage, "scores")
    assert "How far the panel has come" in page
    assert re.search(r"Eva Moen</th><td class=\"is-num\">0</td><td class=\"is-num\">3</td>", page)
    assert "Why do you close before every sheet is locked?" in page
    assert chair.get(address(judging.stage, "close_scoring"))["Location"] == address(judging.stage, "scores")
    answer = chair.post(address(judging.stage, "close_scoring"), {"reason": ""})
    assert answer.status_code == 422
    assert "Write why you close before every sheet is locked." in answer.content.decode()
    form = {"reason": "Eva er syk.", "form_token": str(uuid.uuid4())}
    answers = [chair.post(address(judging.stage, "close_scoring"), form) for _click in range(2)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, address(judging.stage, "ranking"))}
    judging.stage.refresh_from_db()
    assert judging.stage.phase == StagePhase.SCORED
    again = chair.post(address(judging.stage, "close_scoring"), {"reason": "", "form_token": str(uuid.uuid4())})
    assert again.status_code == 409
    assert as_user(eva).post(address(judging.stage, "close_scoring")).status_code == 404


def test_the_chair_is_told_why_it_can_not_be_closed(judging):
    scored(judging.stage, [judging.chair])
    page = page_of(judging.chair, judging.stage, "scores")
    assert "Each of them needs two locked sheets. These have too few:" in page
    assert 'aria-disabled="true"' in page
    answer = as_user(judging.chair).post(address(judging.stage, "close_scoring"), {"reason": "Nå.", "form_token": str(uuid.uuid4())})
    assert answer.status_code == 409


def test_when_it_is_closed_everybody_in_it_sees_every_sheet_and_the_ranking(judging, ingrid, arne, ragnhild, eva):
    locked(judging.stage, eva, 1, [9, 9, 9, 9])
    unlock = as_user(eva).post(address(judging.stage, "ask_unlock", 1), {"reason": "Jeg leste feil.", "form_token": str(uuid.uuid4())})
    assert unlock.status_code == 302
    as_user(judging.chair).post(address(judging.stage, "grant_unlock", SheetUnlock.objects.get().pk), {"form_token": str(uuid.uuid4())})
    lock_sheet(stage_id=judging.stage.pk, number=1, by=eva, at=judging.at)
    scored(judging.stage, judging.scorers[:2])
    closed(judging.stage, judging.chair, reason="Eva er syk.")
    for user in (*judging.scorers, judging.observer, ingrid, arne, ragnhild):
        page = page_of(user, judging.stage, "scores")
        assert "The panel has judged three sketches" in page
        page = page_of(user, judging.stage, "sheet", 1)
        assert all(name in page for name in ("Cecilie Dahl", "Emre Kaya", "Eva Moen", REASON, FEEDBACK))
        assert "Jeg leste feil." in page
        assert "Effekt 9, Nytenkning 9, Medvirkning 9, Gjennomføring 9" in page
        page = page_of(user, judging.stage, "ranking")
        assert "The panel has ranked three sketches" in page
        assert not [secret for secret in (*FIRMS[:3], *WRITERS[:3]) if secret in page]
        answer = as_user(user).post(address(judging.stage, "sheet", 1), given(do="save"))
        assert answer.status_code == 409


# Ties


def _tied_number():
    return next(number_of(row.code_name) for row in Submission.objects.filter(organisation=firm(0)[1]))


def _pages(user, stage):
    reference = stage.tender.reference
    addresses = [
        *(address(stage, name) for name in ("scores", "ranking", "submissions", "declarations", "selection", "panel")),
        *(address(stage, name, number) for name in ("sheet", "sheet_state", "ask_unlock") for number in (1, 2, 3)),
        *(address(stage, "sheet_file", number, 1) for number in (1, 2, 3)),
        *(f"/tenders/{reference}/{part}" for part in ("", "journal/", "people/")),
        reverse("insight:my_work"),
    ]
    client = as_user(user)
    answers = {path: client.get(path) for path in addresses}
    return {path: answer.content if b"%PDF" in answer.content else masked(answer) for path, answer in answers.items()}


@pytest.mark.parametrize("who", ["Eva", "Cecilie", "Ingrid", "Arne", "Olav"])
def test_for_somebody_with_a_tie_every_page_is_the_same_whether_a_score_exists_or_not(tender, ingrid, arne, with_role, clock_at, who):
    judging = to_judge(tender, ingrid, arne, with_role, ties={who: 0})
    clock_at(judging.at)
    user = next(person for person in (*judging.scorers, judging.observer, ingrid, arne) if person.first_name == who)
    tied = _tied_number()
    before = _pages(user, judging.stage)
    for scorer in judging.scorers:
        if scorer != user:
            locked(judging.stage, scorer, tied, [9, 9, 9, 9], at=judging.at)
    asked = ScoreSheet.objects.filter(submission__organisation=firm(0)[1]).exclude(evaluator=judging.chair).first()
    as_user(asked.evaluator).post(address(judging.stage, "ask_unlock", tied), {"reason": "Feil.", "form_token": str(uuid.uuid4())})
    assert SheetUnlock.objects.exists()
    assert _pages(user, judging.stage) == before
    assert before[address(judging.stage, "sheet", tied)].startswith("404")


@pytest.mark.parametrize("who", ["Eva", "Olav", "Ingrid", "Arne"])
def test_when_it_is_closed_the_points_of_what_one_has_a_tie_to_change_no_page(tender, ingrid, arne, with_role, clock_at, who):
    judging = to_judge(tender, ingrid, arne, with_role, ties={who: 0})
    clock_at(after_opening(judging.stage, 180))
    user = next(person for person in (*judging.scorers, judging.observer, ingrid, arne) if person.first_name == who)
    tied = _tied_number()
    seen = []
    for points in (0, 10):
        with transaction.atomic():
            every = {number: [[points if number == tied else 5 + number] * 4] * 3 for number in (1, 2, 3)}
            scored(judging.stage, judging.scorers, every, at=judging.at)
            closed(judging.stage, judging.chair)
            seen.append(_pages(user, judging.stage))
            transaction.set_rollback(True)
        judging.stage.refresh_from_db()
    assert seen[0] == seen[1]
    assert "The places are counted among the others." in seen[0][address(judging.stage, "ranking")]


def test_only_the_auditor_reads_the_chain_of_the_sheets(judging, eva, ingrid, ragnhild):
    """The tender's own chain is read by people with ties, who could count."""
    locked(judging.stage, eva, 1, [7, 8, 9, 6])
    list_of_chains = as_user(ragnhild).get("/journal/").content.decode()
    assert f"Score sheets of {judging.stage.tender.name}" in list_of_chains
    lines = as_user(ragnhild).get("/journal/?event=evaluation.sheet_locked").content.decode()
    assert "Locked a score sheet" in lines
    assert "Eva Moen" in lines
    assert "Locked a score sheet" not in as_user(ingrid).get(f"/tenders/{judging.stage.tender.reference}/journal/").content.decode()
