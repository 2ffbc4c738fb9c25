"""The formal check: let in or rejected by name, by an officer who has declared, until the scoring is closed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts import clock, journal
from accounts.models import JournalEntry, User
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.commands.admit_submissions import admit_submissions
from evaluation.commands.compare_opened_content import compare_opened_content
from evaluation.commands.reject_submission import reject_submission
from evaluation.models import FormalCheck
from evaluation.queries import panel_work
from evaluation.queries.panel import admitted_submissions
from evaluation.rejection_grounds import GROUNDS
from suppliers.models import Submission, SubmissionVersion
from tenders.commands.name_substitute import name_substitute
from tenders.models import Stage
from tenders.phases import StagePhase
from tests.panel_made import admitted, after_opening, all_declared
from tests.stages_made import FIRMS, firm, handed_in, open_together
from tests.tenders_made import announced


@pytest.fixture
def opened(tender, ingrid, arne):
    """Three sketches, opened; officer and approver have declared."""
    handed_in(tender, 3)
    stage = open_together(tender, ingrid, arne)
    all_declared(stage, ingrid, arne)
    return stage


@pytest.fixture
def at(opened, monkeypatch):
    moment = after_opening(opened, 45)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def sketches(stage):
    return list(Submission.objects.filter(stage=stage).select_related("organisation").order_by("organisation__number"))


def as_user(user):
    """Signed in, and reading in the language of the source."""
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def address(stage, name="submissions", *keys):
    return reverse(f"evaluation:{name}", args=[stage.tender.reference, *keys])


def rejected(submission, by, at, ground="deviates", reason="Skissen svarer ikke på det vi spør om", heard=""):
    return reject_submission(submission_id=submission.pk, ground=ground, reason=reason, heard=heard, by=by, at=at)


# Commands


def test_what_is_let_in_is_what_the_panel_judges(opened, ingrid, at):
    first, second, last = sketches(opened)
    assert admit_submissions(stage_id=opened.pk, submission_ids=[first.pk, second.pk], by=ingrid, at=at) == 2
    assert admit_submissions(stage_id=opened.pk, submission_ids=[first.pk], by=ingrid, at=at) == 0
    check = rejected(last, ingrid, at)
    assert (check.admitted, check.ground, check.checked_by, check.checked_at) == (False, "deviates", ingrid, at)
    assert set(admitted_submissions(opened)) == {first, second}


def test_both_ways_can_be_changed_until_the_scoring_is_closed(opened, ingrid, at):
    [first, *_] = sketches(opened)
    rejected(first, ingrid, at)
    later = at + timedelta(hours=1)
    assert admit_submissions(stage_id=opened.pk, submission_ids=[first.pk], by=ingrid, at=later) == 1
    check = FormalCheck.objects.get()
    assert (check.admitted, check.ground, check.reason, check.checked_at) == (True, "", "", later)
    rejected(first, ingrid, later, ground="form", reason="For lang")
    assert FormalCheck.objects.get().ground == "form"
    Stage.objects.filter(pk=opened.pk).update(phase=StagePhase.SCORED)
    with pytest.raises(Refused, match="The scoring is closed, so the formal check stands as it is"):
        admit_submissions(stage_id=opened.pk, submission_ids=[first.pk], by=ingrid, at=later)
    with pytest.raises(Refused, match="The scoring is closed, so the formal check stands as it is"):
        rejected(first, ingrid, later)


@pytest.mark.parametrize("ground", sorted(GROUNDS))
def test_each_ground_stands_with_a_reason_and_a_hearing_where_it_is_needed(opened, ingrid, at, ground):
    [first, *_] = sketches(opened)
    with pytest.raises(Refused, match="Write the reason. The supplier gets to read it"):
        rejected(first, ingrid, at, ground=ground, reason="  ", heard="Ringte 3. oktober")
    if GROUNDS[ground].needs_hearing:
        with pytest.raises(Refused, match="Hear the supplier first, and write when and how"):
            rejected(first, ingrid, at, ground=ground)
    assert not FormalCheck.objects.exists()
    check = rejected(first, ingrid, at, ground=ground, heard="Skrev 2. oktober. De svarte ikke.")
    assert (check.ground, check.heard) == (ground, "Skrev 2. oktober. De svarte ikke.")


def test_unfair_advantage_is_never_decided_without_hearing_the_supplier():
    """Anskaffelsesforskriften § 9-5: the supplier gets the chance to explain first."""
    ground = GROUNDS["unfair_advantage"]
    assert (ground.must, ground.needs_hearing, ground.rule) == (True, True, "anskaffelsesforskriften § 9-5")
    assert not GROUNDS["form"].must


def test_an_unknown_ground_is_refused(opened, ingrid, at):
    with pytest.raises(Refused, match="Choose the ground"):
        rejected(sketches(opened)[0], ingrid, at, ground="uklart")


def test_only_an_officer_of_the_tender_who_has_declared(opened, ingrid, arne, with_role, at):
    [first, *_] = sketches(opened)
    oda = with_role("Oda Vik", Role.OFFICER)
    for user in (arne, oda):
        with pytest.raises(Refused, match="Only the procurement officer of this tender does the formal check"):
            admit_submissions(stage_id=opened.pk, submission_ids=[first.pk], by=user, at=at)
    name_substitute(tender_id=opened.tender_id, user=oda, role=Role.OFFICER, reason="Ferie", by=ingrid, at=at)
    with pytest.raises(Refused, match="Declare first whether you are impartial"):
        admit_submissions(stage_id=opened.pk, submission_ids=[first.pk], by=oda, at=at)
    all_declared(opened, oda)
    assert admit_submissions(stage_id=opened.pk, submission_ids=[first.pk], by=oda, at=at) == 1


def test_a_sealed_stage_is_not_checked(tender, ingrid):
    [row] = handed_in(tender, 1)
    with pytest.raises(Refused, match="The stage is sealed. The formal check comes when it is opened"):
        admit_submissions(stage_id=row.stage_id, submission_ids=[row.pk], by=ingrid, at=tender.announced_at + timedelta(days=6))


def test_nobody_decides_on_what_they_or_their_leader_has_a_tie_to(opened, ingrid, arne, with_role, at):
    mine, leaders, free = sketches(opened)
    siv = with_role("Siv Leder", Role.APPROVER)
    oda = with_role("Oda Vik", Role.OFFICER)
    User.objects.filter(pk=oda.pk).update(reports_to=siv)
    oda.refresh_from_db()
    name_substitute(tender_id=opened.tender_id, user=siv, role=Role.APPROVER, reason="Ferie", by=ingrid, at=at)
    name_substitute(tender_id=opened.tender_id, user=oda, role=Role.OFFICER, reason="Ferie", by=ingrid, at=at)
    ties = {siv: {leaders.organisation_id: "Eier aksjer"}, oda: {mine.organisation_id: "Bror"}}
    all_declared(opened, siv, oda, conflicts=ties)

    def lets_in(key):
        admit_submissions(stage_id=opened.pk, submission_ids=[key], by=oda, at=at)

    def rejects(key):
        reject_submission(submission_id=key, ground="deviates", reason="Mangler alt", by=oda, at=at)

    for act in (lets_in, rejects):
        with pytest.raises(Refused, match="There is no such sketch here. Look at the list again"):
            act(mine.pk)
        with pytest.raises(Refused, match="Your leader has a tie to this supplier, so another procurement officer must decide"):
            act(leaders.pk)
    with pytest.raises(Refused, match="There is no such sketch here"):
        admit_submissions(stage_id=opened.pk, submission_ids=[], by=oda, at=at)
    assert admit_submissions(stage_id=opened.pk, submission_ids=[free.pk], by=oda, at=at) == 1
    assert set(admitted_submissions(opened)) == {free}
    page = as_user(oda).get(address(opened)).content.decode()
    assert "Your leader has a tie to one or more of the suppliers." in page
    one = as_user(oda).get(address(opened, "submission", leaders.pk)).content.decode()
    assert "so another procurement officer must decide" in one
    assert as_user(oda).get(address(opened, "reject", leaders.pk)).status_code == 409
    assert not [row for row in panel_work.waiting_for(oda, at=at) if "check" in str(row.title)]


def test_the_tenders_chain_says_only_that_a_check_was_made(opened, ingrid, at):
    first, second, _last = sketches(opened)
    admit_submissions(stage_id=opened.pk, submission_ids=[first.pk], by=ingrid, at=at)
    rejected(second, ingrid, at, reason="Skissen er skrevet av Haugen")
    lines = JournalEntry.objects.filter(stream=journal.stream_of(opened.tender), event__startswith="evaluation.").order_by("-seq")[:2]
    said = {(line.event, line.actor_role, line.reason, str(line.facts), str(line.about)) for line in lines}
    assert said == {("evaluation.formal_check_made", "officer", "", "{'stage': 1}", f"['{journal.about_of(opened)}']")}
    own = JournalEntry.objects.filter(stream=journal.stream_of(second.organisation)).order_by("-seq")[0]
    assert (own.event, own.facts, own.reason) == (
        "evaluation.submission_rejected",
        {"stage": 1, "ground": "deviates"},
        "Skissen er skrevet av Haugen",
    )


# Pages


def test_the_officer_lets_in_all_that_waits(opened, ingrid, arne, at):
    client = as_user(ingrid)
    page = client.get(address(opened)).content.decode()
    assert "Three sketches wait for the formal check" in page
    assert page.count("Not checked yet") == 3
    answer = client.post(address(opened, "admit_all"), follow=True).content.decode()
    assert "3 sketches are let in to be judged." in answer
    assert answer.count("Let in") == 3
    assert "wait for the formal check" not in answer
    assert admitted_submissions(opened).count() == 3
    again = client.post(address(opened, "admit_all"))
    assert again.status_code == 409
    assert "Nothing waits for the check any more." in again.content.decode()
    assert "formal check</h2>" not in as_user(arne).get(address(opened)).content.decode()


def test_what_differs_from_its_receipt_is_decided_one_by_one(opened, ingrid, at):
    [bad, *_] = sketches(opened)
    version = SubmissionVersion.objects.get(submission=bad)
    SubmissionVersion.objects.filter(pk=version.pk).update(content=bytes(version.content)[:-1] + b"\x00\x01")
    compare_opened_content(by=User.clock(), at=at)
    client = as_user(ingrid)
    assert "What differs from its receipt is let in or rejected one by one." in client.get(address(opened)).content.decode()
    client.post(address(opened, "admit_all"))
    assert bad not in set(admitted_submissions(opened))
    assert admitted_submissions(opened).count() == 2


def test_the_officer_rejects_on_its_own_page_and_lets_in_after_all(opened, ingrid, at):
    [first, *_] = sketches(opened)
    client, page = as_user(ingrid), address(opened, "reject", first.pk)
    form = client.get(page).content.decode()
    assert "The supplier does not meet the requirements that were announced (We shall reject, anskaffelsesforskriften § 9-5)" in form
    missing = client.post(page, {"ground": "", "reason": "Vi savner alt", "heard": ""}).content.decode()
    assert "Choose the ground." in missing
    assert "Vi savner alt" in missing
    unheard = client.post(page, {"ground": "unfair_advantage", "reason": "Var med og skrev behovet", "heard": ""}).content.decode()
    assert "Hear the supplier first, and write when and how. This ground demands it." in unheard
    assert not FormalCheck.objects.exists()
    answer = client.post(page, {"ground": "form", "reason": "Skrevet på engelsk", "heard": ""}, follow=True).content.decode()
    assert "It is rejected." in answer
    assert "The form is not as we asked" in answer
    one = client.get(address(opened, "submission", first.pk)).content.decode()
    assert "Skrevet på engelsk" in one
    assert "Let it in after all" in one
    answer = client.post(address(opened, "admit", first.pk), follow=True).content.decode()
    assert "1 sketch is let in to be judged." in answer
    assert set(admitted_submissions(opened)) == {first}


def test_others_find_no_such_page(opened, ingrid, arne, ragnhild, with_role, at):
    [first, *_] = sketches(opened)
    for user, code in ((arne, 409), (ragnhild, 409), (with_role("Oda Vik", Role.OFFICER), 404), (firm(0)[0], 404)):
        client = as_user(user)
        for name in ("admit", "reject"):
            assert client.post(address(opened, name, first.pk)).status_code == code
        assert client.post(address(opened, "admit_all")).status_code == code
    assert not FormalCheck.objects.exists()


def test_the_supplier_learns_of_a_rejection_in_no_page_before_the_letters(opened, ingrid, at):
    [first, *_] = sketches(opened)
    user = firm(0)[0]
    client = as_user(user)
    pages = [reverse("insight:tender", args=[opened.tender.reference]), reverse("insight:my_work")]
    before = [client.get(page).content.decode() for page in pages]
    rejected(first, ingrid, at, reason="Zebrafink")
    after = [client.get(page).content.decode() for page in pages]
    assert not [page for page in after if "Zebrafink" in page or "reject" in page.lower()]
    assert [len(page) for page in before] == [len(page) for page in after]


def test_what_waits_for_the_officer_and_when_it_is_done(opened, ingrid, arne, at):
    [row] = [row for row in panel_work.waiting_for(ingrid, at=at) if "check" in str(row.title)]
    assert (str(row.title), row.url) == ("Do the formal check of the sketches", f"{address(opened)}?stage=1")
    assert not [row for row in panel_work.waiting_for(arne, at=at) if "check" in str(row.title)]
    admitted(opened, ingrid)
    assert not [row for row in panel_work.waiting_for(ingrid, at=at) if "check" in str(row.title)]


def test_what_waits_asks_the_same_for_one_opened_tender_and_three(opened, ingrid, arne, at, django_assert_num_queries):
    with django_assert_num_queries(OPENED_QUERIES):
        panel_work.waiting_for(ingrid, at=at)
    for name in ("To", "Tre"):
        tender = announced(ingrid, arne, name=name)
        handed_in(tender, 2)
        all_declared(open_together(tender, ingrid, arne), ingrid)
    with django_assert_num_queries(OPENED_QUERIES):
        assert len([row for row in panel_work.waiting_for(ingrid, at=at) if "check" in str(row.title)]) == 3


OPENED_QUERIES = 9


def test_the_list_names_the_firms_for_the_officer(opened, ingrid, at):
    page = as_user(ingrid).get(address(opened)).content.decode()
    assert [name for name in FIRMS[:3] if name not in page] == []
