"""The demo world, built once by the real commands on the real day, and looked at from all sides."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts import clock, journal
from accounts.models import JournalEntry, Organisation, Unit, User
from accounts.roles import Role
from demo import queries
from demo.clock_shift import forget_shift
from demo.models import ClockShift, SentMail
from demo.world.building import build_world
from demo.world.script import firms, texts
from evaluation import queries as evaluation
from insight.queries import waiting_for
from letters.models import Letter
from suppliers.models import Prequalification, Receipt
from suppliers.phases import PrequalificationPhase, SubmissionPhase
from suppliers.queries.prequalification import qualified_directory
from tenders.models import Question, Stage, Tender
from tenders.phases import StagePhase, TenderPhase

pytestmark = [pytest.mark.django_db, pytest.mark.engine, pytest.mark.slow, pytest.mark.real_clock]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built in one transaction that is rolled back when the last test of this file is done."""
    settings = pytest.MonkeyPatch()
    settings.setattr("django.conf.settings.EMAIL_BACKEND", "demo.mailbox.MailboxBackend")
    forget_shift()
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield build_world()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            settings.undo()


@pytest.fixture
def as_person(world):
    """`as_person("ingrid")` is a browser in which one has become Ingrid."""

    def become(key):
        client = Client()
        client.post(reverse("demo:become"), {"person": key})
        return client

    return become


def user_of(key):
    return next(user for person, user in queries.demo_users() if person.key == key)


def tender(key):
    return Tender.objects.get(name=texts("tenders")[key]["name"])


def test_56_sketches_are_opened_and_two_never_got_that_far(world):
    stage = tender("youth").stages.get(no=1)
    phases = list(stage.submissions.values_list("phase", flat=True))
    assert sorted(phases) == sorted([SubmissionPhase.OPENED] * 56 + [SubmissionPhase.WITHDRAWN, SubmissionPhase.DRAFT])
    opened = stage.submissions.filter(phase=SubmissionPhase.OPENED)
    assert len(set(opened.values_list("code_name", flat=True))) == 56
    assert set(opened.values_list("organisation__name", flat=True)) == {firm.name for firm in firms()}


def test_what_was_opened_was_compared_with_its_receipts(world):
    stage = tender("youth").stages.get(no=1)
    opening = evaluation.opening_of(stage)
    assert (opening.count, list(opening.differing), opening.contradicted_at) == (56, [], None)
    assert opening.verified_at - opening.at < timedelta(minutes=5)
    assert stage.closes_at + timedelta(minutes=1) < opening.at < stage.closes_at + timedelta(hours=1)


def test_every_state_that_exists_is_there(world):
    assert set(Tender.objects.values_list("phase", flat=True)) == set(TenderPhase)
    assert set(Stage.objects.values_list("phase", flat=True)) == set(StagePhase)
    assert {stage.state_at(world) for stage in Stage.objects.all()} == set(Stage.State)
    in_review = set(PrequalificationPhase) - {PrequalificationPhase.DRAFT}
    assert set(Prequalification.objects.values_list("phase", flat=True)) == in_review
    in_stages = {phase for stage in Stage.objects.all() for phase in stage.submissions.values_list("phase", flat=True)}
    assert in_stages == set(SubmissionPhase)


def test_one_tender_was_sent_back_and_one_is_written_half(world):
    returned = tender("tasting").approvals.get()
    assert returned.returned_by == user_of("arne") and returned.return_reason.startswith("Oppsummeringen sier")
    assert tender("fathers").phase == TenderPhase.DRAFT and tender("fathers").adopter == ""


def test_questions_are_answered_but_one(world):
    assert tender("youth").questions.exclude(answer="").count() == 5
    waiting = Question.objects.get(answered_at=None)
    assert waiting.tender == tender("kitchen") and world < waiting.tender.questions_close_at


def test_everybody_has_something_to_do(world):
    at = clock.now()
    waits = {person.key: [str(row.title) for row in waiting_for(user, at=at)] for person, user in queries.demo_users()}
    assert set(waits) == {"ingrid", "arne", "per", "ragnhild", "admin", "sara", "sindre", "stine"}
    assert {"Answer one question", "Mend the announcement", "Finish the announcement"} <= set(waits["ingrid"])
    assert "Approve the announcement" in waits["arne"]
    assert len(waits["per"]) == 2
    assert all(waits[key] for key in ("sara", "sindre", "stine"))


FIRST_PAGES = {
    "ingrid": "Åpne skissene",
    "arne": "Åpne skissene",
    "per": "Avgjør en prekvalifisering",
    "ragnhild": "Se selv at ingenting er endret",
    "admin": "Se at folk har de rollene de trenger",
    "sara": "Skriv ferdig og send skissen",
    "sindre": "Skissen er levert",
    "stine": "Skriv ferdig og send skissen",
}


