"""What failed, how the deadline moved and why stand in the protocol of the opening; and a stage by invitation can be given more time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import JournalEntry, User
from accounts.wording import deadline, moment
from evaluation import queries
from evaluation.documents.opening import opening_protocol
from evaluation.opening_words import protocol_facts
from letters.models import Letter
from tenders.queries.amendments import amendments_in
from tests.amendments_made import amended
from tests.conftest import NOON
from tests.settled_made import cast_of, first_stage_settled, stage_no
from tests.stages_made import handed_in, open_together, stage_of
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db
BROKEN = "Innsendingen var nede fordi lageret for filer var fullt."


@pytest.fixture
def failed(ingrid, arne):
    """A tender whose portal was down in the morning of the last day but one, and got a week more."""
    tender = announced(ingrid, arne)
    handed_in(tender, 2)
    old = stage_of(tender).closes_at
    at, new = old - timedelta(days=1), old + timedelta(days=7)
    period = (at - timedelta(hours=3), at - timedelta(hours=1))
    amended(tender, ingrid, arne, at, kind="failure", reason=BROKEN, material=False, values={"closes_at": new}, failed=period)
    return tender, period, old, new


def test_the_incident_is_in_the_journal_and_everybody_is_told(failed):
    tender, period, _old, new = failed
    told = JournalEntry.objects.get(event="tenders.amendment_announced")
    assert told.facts["kind"] == "failure" and told.reason == BROKEN
    assert [told.facts["failed_from"][:16], told.facts["failed_until"][:16]] == [f"{at:%Y-%m-%dT%H:%M}" for at in period]
    assert stage_of(tender).closes_at == new
    assert all(BROKEN in letter.body for letter in Letter.objects.filter(batch__kind="amendment"))
    assert Letter.objects.filter(batch__kind="amendment").count() == 2


def test_the_protocol_says_what_failed_and_how_the_deadline_moved(failed, ingrid, arne, client):
    tender, period, old, new = failed
    stage = open_together(tender, ingrid, arne)
    [fact] = [one for one in protocol_facts(stage, queries.opening_of(stage), [], list(amendments_in(stage))) if "Amendment" in one.label]
    assert fact.label == "Amendment 1, technical failure"
    assert fact.note == (
        f"It failed from {moment(period[0])} until {moment(period[1])}."
        f" The deadline was moved from {deadline(old)} to {deadline(new)}. {BROKEN}"
    )
    assert BROKEN in opening_protocol(stage, [])
    page = client.get(reverse("evaluation:opening", args=[tender.reference]), headers={"accept-language": "en"}).content.decode()
    assert BROKEN in page and "Amendment 1, technical failure" in page


def test_a_tender_that_was_not_amended_has_no_such_line(ingrid, arne):
    tender = announced(ingrid, arne)
    stage = open_together(tender, ingrid, arne)
    assert not [one for one in protocol_facts(stage, queries.opening_of(stage), [], list(amendments_in(stage))) if "Amendment" in one.label]


def test_a_stage_by_invitation_gets_more_time_too(ingrid, arne, with_role):
    tender = announced(ingrid, arne)
    first_stage_settled(tender, cast_of(ingrid, arne, with_role), count=4)
    second = stage_no(tender, 2)
    User.objects.update(language="en")
    new = second.closes_at + timedelta(days=7)
    amendment = amended(
        tender, ingrid, arne, second.opens_at + timedelta(days=2), kind="deadline", material=False, values={"closes_at": new}
    )
    assert (amendment.stage, stage_no(tender, 2).closes_at) == (second, new)
    assert stage_no(tender, 1).closes_at < second.closes_at
    assert amendment.announced_at > NOON
