"""What was handed in before a material amendment stays handed in, and is confirmed by those who sent it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import JournalEntry, Membership, User
from accounts.refused import Refused
from evaluation.commands.press_opening import press_opening
from suppliers.commands.confirm_submission import confirm_submission
from suppliers.commands.submit_submission import submit_submission
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.models import AmendmentConfirmation, Submission
from suppliers.queries import confirmations as queries
from tests.amendments_made import WHY, amended
from tests.conftest import NOON
from tests.forms_on_pages import form_to
from tests.pages import masked
from tests.panel_made import all_declared
from tests.stages_made import firm, handed_in, stage_of
from tests.submissions_made import LATER, submitted
from tests.suppliers_made import registered
from tests.tenders_made import announced

AFTER = LATER + timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


@pytest.fixture
def own(sara, tender):
    receipt = submitted(sara, registered(sara), tender)
    return Submission.objects.get(pk=receipt.version.submission_id)


def numbers(submission):
    return [one.no for one in queries.amendments_to_confirm(submission)]


@pytest.mark.engine
def test_confirmed_it_counts_as_it_stands(tender, own, sara, ingrid, arne):
    amended(tender, ingrid, arne, AFTER)
    own.refresh_from_db()
    assert own.phase == "submitted" and numbers(own) == [1]
    lines = JournalEntry.objects.filter(stream=f"tender:{tender.pk}").count()
    confirm_submission(submission_id=own.pk, through=1, by=sara, at=AFTER + timedelta(hours=1))
    assert numbers(own) == []
    row = AmendmentConfirmation.objects.get()
    assert (row.version.submission, row.amendment.no, row.confirmed_by, row.confirmed_at) == (own, 1, sara, AFTER + timedelta(hours=1))
    told = JournalEntry.objects.get(event="suppliers.submission_confirmed")
    assert told.stream == f"organisation:{own.organisation_id}" and told.facts["amendments"] == [1]
    assert JournalEntry.objects.filter(stream=f"tender:{tender.pk}").count() == lines
    with transaction.atomic(), pytest.raises(IntegrityError):
        AmendmentConfirmation.objects.create(version=row.version, amendment=row.amendment, confirmed_at=AFTER, confirmed_by=sara)


def test_what_is_not_material_or_came_before_asks_nothing(tender, own, sara, ingrid, arne):
    amended(tender, ingrid, arne, AFTER, material=False)
    assert numbers(own) == []
    other = submitted(*firm(2), tender, AFTER + MICROSECOND)
    assert numbers(other.version.submission) == []
    with pytest.raises(Refused, match="There is nothing more to confirm"):
        confirm_submission(submission_id=own.pk, through=1, by=sara, at=AFTER)


def test_only_what_was_read_is_confirmed(tender, own, sara, ingrid, arne):
    amended(tender, ingrid, arne, AFTER)
    amended(tender, ingrid, arne, AFTER + timedelta(hours=1), values={"summary": "Nytt"})
    confirm_submission(submission_id=own.pk, through=1, by=sara, at=AFTER + timedelta(hours=2))
    assert numbers(own) == [2]
    with pytest.raises(Refused, match="There is nothing more to confirm"):
        confirm_submission(submission_id=own.pk, through=1, by=sara, at=AFTER + timedelta(hours=2))


def test_changed_and_handed_in_again_nothing_is_asked(tender, own, sara, ingrid, arne):
    amended(tender, ingrid, arne, AFTER)
    take_back_submission(submission_id=own.pk, by=sara, at=AFTER)
    assert numbers(own) == []
    with pytest.raises(Refused, match="Nothing is handed in, so there is nothing to confirm"):
        confirm_submission(submission_id=own.pk, through=1, by=sara, at=AFTER)
    submit_submission(submission_id=own.pk, by=sara, at=AFTER + timedelta(hours=1))
    own.refresh_from_db()
    assert numbers(own) == []


def test_a_representative_confirms_until_the_deadline(tender, own, sara, sindre, ingrid, arne):
    amended(tender, ingrid, arne, AFTER)
    contributor = Membership.Part.CONTRIBUTOR
    Membership.objects.create(organisation=own.organisation, user=sindre, part=contributor, joined_at=NOON - timedelta(days=2))
    for stranger in (sindre, ingrid):
        with pytest.raises(Refused, match="Only a representative of the organisation can confirm"):
            confirm_submission(submission_id=own.pk, through=1, by=stranger, at=AFTER)
    closes_at = stage_of(tender).closes_at
    with pytest.raises(Refused, match="The deadline was"):
        confirm_submission(submission_id=own.pk, through=1, by=sara, at=closes_at)
    confirm_submission(submission_id=own.pk, through=1, by=sara, at=closes_at - MICROSECOND)


def page_of(tender, name="submission"):
    return reverse(f"suppliers:{name}", args=[tender.reference, 1])


def test_the_page_asks_and_my_work_leads_to_it(tender, own, sara, ingrid, arne, client, clock_at):
    amended(tender, ingrid, arne, AFTER)
    clock_at(AFTER + timedelta(hours=1))
    User.objects.update(language="en")
    client.force_login(sara)
    [row] = queries.waiting_for(sara, at=AFTER + timedelta(hours=1))
    assert (row.title, row.url, row.due_at) == ("Confirm the sketch, or change it", page_of(tender), stage_of(tender).closes_at)
    page = client.get(page_of(tender)).content.decode()
    assert "The tender was amended after you handed in" in page and WHY in page and "[put in: </span>tryggere" in page
    assert page_of(tender, "take_back") in page
    form = form_to(page, page_of(tender, "confirm_submission"))
    assert form.data["through"] == "1"
    assert client.post(form.action, form.data).url == page_of(tender)
    assert client.post(form.action, form.data).url == page_of(tender)
    page = client.get(page_of(tender)).content.decode()
    assert "It counts as it stands." in page and "The tender was amended after you handed in" not in page
    assert queries.waiting_for(sara, at=AFTER + timedelta(hours=1)) == []
    assert AmendmentConfirmation.objects.count() == 1
    assert client.post(form.action, {"through": "x"}).status_code == 409


def test_after_the_deadline_nothing_is_asked(tender, own, sara, ingrid, arne, client, clock_at):
    amended(tender, ingrid, arne, AFTER)
    at = stage_of(tender).closes_at
    clock_at(at)
    client.force_login(sara)
    assert page_of(tender, "confirm_submission") not in client.get(page_of(tender)).content.decode()
    assert queries.waiting_for(sara, at=at) == []


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_is_asked_for_with_the_same_statements(sara, ingrid, arne, count):
    organisation = registered(sara)
    for no in range(count):
        tender = announced(ingrid, arne, name=f"Sak {no}")
        submitted(sara, organisation, tender)
        amended(tender, ingrid, arne, AFTER)
        amended(tender, ingrid, arne, AFTER, values={"summary": "Nytt"})
    with CaptureQueriesContext(connection) as asked:
        rows = queries.waiting_for(sara, at=AFTER)
    assert (len(rows), len(asked)) == (count, 1)


def test_the_buyer_sees_the_same_bytes_whatever_they_do_and_the_marks_after_the_opening(ingrid, arne, client, clock_at):
    """One world with three who confirm, change and withdraw; one where nobody does anything."""
    seen = []
    for acts in (False, True):
        tender = announced(ingrid, arne)
        rows = handed_in(tender, 3) if acts else []
        amended(tender, ingrid, arne, NOON + timedelta(days=6))
        if acts:
            _all_act(rows)
        clock_at(NOON + timedelta(days=8))
        seen.append([bare(client, user, path, tender) for user in (ingrid, arne) for path in staff_paths(tender)])
    assert seen[0] == seen[1]


def _all_act(rows):
    at = NOON + timedelta(days=7)
    for row, act in zip(rows, ("confirm", "change", "withdraw"), strict=True):
        user = row.started_by
        if act == "confirm":
            confirm_submission(submission_id=row.pk, through=1, by=user, at=at)
        elif act == "change":
            take_back_submission(submission_id=row.pk, by=user, at=at)
        else:
            withdraw_submission(submission_id=row.pk, by=user, at=at)


def staff_paths(tender):
    names = (
        "insight:tender",
        "insight:case_journal",
        "tenders:amendments",
        "tenders:amend",
        "evaluation:opening",
        "evaluation:submissions",
    )
    return [*(reverse(name, args=[tender.reference]) for name in names)]


def bare(client, user, path, tender):
    client.force_login(user)
    return masked(client.get(path)).replace(tender.reference, "REF")


@pytest.mark.parametrize("count", [1, 3])
def test_after_the_opening_the_list_and_the_page_say_who_confirmed(tender, ingrid, arne, client, clock_at, count):
    rows = handed_in(tender, count)
    amended(tender, ingrid, arne, NOON + timedelta(days=6))
    confirm_submission(submission_id=rows[0].pk, through=1, by=rows[0].started_by, at=NOON + timedelta(days=7))
    stage = stage_of(tender)
    assert queries.marks_of(stage, [version for row in rows for version in row.versions.all()]) == {}
    at = stage.closes_at + timedelta(minutes=2)
    press_opening(stage_id=stage.pk, by=ingrid, at=at)
    press_opening(stage_id=stage.pk, by=arne, at=at + timedelta(seconds=20))
    all_declared(stage_of(tender), ingrid)
    clock_at(at + timedelta(hours=1))
    User.objects.update(language="en")
    client.force_login(ingrid)
    client.get(reverse("evaluation:submissions", args=[tender.reference]))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("evaluation:submissions", args=[tender.reference])).content.decode()
    assert page.count("Handed in before amendment 1, confirmed.") == 1
    assert page.count("Handed in before amendment 1, not confirmed.") == count - 1
    assert len(asked) == 66
    page = client.get(reverse("evaluation:submission", args=[tender.reference, rows[0].pk])).content.decode()
    assert "Handed in before amendment 1, confirmed." in page
