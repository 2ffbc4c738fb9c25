"""How many hours it took: asked in one click, told to Nav as a figure of five or more after the opening, and never by name."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import JournalEntry, Membership, User
from accounts.refused import Refused
from letters.models import Letter
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.tell_hours_spent import tell_hours_spent
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.hour_bands import BANDS, Band, HoursFigure, band_from
from suppliers.models import HoursSpent
from suppliers.queries.hours import hours_in
from tenders.models import Stage
from tenders.phases import StagePhase
from tests.conftest import NOON
from tests.forms_on_pages import form_to
from tests.pages import masked
from tests.stages_made import drafted, firm, handed_in, open_together, stage_of
from tests.tenders_made import announced

AFTER = NOON + timedelta(days=6)
pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


def tell(submission, lowest, at=AFTER, by=None):
    tell_hours_spent(submission_id=submission.pk, lowest=lowest, by=by or submission.started_by, at=at)


def bands(*lowest):
    return [band_from(one) for one in lowest]


@pytest.mark.parametrize(
    ("answers", "middle", "half"),
    [
        ((10,) * 5, 15, Band(10, 20)),
        ((0, 5, 10, 20, 80), 15, Band(5, 40)),
        ((80,) * 6, 120, Band(80, None)),
        ((0,) * 9, 3, Band(0, 5)),
        ((5, 5, 5, 5, 40, 40, 40, 40), 10, Band(5, 80)),
    ],
)
def test_five_or_more_give_the_middle_and_the_middle_half(answers, middle, half):
    assert HoursFigure.of(bands(*answers)) == HoursFigure(len(answers), middle, half)
    assert HoursFigure.of(list(reversed(bands(*answers)))) == HoursFigure.of(bands(*answers))


@pytest.mark.parametrize("count", range(5))
def test_fewer_than_five_give_nothing(count):
    assert HoursFigure.of(bands(*(10,) * count)) is None


def test_the_bands_follow_each_other_without_gaps():
    assert BANDS[0].lowest == 0 and BANDS[-1].below is None
    assert [band.below for band in BANDS[:-1]] == [band.lowest for band in BANDS[1:]]


@pytest.mark.engine
def test_an_answer_is_kept_changed_and_taken_back_without_a_word_to_the_buyer(tender):
    [own] = handed_in(tender, 1)
    lines = JournalEntry.objects.filter(stream=f"tender:{tender.pk}").count()
    tell(own, 10)
    tell(own, 80, at=AFTER + timedelta(hours=1))
    row = HoursSpent.objects.get()
    assert (row.submission, row.band, row.told_by, row.told_at) == (own, Band(80, None), own.started_by, AFTER + timedelta(hours=1))
    tell(own, None, at=AFTER + timedelta(hours=2))
    assert not HoursSpent.objects.exists()
    told = JournalEntry.objects.filter(event__startswith="suppliers.hours").order_by("seq")
    assert [line.event for line in told] == ["suppliers.hours_told", "suppliers.hours_told", "suppliers.hours_taken_back"]
    assert {line.stream for line in told} == {f"organisation:{own.organisation_id}"}
    assert [line.facts for line in told] == [{"stage": str(own.stage_id)}] * 3
    assert JournalEntry.objects.filter(stream=f"tender:{tender.pk}").count() == lines


@pytest.mark.engine
@pytest.mark.parametrize("changes", [{"below": 10}, {"below": 5}])
def test_the_database_holds_one_whole_answer_for_each(tender, changes):
    [own] = handed_in(tender, 1)
    tell(own, 10)
    row = HoursSpent.objects.get()
    with transaction.atomic(), pytest.raises(IntegrityError):
        HoursSpent.objects.filter(pk=row.pk).update(**changes)
    with transaction.atomic(), pytest.raises(IntegrityError):
        HoursSpent.objects.create(submission=own, lowest=0, below=5, told_at=AFTER, told_by=own.started_by)


def test_only_those_who_act_for_the_organisation_tell(tender, ingrid):
    own, other = handed_in(tender, 2)
    for stranger in (other.started_by, ingrid):
        with pytest.raises(Refused, match="Only those who act for the organisation can write for it"):
            tell(own, 10, by=stranger)
    contributor, _organisation = firm(4)
    Membership.objects.create(organisation=own.organisation, user=contributor, part=Membership.Part.CONTRIBUTOR, joined_at=NOON)
    tell(own, 10, by=contributor)
    assert HoursSpent.objects.get().told_by == contributor


def test_what_is_no_answer_is_refused(tender):
    [own] = handed_in(tender, 1)
    for lowest in (-1, 7, 1000):
        with pytest.raises(Refused, match="Choose one of the answers"):
            tell(own, lowest)
    assert not HoursSpent.objects.exists()


def test_nobody_is_asked_about_what_is_not_handed_in_or_never_opened(tender):
    [own] = handed_in(tender, 1)
    not_asked = "The sketch is not handed in, so we do not ask how many hours it took"
    with pytest.raises(Refused, match=not_asked):
        tell(drafted(tender, 3), 10)
    Stage.objects.filter(pk=own.stage_id).update(phase=StagePhase.CANCELLED)
    with pytest.raises(Refused, match="The tender was cancelled before anything was opened, so we do not ask how many hours it took"):
        tell(own, 10)
    Stage.objects.filter(pk=own.stage_id).update(phase=StagePhase.ANNOUNCED)
    tell(own, 10)
    take_back_submission(submission_id=own.pk, by=own.started_by, at=AFTER)
    with pytest.raises(Refused, match=not_asked):
        tell(own, 20)
    assert HoursSpent.objects.get().band == Band(10, 20)


def test_withdrawn_the_answer_is_gone(tender):
    [own] = handed_in(tender, 1)
    tell(own, 10)
    withdraw_submission(submission_id=own.pk, by=own.started_by, at=AFTER)
    assert not HoursSpent.objects.exists()
    with pytest.raises(Refused, match="The sketch is not handed in, so we do not ask how many hours it took"):
        tell(own, 10)


def test_nav_is_told_nothing_before_the_opening_and_nothing_of_four_after_it(tender, ingrid, arne):
    rows = handed_in(tender, 6)
    for row in rows:
        tell(row, 10)
    tell(rows[5], None)
    assert hours_in([stage_of(tender)]) == {}
    stage = open_together(tender, ingrid, arne)
    later = stage.opened_at + timedelta(days=40)
    assert hours_in([stage]) == {stage.pk: HoursFigure(5, 15, Band(10, 20))}
    tell(rows[0], 40, at=later)
    tell(rows[0], 20, at=later)
    assert hours_in([stage])[stage.pk] == HoursFigure(5, 16, Band(10, 20))
    tell(rows[0], None, at=later)
    assert hours_in([stage]) == {stage.pk: None}
    with CaptureQueriesContext(connection) as asked:
        hours_in(list(tender.stages.all()))
    assert len(asked) == 2


def receipt_of(tender):
    return reverse("suppliers:receipt", args=[tender.reference, 1])


def test_the_receipt_asks_in_one_click_and_lets_one_change_it(tender, client, clock_at):
    [own] = handed_in(tender, 1)
    clock_at(AFTER)
    User.objects.update(language="en")
    client.force_login(own.started_by)
    page = client.get(receipt_of(tender)).content.decode()
    assert "How many hours did you use?" in page and "it is no part of the evaluation" in page
    address = f"/tenders/{tender.reference}/stages/1/hours/?organisation={own.organisation.number}"
    form = form_to(page, address.replace("&", "&amp;"))
    labels = ["Under 5 hours", "5–9 hours", "10–19 hours", "20–39 hours", "40–79 hours", "80 hours or more"]
    assert [label in page for label in labels] == [True] * 6 and "Take the answer back" not in page
    sent = form.data | {"hours": "0"}
    assert client.post(address, sent).url == f"{receipt_of(tender)}#hours"
    # The same form again, with another button of it, is the first answer
    assert client.post(address, sent | {"hours": "80"}).url == f"{receipt_of(tender)}#hours"
    assert HoursSpent.objects.get().band == Band(0, 5)
    page = client.get(receipt_of(tender)).content.decode()
    assert "You have answered <b>Under 5 hours</b>" in page and page.count("Under 5 hours") == 1
    form = form_to(page, address)
    client.post(address, form.data | {"hours": "taken-back"})
    assert not HoursSpent.objects.exists()
    assert "You have answered" not in client.get(receipt_of(tender)).content.decode()


@pytest.mark.parametrize("said", ["", "7", "1e3", "\x00", "ti 😀", "9" * 100_000, None])
def test_bad_input_keeps_nothing_and_says_so(tender, client, clock_at, said):
    [own] = handed_in(tender, 1)
    tell(own, 10)
    clock_at(AFTER)
    User.objects.update(language="en")
    client.force_login(own.started_by)
    answer = client.post(f"/tenders/{tender.reference}/stages/1/hours/", {} if said is None else {"hours": said})
    assert answer.status_code in {400, 409} and HoursSpent.objects.get().band == Band(10, 20)
    if answer.status_code == 409:
        assert "Choose one of the answers, or take yours back." in answer.content.decode()


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example", ""])
def test_one_comes_back_to_a_page_of_ours(tender, client, clock_at, wish):
    [own] = handed_in(tender, 1)
    clock_at(AFTER)
    client.force_login(own.started_by)
    answer = client.post(f"/tenders/{tender.reference}/stages/1/hours/", {"hours": "5", "next": wish})
    assert answer.url == receipt_of(tender)


def test_a_receipt_that_no_longer_counts_asks_nothing(tender, client, clock_at):
    [own] = handed_in(tender, 1)
    withdraw_submission(submission_id=own.pk, by=own.started_by, at=AFTER)
    clock_at(AFTER)
    client.force_login(own.started_by)
    assert 'id="hours"' not in client.get(receipt_of(tender)).content.decode()


def test_the_mail_of_the_receipt_leads_to_the_question(tender):
    handed_in(tender, 1)
    letter = Letter.objects.get(batch__kind="receipt")
    assert "Hvis dere vil, kan dere si på kvitteringens side hvor mange timer dere brukte." in letter.body
    assert letter.address == receipt_of(tender)


def test_before_the_opening_the_buyer_sees_the_same_bytes_whether_anybody_answers(ingrid, arne, client, clock_at):
    seen = []
    for answer in (False, True):
        tender = announced(ingrid, arne)
        rows = handed_in(tender, 6)
        for row in rows if answer else []:
            tell(row, 10)
        clock_at(NOON + timedelta(days=8))
        pages = []
        for user in (ingrid, arne):
            client.force_login(user)
            for name in ("insight:tender", "insight:case_journal", "evaluation:opening", "evaluation:submissions"):
                pages.append(masked(client.get(reverse(name, args=[tender.reference]))).replace(tender.reference, "REF"))
        seen.append(pages)
    assert seen[0] == seen[1] and not [page for page in seen[1] if "Timer leverandørene brukte" in page]
