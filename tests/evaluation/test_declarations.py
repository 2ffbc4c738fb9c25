"""Declaring impartiality: on names, once in each stage; a tie shuts exactly that sketch off for exactly that person."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock, journal
from accounts.models import AccessEvent, JournalEntry, User
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.commands.admit_submissions import admit_submissions
from evaluation.commands.declare_conflict import declare_conflict
from evaluation.commands.declare_impartiality import declare_impartiality
from evaluation.commands.reject_submission import reject_submission
from evaluation.impartiality_rules import rules_on
from evaluation.models import Conflict, FormalCheck, ImpartialityDeclaration, ScoreSheet
from evaluation.queries import panel_work
from evaluation.queries.panel import may_decide_all, submissions_for_panel, submissions_for_staff, superior_has_conflict
from suppliers.models import Submission
from tenders.commands.name_substitute import name_substitute
from tenders.models import Stage
from tenders.phases import StagePhase
from tests.conftest import NOON, make_person
from tests.pages import masked
from tests.panel_made import admitted, after_opening, all_declared, seated
from tests.stages_made import FIRMS, MARKER, drafted, handed_in, open_together
from tests.tenders_made import announced


@pytest.fixture
def cast(with_role):
    names = {"cecilie": "Cecilie Holm", "emre": "Emre Yilmaz", "eva": "Eva Lunde", "olav": "Olav Berg"}
    roles = {"cecilie": Role.CHAIR, "olav": Role.OBSERVER}
    return {key: with_role(name, roles.get(key, Role.EVALUATOR)) for key, name in names.items()}


@pytest.fixture
def opened(tender, ingrid, arne, cast):
    """Three sketches, opened, beside a draft that never is, and a panel with an observer."""
    seated(tender, ingrid, arne, cast["cecilie"], [cast["emre"], cast["eva"]], [cast["olav"]])
    handed_in(tender, 3)
    drafted(tender, 4)
    return open_together(tender, ingrid, arne)


@pytest.fixture
def at(opened, monkeypatch):
    moment = after_opening(opened, 45)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def sketches(stage):
    """In the order of the firms that handed them in."""
    return list(Submission.objects.filter(stage=stage, phase="opened").select_related("organisation").order_by("organisation__number"))


def declared(stage, user, at, **ties):
    return declare_impartiality(stage_id=stage.pk, conflicts=ties.get("conflicts", {}), by=user, at=at)


def as_user(user):
    """Signed in, and reading in the language of the source."""
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def address(tender, name="declarations", *keys):
    return reverse(f"evaluation:{name}", args=[tender.reference, *keys])


# Commands


def test_a_tie_shuts_off_that_one_sketch_for_that_one_person(opened, ingrid, arne, cast, at):
    mine, *others = sketches(opened)
    emre = cast["emre"]
    all_declared(opened, ingrid, arne, cast["eva"], emre, conflicts={emre: {mine.organisation_id: "Min bror leder firmaet"}})
    admitted(opened, ingrid)
    assert set(submissions_for_panel(emre, opened, at=at)) == set(others)
    assert set(submissions_for_panel(cast["eva"], opened, at=at)) == {mine, *others}
    assert set(submissions_for_staff(arne, opened, at=at)) == {mine, *others}
    assert Conflict.objects.get().ground == "Min bror leder firmaet"
    assert not may_decide_all(emre, opened)
    assert may_decide_all(arne, opened)


@pytest.mark.parametrize("key", ["cecilie", "emre", "olav"])
def test_nobody_in_the_panel_sees_anything_before_declaring(opened, ingrid, cast, at, key):
    all_declared(opened, ingrid)
    admitted(opened, ingrid)
    assert not submissions_for_panel(cast[key], opened, at=at).exists()
    declared(opened, cast[key], at)
    assert submissions_for_panel(cast[key], opened, at=at).count() == 3


def test_the_journal_ties_no_name_to_a_code_name(opened, cast, at):
    mine, other, _last = sketches(opened)
    declared(opened, cast["emre"], at, conflicts={mine.organisation_id: "Min bror leder firmaet"})
    declare_conflict(submission_id=other.pk, ground="Kjente igjen en venn", by=cast["emre"], at=at)
    lines = JournalEntry.objects.filter(stream=journal.stream_of(opened.tender), event__in=EVENTS).order_by("seq")
    assert [(line.event, line.actor_role, line.facts, line.reason) for line in lines] == [
        (EVENTS[0], "evaluator", {"stage": 1, "ties": 1}, ""),
        (EVENTS[1], "evaluator", {"stage": 1}, ""),
    ]
    keys = {str(row.pk) for row in sketches(opened)} | {str(row.organisation_id) for row in sketches(opened)}
    assert not [key for line in JournalEntry.objects.filter(event__in=EVENTS) for key in keys if key in str(line.about)]


EVENTS = ("evaluation.impartiality_declared", "evaluation.conflict_declared")


def test_who_declares_when_and_once(tender, ingrid, arne, ragnhild, sara, cast):
    stage = Stage.objects.get(tender=tender, no=1)
    with pytest.raises(Refused, match="You declare when the stage is opened"):
        declared(stage, ingrid, NOON)
    stage = open_together(tender, ingrid, arne)
    for user in (ragnhild, sara, cast["emre"]):
        with pytest.raises(Refused, match="Only those who prepare, judge or decide in this tender declare"):
            declared(stage, user, stage.opened_at)
    declared(stage, ingrid, stage.opened_at)
    with pytest.raises(Refused, match="You have declared already"):
        declared(stage, ingrid, stage.opened_at)
    assert ImpartialityDeclaration.objects.count() == 1


def test_a_declaration_names_only_those_on_the_list_and_says_what_the_tie_is(opened, ingrid, arne, cast, at):
    elsewhere = handed_in(announced(ingrid, arne, name="En annen"), 5)[-1]
    with pytest.raises(Refused, match="Choose among the names on the list"):
        declared(opened, cast["emre"], at, conflicts={elsewhere.organisation_id: "Bror"})
    with pytest.raises(Refused, match="Say what the tie is"):
        declared(opened, cast["emre"], at, conflicts={sketches(opened)[0].organisation_id: "  "})
    assert not ImpartialityDeclaration.objects.exists()


def sheet_of(user, submission, at):
    """As `start_sheet` makes it; this file does not score."""
    return ScoreSheet.objects.create(submission=submission, evaluator=user, started_at=at)


@pytest.mark.parametrize(
    ("phase", "void"), [("opened", True), ("scored", True), ("proposed", True), ("approved", False), ("settled", False)]
)
def test_a_tie_that_is_found_later_voids_ones_own_sheet_until_the_decision(opened, ingrid, cast, at, phase, void):
    mine, other, _last = sketches(opened)
    all_declared(opened, ingrid, cast["emre"], cast["eva"])
    own, anothers, untouched = sheet_of(cast["emre"], mine, at), sheet_of(cast["eva"], mine, at), sheet_of(cast["emre"], other, at)
    Stage.objects.filter(pk=opened.pk).update(phase=StagePhase(phase))
    told = declare_conflict(submission_id=mine.pk, ground="Vi har sittet i samme styre", by=cast["emre"], at=at)
    assert (told.submission, told.declared_at) == (mine, at)
    for sheet in (own, anothers, untouched):
        sheet.refresh_from_db()
    assert (own.voided_at == at) is void
    assert anothers.voided_at is None
    assert untouched.voided_at is None


def test_told_twice_it_adds_to_what_was_said_and_answers_the_same(opened, cast, at):
    [mine, *_] = sketches(opened)
    declared(opened, cast["emre"], at)
    first = declare_conflict(submission_id=mine.pk, ground="Kjente den igjen", by=cast["emre"], at=at)
    second = declare_conflict(submission_id=mine.pk, ground="Min bror leder firmaet", by=cast["emre"], at=at + timedelta(hours=1))
    assert first.pk == second.pk
    assert Conflict.objects.get().ground == "Kjente den igjen\n\nMin bror leder firmaet"
    assert JournalEntry.objects.filter(event="evaluation.conflict_declared").count() == 2


def test_a_later_tie_needs_a_declaration_and_words(opened, cast, at):
    [mine, *_] = sketches(opened)
    with pytest.raises(Refused, match="Declare first whether you are impartial"):
        declare_conflict(submission_id=mine.pk, ground="Bror", by=cast["emre"], at=at)
    with pytest.raises(Refused, match="Only those who prepare, judge or decide in this tender declare"):
        declare_conflict(submission_id=mine.pk, ground="Bror", by=make_person("Nora Eng"), at=at)
    declared(opened, cast["emre"], at)
    with pytest.raises(Refused, match="Say what the tie is"):
        declare_conflict(submission_id=mine.pk, ground=" ", by=cast["emre"], at=at)
    draft = Submission.objects.get(stage=opened, phase="draft")
    with pytest.raises(Refused, match="There is no such sketch here"):
        declare_conflict(submission_id=draft.pk, ground="Bror", by=cast["emre"], at=at)


def test_a_leaders_tie_stops_decisions_and_not_reading(opened, ingrid, arne, cast, at):
    [mine, *_] = sketches(opened)
    User.objects.filter(pk=ingrid.pk).update(reports_to=arne)
    ingrid.refresh_from_db()
    all_declared(opened, ingrid, arne, conflicts={arne: {mine.organisation_id: "Eier aksjer"}})
    assert superior_has_conflict(ingrid, mine)
    assert not may_decide_all(ingrid, opened)
    assert submissions_for_staff(ingrid, opened, at=at).count() == 3


def test_the_rules_are_dated():
    assert rules_on(NOON.date()).impartiality == "forvaltningsloven §§ 6–10"


# Pages


def test_the_names_stand_in_alphabetical_order_without_code_names(opened, cast, at):
    page = as_user(cast["emre"]).get(address(opened.tender)).content.decode()
    assert "Do you have a tie to any of these?" in page
    places = [page.index(name) for name in sorted(FIRMS[:3], key=str.casefold)]
    assert places == sorted(places)
    assert FIRMS[4] not in page
    hidden = [MARKER, *(row.code_name for row in sketches(opened)), *(str(row.pk) for row in sketches(opened))]
    assert [words for words in hidden if words in page] == []
    assert AccessEvent.objects.filter(what="evaluation.names_listed", actor_id=cast["emre"].pk).count() == 1


def test_declaring_on_the_page(opened, cast, at):
    mine, _other, last = sketches(opened)
    client, ticks = as_user(cast["emre"]), {"looked": "on", "silence": "on"}
    kept = client.post(address(opened.tender), {f"tie_{mine.organisation_id}": "Min bror leder firmaet"}).content.decode()
    assert "Look through the names, and confirm that you have told of every tie." in kept
    assert "Confirm that you know the duty of confidentiality." in kept
    assert "Min bror leder firmaet" in kept
    assert not ImpartialityDeclaration.objects.exists()
    answer = client.post(address(opened.tender), {f"tie_{mine.organisation_id}": "Min bror leder firmaet", **ticks}, follow=True)
    page = answer.content.decode()
    assert "You have made your declaration" in page
    assert "You have told of a tie." in page
    assert f'href="{address(opened.tender, "scores")}?stage=1"' in page and "Go to the sketches" in page
    assert [(row.submission, row.ground) for row in Conflict.objects.all()] == [(mine, "Min bror leder firmaet")]
    again = client.post(address(opened.tender), {f"tie_{last.organisation_id}": "En til", **ticks})
    assert again.status_code == 409
    assert "You have declared already." in again.content.decode()
    assert Conflict.objects.count() == 1


def test_before_the_opening_the_page_says_when_the_names_come(tender, ingrid, cast, sara):
    handed_in(tender, 2)
    page = as_user(ingrid).get(address(tender)).content.decode()
    assert "You declare when the sketches are opened" in page
    assert not [name for name in FIRMS[:2] if name in page]
    assert as_user(sara).get(address(tender)).status_code == 404


def test_those_who_follow_up_see_who_has_declared(opened, ingrid, arne, ragnhild, cast, at):
    [mine, *_] = sketches(opened)
    all_declared(opened, ingrid, cast["cecilie"], cast["emre"], conflicts={cast["emre"]: {mine.organisation_id: "Min bror leder firmaet"}})
    for user in (ingrid, ragnhild):
        page = as_user(user).get(address(opened.tender)).content.decode()
        assert page.count("Not yet") == 3
        assert "Min bror leder firmaet" in page
    assert AccessEvent.objects.filter(what="evaluation.ties_read").count() == 2
    lead = as_user(cast["cecilie"]).get(address(opened.tender)).content.decode()
    assert lead.count("Not yet") == 3
    undeclared = as_user(arne).get(address(opened.tender)).content.decode()
    assert "Emre Yilmaz" in undeclared
    for page in (lead, undeclared, as_user(cast["emre"]).get(address(opened.tender)).content.decode()):
        assert "Min bror leder firmaet" not in page
    assert "Not yet" not in as_user(cast["emre"]).get(address(opened.tender)).content.decode()


def test_a_tie_told_by_name(opened, ingrid, cast, at):
    mine, other, _last = sketches(opened)
    client, page = as_user(cast["emre"]), address(opened.tender, "tie")
    assert client.get(page).status_code == 409
    all_declared(opened, ingrid, cast["emre"])
    admitted(opened, ingrid)
    sheet = sheet_of(cast["emre"], mine, at)
    form = client.get(f"{page}?of={mine.organisation_id}").content.decode()
    assert f'<option value="{mine.organisation_id}" selected' in form
    assert "Say what the tie is." in client.post(page, {"organisation": mine.organisation_id, "ground": ""}).content.decode()
    assert "Choose among the names on the list." in client.post(page, {"organisation": "tull", "ground": "Bror"}).content.decode()
    answer = client.post(page, {"organisation": mine.organisation_id, "ground": "Bror"}, follow=True)
    assert "Thank you for telling." in answer.content.decode()
    sheet.refresh_from_db()
    assert sheet.voided_at == at
    assert set(submissions_for_panel(cast["emre"], opened, at=at)) == {other, sketches(opened)[2]}


def test_a_tie_told_from_a_sketch_and_the_same_form_twice(opened, ingrid, cast, at):
    all_declared(opened, ingrid, cast["emre"])
    admitted(opened, ingrid)
    client = as_user(cast["emre"])
    number = int(sketches(opened)[0].code_name.split()[0])
    page = address(opened.tender, "tie_of", number)
    form = client.get(page).content.decode()
    assert sketches(opened)[0].code_name in form
    assert FIRMS[0] not in form
    assert f'href="{address(opened.tender, "sheet", number)}?stage=1">No, go back' in form
    sent = {"ground": "Jeg kjenner den igjen", "form_token": "7a0f1d7e-5a3e-4a55-9a7e-1f2b3c4d5e6f"}
    answers = [client.post(page, sent) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"{address(opened.tender)}?stage=1"] * 2
    assert Conflict.objects.get().ground == "Jeg kjenner den igjen"
    assert client.get(page).status_code == 404
    assert as_user(ingrid).get(page).status_code == 404


def test_ones_own_page_does_not_tell_whose_the_code_name_was(opened, ingrid, cast, at):
    """Told from a sketch or by name, of the one or of the other: the pages of somebody in the panel are the same bytes."""
    mine, other, _last = sketches(opened)
    all_declared(opened, ingrid, cast["emre"])
    client, seen = as_user(cast["emre"]), []
    for one in (mine, other):
        with transaction.atomic():
            declare_conflict(submission_id=one.pk, ground="Jeg kjenner den igjen", by=cast["emre"], at=at)
            seen.append([masked(client.get(address(opened.tender, name))) for name in ("declarations", "tie")])
            declare_conflict(submission_id=one.pk, ground="Bror", by=cast["emre"], at=at)
            seen.append([masked(client.get(address(opened.tender, name))) for name in ("declarations", "tie")])
            transaction.set_rollback(True)
    assert seen[0] == seen[1] == seen[2] == seen[3]


def test_after_the_decision_the_page_says_to_talk_to_the_approver(opened, cast, at):
    declared(opened, cast["emre"], at)
    assert "The decision in this stage is made" not in as_user(cast["emre"]).get(address(opened.tender, "tie")).content.decode()
    Stage.objects.filter(pk=opened.pk).update(phase=StagePhase.APPROVED)
    assert "The decision in this stage is made" in as_user(cast["emre"]).get(address(opened.tender, "tie")).content.decode()


def test_a_stage_that_is_not_opened_has_no_page(opened, ingrid, at):
    client = as_user(ingrid)
    assert client.get(address(opened.tender) + "?stage=1").status_code == 200
    for asked in ("2", "99999", "tull", "²"):
        assert client.get(address(opened.tender) + f"?stage={asked}").status_code == 404


@pytest.mark.parametrize("name", ["declarations", "tie"])
def test_one_name_asks_the_database_the_same_as_three(ingrid, arne, monkeypatch, name):
    numbers = []
    for count in (1, 3):
        tender = announced(ingrid, arne, name=f"Med {count}")
        made = handed_in(tender, count)
        stage = open_together(tender, ingrid, arne)
        monkeypatch.setattr(clock, "now", lambda stage=stage: stage.opened_at)
        ties = {row.organisation_id: "Bror" for row in made}
        all_declared(stage, ingrid, arne, at=stage.opened_at, conflicts={arne: ties})
        client = as_user(ingrid)
        client.get(address(tender, name))
        with CaptureQueriesContext(connection) as statements:
            client.get(address(tender, name))
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


# Leaks


def pages_of(stage, user, submission):
    """Every page of the case that could tell of the sketch, as the person gets it, without the journal's clock."""
    client, tender = as_user(user), stage.tender
    addresses = [
        *(address(tender, name) for name in ("opening", "panel", "declarations", "submissions", "tie")),
        *(address(tender, name, submission.pk) for name in ("submission", "reject")),
        address(tender, "file", submission.pk, submission.attachments.get().pk),
        reverse("insight:tender", args=[tender.reference]),
        reverse("insight:case_journal", args=[tender.reference]),
        reverse("insight:my_work"),
        reverse("tenders:people", args=[tender.reference]),
    ]
    pages = {page: masked(client.get(page)) for page in addresses}
    pages |= {f"POST {name}": masked(client.post(address(tender, name, submission.pk))) for name in ("admit", "reject")}
    return pages