@pytest.mark.parametrize("key", FIRST_PAGES)
def test_the_first_page_of_everybody_gives_them_something_to_do(as_person, key):
    page = as_person(key).get(reverse("insight:my_work")).content.decode()
    assert FIRST_PAGES[key] in page


def test_the_chains_are_whole_and_written_when_it_happened(world):
    assert list(journal.broken_lines()) == []
    lines = JournalEntry.objects.filter(at__lt=world - timedelta(hours=1))
    assert lines.count() > 500
    late = [line.event for line in lines if not timedelta(0) <= line.recorded_at - line.at < timedelta(minutes=1)]
    assert late == []


def test_receipts_carry_the_time_of_the_hand_in(world):
    stage = tender("youth").stages.get(no=1)
    times = list(Receipt.objects.filter(version__submission__stage=stage).values_list("received_at", flat=True))
    assert len(times) == 56 + 4 + 1
    assert all(stage.opens_at < at < stage.closes_at for at in times)
    assert sum(stage.closes_at - at < timedelta(days=1) for at in times) > 15
    sara = Receipt.objects.get(version__submission__organisation__name="Morgenkveik AS")
    assert sara.files == 1


def test_every_number_is_a_synthetic_one(world):
    numbers = list(Organisation.objects.values_list("number", flat=True))
    assert len(numbers) == 58
    assert {number[0] for number in numbers} <= {"2", "3"}


def test_people_log_in_by_code_and_have_no_password(world):
    sara = user_of("sara")
    assert not sara.has_usable_password()
    assert sara.emailaddress_set.get().verified
    assert not User.objects.filter(password__startswith="argon2").exists()


def test_roles_are_granted_by_the_administrator(world):
    directorate = Unit.objects.get(kind=Unit.Kind.DIRECTORATE)
    held = {grant.role: grant.granted_by for grant in directorate.role_grants.exclude(role=Role.ADMINISTRATOR)}
    assert set(held) == {Role.OFFICER, Role.APPROVER, Role.REVIEWER, Role.AUDITOR}
    assert set(held.values()) == {user_of("admin")}


def test_the_qualified_stand_in_the_directory_and_got_their_letters(world):
    names = {supplier.organisation.name for supplier in qualified_directory(at=world)}
    assert "Morgenkveik AS" in names and len(names) == 5
    assert Letter.objects.filter(batch__kind="prequalification_decision").count() == 6


def test_mails_were_sent_in_their_own_time_and_the_clock_is_right(world):
    assert not ClockShift.objects.exclude(seconds=0).exists()
    assert abs(clock.now() - world) < timedelta(minutes=10)
    mails = SentMail.objects.all()
    assert mails.filter(to="sara@morgenkveik.example").exists()
    assert mails.filter(at__lt=world - timedelta(hours=1)).count() > 80


SEALED = ["Fysiobrua AS", "Stavlaft SA", "Rattbakken AS", "Halvkollen ASA", "Fagprat på brakka", "Kroppssjekk", "fire byggeplasser"]


@pytest.mark.parametrize("key", ["ingrid", "arne", "ragnhild", "admin"])
def test_staff_see_nothing_of_the_closed_tender_before_it_is_opened(as_person, world, key):
    closed = tender("building")
    stage = closed.stages.get(no=1)
    assert stage.state_at(world) == Stage.State.CLOSED and stage.submissions.count() == 4
    assert not evaluation.submissions_for_staff(user_of(key), stage, at=world).exists()
    client, base = as_person(key), f"/tenders/{closed.reference}/"
    assert client.get(base).status_code == 200
    for path in (base, f"{base}journal/", f"{base}questions/", f"{base}opening/", f"{base}submissions/", "/my/", "/journal/", "/tenders/"):
        shown = client.get(path).content.decode()
        assert [name for name in SEALED if name in shown] == [], path


def test_ingrid_sees_all_56_after_the_opening(as_person, world):
    youth = tender("youth")
    seen = evaluation.submissions_for_staff(user_of("ingrid"), youth.stages.get(no=1), at=world)
    assert seen.count() == 56
    assert as_person("ingrid").get(f"/tenders/{youth.reference}/submissions/").status_code == 200


def test_every_public_page_of_the_world_opens(world):
    client = Client()
    for path in ["/", "/tenders/", "/suppliers/", *(f"/tenders/{row.reference}/" for row in Tender.objects.filter(phase="announced"))]:
        assert client.get(path).status_code == 200, path
