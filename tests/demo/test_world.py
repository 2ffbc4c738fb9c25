"""The demo world, built once by the real commands on the real day, and looked at from all sides."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts import clock, journal
from accounts.models import JournalEntry, Organisation, Unit, User
from accounts.roles import Role
from contracts.phases import PaymentPhase
from demo import queries
from demo.clock_shift import forget_shift
from demo.models import ClockShift, SentMail
from demo.people import PEOPLE
from demo.world.building import build_world
from demo.world.cast import firms
from demo.world.data import texts
from demo.world.points import sheet_of, words_about
from evaluation import queries as evaluation
from evaluation.queries.ranking import full_ranking
from evaluation.queries.selection import selected
from insight.queries import waiting_for
from letters.models import Letter
from letters.phases import MailState
from suppliers.models import Prequalification, Receipt, Submission
from suppliers.phases import PrequalificationPhase, SubmissionPhase
from suppliers.queries.prequalification import qualified_directory
from tenders.documents import announcement_content
from tenders.models import Budget, Question, Stage, Tender
from tenders.phases import PUBLIC_PHASES, StagePhase, TenderPhase
from tenders.threshold.check import check_of

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
    told = texts("tenders") | texts("later_tenders")
    return Tender.objects.get(name=told[key]["name"])


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


def test_youth_runs_from_need_to_money(world):
    youth = tender("youth")
    first, second = youth.stages.order_by("no")
    assert (youth.phase, first.phase, second.phase) == (TenderPhase.CONCLUDED, StagePhase.SETTLED, StagePhase.SETTLED)
    assert timedelta(days=300) < world - youth.created_at < timedelta(days=350)
    names = [[item.submission.organisation.name for item in selected(stage)] for stage in (first, second)]
    assert names == [["Morgenkveik AS", "Kvistkode AS", "Stiftelsen Skvalpesund"], ["Morgenkveik AS"]]
    budget = Budget.objects.get(tender=youth)
    assert [budget.awarded, budget.contracted, budget.paid] == [600_000, 600_000, 150_000 + 180_000]
    (development,) = second.contracts.all()
    phases = [list(part.payment_requests.values_list("phase", flat=True)) for part in development.milestones.all()]
    assert phases == [[PaymentPhase.PAID], [PaymentPhase.REQUESTED], []]


def test_the_ranking_of_youth_is_close_at_the_border(world):
    ranked = full_ranking(tender("youth").stages.get(no=1))
    name_of = dict(Submission.objects.filter(pk__in=[row.submission_id for row in ranked]).values_list("pk", "organisation__name"))
    best = [(name_of[row.submission_id], row.total) for row in ranked[:4]]
    assert len(ranked) == 55 and "Rørgaten AS" not in name_of.values()
    assert best[2:] == [("Stiftelsen Skvalpesund", Decimal("7.82")), ("Halvkollen ASA", Decimal("7.81"))]
    assert any(row.tied for row in ranked)


def test_56_letters_with_grounds_were_released_at_once_and_mailed_once(world):
    letters = tender("youth").stages.get(no=1).selections.get().batch.letters.all()
    assert letters.count() == 56 and letters.values("released_at").distinct().count() == 1
    assert set(letters.values_list("mail", flat=True)) == {MailState.SENT}
    assert not [letter for letter in letters if not letter.facts["grounds"].strip()]


def test_points_are_the_same_for_everyone_and_go_from_bad_to_good():
    sheet = sheet_of("Tauglede", 1, 2)
    assert sheet == sheet_of("Tauglede", 1, 2) and set(sheet.points) == set(sheet.comments) == {1, 2, 3, 4}
    given = [points for firm in firms() for scorer in range(5) for points in sheet_of(firm.name, 1, scorer).points.values()]
    assert set(given) == set(range(1, 11))
    assert words_about({1: 3, 2: 2, 3: 1, 4: 2}, 1, "nn", "").startswith("Temaet er viktig")
    assert words_about({1: 9, 2: 8, 3: 9, 4: 8}, 1, "nb", "").endswith("når dere prøver.")


def test_one_tender_was_sent_back_and_one_is_written_half(world):
    returned = tender("tasting").approvals.get()
    assert returned.returned_by == user_of("arne") and returned.return_reason.startswith("Oppsummeringen sier")
    assert tender("fathers").phase == TenderPhase.DRAFT and tender("fathers").adopter == ""


def test_the_terms_told_of_in_2021_can_be_seen_beside_the_mended_ones(world, as_person):
    reported, mended = tender("reported"), tender("youth")
    page = as_person("ingrid").get(f"/tenders/{reported.reference}/threshold/compare/", {"other": mended.reference}).content.decode()
    for said in ("Løsningen er bestemt på forhånd", "Andre kan få det de lager", "Ingen vei i bruk", "Ingen funn"):
        assert said in page
    assert check_of(mended, announcement_content(mended), at=world).unanswered == []


def test_the_approver_reads_why_a_finding_stands(as_person):
    page = as_person("arne").get(f"/tenders/{tender('classroom').reference}/announcement/").content.decode()
    assert "Krav om egne lokaler" in page and "Rommet kan være lånt" in page


def test_a_need_is_in_market_dialogue(world):
    need = tender("lastbus")
    assert need.phase == TenderPhase.IN_DIALOGUE
    assert need.questions.exclude(answer="").count() == 2
    seats = need.meetings.get().sign_ups.order_by("signed_up_at").values_list("organisation__name", "seat")
    assert list(seats) == [("Morgenkveik AS", 1), ("Halvkollen ASA", 2), ("Kvistkode AS", None)]
    advice = need.market_contacts.get()
    assert advice.may_compete and advice.remedy and advice.published_at
    assert advice.shared[:60] in Client().get(f"/tenders/{need.reference}/").content.decode()


def test_questions_are_answered_but_one(world):
    assert tender("youth").questions.exclude(answer="").count() == 5
    waiting = Question.objects.get(answered_at=None)
    assert waiting.tender == tender("kitchen") and world < waiting.tender.questions_close_at


DECLARE = "Declare whether you have a tie to anybody"
TO_SCORE = {
    "emre": ["Give points to one sketch"],
    "eva": ["Give points to two sketches"],
    "erik": ["Give points to one sketch"],
    "esther": ["Give points to four sketches"],
}


def test_everybody_has_something_to_do(world):
    at = clock.now()
    waits = {person.key: [str(row.title) for row in waiting_for(user, at=at)] for person, user in queries.demo_users()}
    assert set(waits) == {person.key for person in PEOPLE}
    assert {"Answer one question", "Mend the announcement", "Finish the announcement"} <= set(waits["ingrid"])
    assert {"Approve the announcement", "Approve the selection", DECLARE} <= set(waits["arne"])
    assert {DECLARE, "Propose who is selected"} <= set(waits["cecilie"])
    assert {key: [title for title in waits[key] if title.startswith("Give points")] for key in TO_SCORE} == TO_SCORE
    assert waits["camilla"] == ["Decide on the delivery from Morgenkveik AS"]
    assert len(waits["per"]) == 2
    assert "Ask for payment: Oppskriften er prøvd av andre" in waits["sara"]
    assert all(waits[key] for key in set(waits) - {"ragnhild", "admin"})


FIRST_PAGES = {
    "ingrid": "Åpne skissene",
    "arne": "Åpne skissene",
    "per": "Avgjør en prekvalifisering",
    "ragnhild": "Se selv at ingenting er endret",
    "admin": "Se at folk har de rollene de trenger",
    "emre": "Jobb på gode og dårlige dager",
    "cecilie": "Femtifem og på vei videre",
    "camilla": "Unge på vei til jobb",
    "sara": "Skriv ferdig og send skissen",
    "sindre": "Inn i helsefag",
    "stine": "Skriv ferdig og send skissen",
}


@pytest.mark.parametrize("key", FIRST_PAGES)
def test_the_first_page_of_everybody_gives_them_something_to_do(as_person, key):
    page = as_person(key).get(reverse("insight:my_work")).content.decode()
    assert FIRST_PAGES[key] in page


def test_the_chains_are_whole_and_written_when_it_happened(world):
    assert list(journal.broken_lines()) == []
    lines = JournalEntry.objects.filter(at__lt=world - timedelta(hours=1))
    assert lines.count() > 2500
    late = [line.event for line in lines if not timedelta(0) <= line.recorded_at - line.at < timedelta(minutes=1)]
    assert late == []


def test_receipts_carry_the_time_of_the_hand_in(world):
    stage = tender("youth").stages.get(no=1)
    times = list(Receipt.objects.filter(version__submission__stage=stage).values_list("received_at", flat=True))
    assert len(times) == 56 + 4 + 1
    assert all(stage.opens_at < at < stage.closes_at for at in times)
    assert sum(stage.closes_at - at < timedelta(days=1) for at in times) > 15
    sara = Receipt.objects.get(version__submission__organisation__name="Morgenkveik AS", version__submission__stage=stage)
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
    assert set(held) == {person.role for person in PEOPLE} - {Role.ADMINISTRATOR, None}
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
    for path in [
        "/",
        "/tenders/",
        "/suppliers/",
        *(f"/tenders/{row.reference}/" for row in Tender.objects.filter(phase__in=PUBLIC_PHASES)),
    ]:
        assert client.get(path).status_code == 200, path


def test_ingrid_reads_how_many_hours_they_used_and_nothing_of_what_two_said(as_person, world):
    pages = {
        key: as_person("ingrid").get(f"/tenders/{tender(key).reference}/").content.decode()
        for key in ("youth", "migraine", "carers", "building")
    }
    shown = {key: page.partition('id="h-hours"')[2].partition("</section>")[0] for key, page in pages.items()}
    assert "38 svar" in shown["youth"] and "5 svar" in shown["migraine"] and not shown["building"]
    assert "Færre enn fem har svart" in shown["carers"] and "2 svar" not in shown["carers"]