def worlds_of(stage, user, submission, acts):
    """What the person sees when each of `acts` was done to the sketch, one at a time and taken back again."""
    seen = []
    for act in acts:
        with transaction.atomic():
            act()
            seen.append(pages_of(stage, user, submission))
            transaction.set_rollback(True)
    return seen


@pytest.mark.parametrize("who", ["ingrid", "arne"])
def test_for_whoever_has_a_tie_the_sketch_is_nowhere_whatever_becomes_of_it(request, opened, ingrid, arne, with_role, cast, at, who):
    """Let in, rejected, told of by somebody else, or scored: the same bytes on every page, and 404 for the sketch itself."""
    user, [mine, other, _last] = request.getfixturevalue(who), sketches(opened)
    oda = with_role("Oda Vik", Role.OFFICER)
    substitute(opened.tender, oda, ingrid)
    all_declared(opened, ingrid, arne, oda, cast["emre"], conflicts={user: {mine.organisation_id: "Eier aksjer"}})
    admit_submissions(stage_id=opened.pk, submission_ids=[other.pk], by=oda, at=at)

    def admits():
        admit_submissions(stage_id=opened.pk, submission_ids=[mine.pk], by=oda, at=at)

    def rejects():
        reject_submission(submission_id=mine.pk, ground="deviates", reason="Mangler alt", by=oda, at=at)

    def scores():
        admits()
        sheet_of(cast["emre"], mine, at)

    seen = worlds_of(opened, user, mine, [admits, rejects, scores])
    assert seen[0] == seen[1] == seen[2]
    gone = [page for page, shown in seen[0].items() if str(mine.pk) in page or page.startswith("POST")]
    assert len(gone) == 5
    assert all(seen[0][page].startswith("404") for page in gone)
    listed = seen[0][address(opened.tender, "submissions")]
    assert mine.code_name not in listed
    assert FIRMS[0] not in listed
    assert other.code_name in listed


def test_a_tie_of_anothers_to_the_same_supplier_is_hidden_too(opened, ingrid, arne, cast, at):
    [mine, *_] = sketches(opened)
    all_declared(opened, ingrid, cast["emre"], conflicts={ingrid: {mine.organisation_id: "Eier aksjer"}})
    seen = []
    for told in (False, True):
        with transaction.atomic():
            ties = {mine.organisation_id: "Min bror leder firmaet"} if told else {}
            declared(opened, cast["eva"], at, conflicts=ties)
            seen.append(masked(as_user(ingrid).get(address(opened.tender))))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


@pytest.mark.parametrize("who", ["ingrid", "arne"])
def test_whoever_has_not_declared_sees_nothing_of_the_sketches(request, opened, ingrid, arne, with_role, cast, at, who):
    user, [mine, other, _last] = request.getfixturevalue(who), sketches(opened)
    oda = with_role("Oda Vik", Role.OFFICER)
    substitute(opened.tender, oda, ingrid)
    all_declared(opened, oda, cast["emre"])

    def admits():
        admit_submissions(stage_id=opened.pk, submission_ids=[mine.pk, other.pk], by=oda, at=at)

    def rejects():
        admit_submissions(stage_id=opened.pk, submission_ids=[other.pk], by=oda, at=at)
        JournalEntry.objects.filter(event="evaluation.formal_check_made")
        FormalCheck.objects.create(submission=mine, admitted=False, ground="deviates", reason="x", checked_at=at, checked_by=oda)

    seen = worlds_of(opened, user, mine, [admits, rejects])
    assert seen[0] == seen[1]
    page = seen[0][address(opened.tender, "submissions")]
    assert "Declare first whether you are impartial" in page
    hidden = [MARKER, *FIRMS[:3], *(row.code_name for row in sketches(opened))]
    assert [words for words in hidden if words in page] == []
    assert all(seen[0][path].startswith(("404", "409")) for path in seen[0] if str(mine.pk) in path or path.startswith("POST"))
    assert seen[0][address(opened.tender, "tie")].startswith("409")


def test_the_page_of_the_undeclared_is_the_same_for_one_and_for_three(tender, ingrid, arne, monkeypatch):
    seen = []
    for count in (1, 3):
        with transaction.atomic():
            handed_in(tender, count)
            stage = open_together(tender, ingrid, arne)
            monkeypatch.setattr(clock, "now", lambda stage=stage: stage.opened_at)
            seen.append(masked(as_user(ingrid).get(address(tender, "submissions"))))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


def substitute(tender, user, by):
    from_when = tender.announced_at + timedelta(days=1)
    name_substitute(tender_id=tender.pk, user=user, role=Role.OFFICER, reason="Ferie", by=by, at=from_when)


def test_my_work_leads_to_the_declaration(opened, ingrid, cast, at):
    [row] = panel_work.waiting_for(cast["emre"], at=at)
    assert row.url == f"{address(opened.tender)}?stage=1"
    declared(opened, cast["emre"], at)
    assert panel_work.waiting_for(cast["emre"], at=at) == []
