"""The next estimate learns from ended tenders in which five or more have answered."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import JournalEntry
from suppliers.commands.tell_hours_spent import tell_hours_spent
from suppliers.queries.hours import hours_to_learn
from suppliers.tasks import learn_hours
from tenders.models import HoursTaken, Tender
from tenders.phases import TenderPhase
from tenders.queries.hours import hours_learned, hours_taken_in
from tests.stages_made import handed_in, open_together, stage_of
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db
IDEA = Tender.Procedure.IDEA_COMPETITION


def told(ingrid, arne, *answers, phase=TenderPhase.CONCLUDED):
    """A tender in this phase in which so many have answered."""
    tender = announced(ingrid, arne)
    rows = handed_in(tender, len(answers))
    opened = open_together(tender, ingrid, arne)
    for row, lowest in zip(rows, answers, strict=True):
        tell_hours_spent(submission_id=row.pk, lowest=lowest, by=row.started_by, at=opened.opened_at + timedelta(days=1))
    Tender.objects.filter(pk=tender.pk).update(phase=phase)
    return tender


@pytest.mark.engine
def test_what_five_said_of_an_ended_tender_is_kept_and_kept_anew_when_it_changes(ingrid, arne):
    tender = told(ingrid, arne, 10, 10, 10, 10, 10)
    learn_hours()
    learn_hours()
    row = HoursTaken.objects.get()
    assert (row.stage, row.hours) == (stage_of(tender), 15)
    line = JournalEntry.objects.get(event="tenders.hours_learned")
    assert line.stream == f"tender:{tender.pk}" and line.facts == {"no": 1}
    for own in tender.stages.get(no=1).submissions.all()[:3]:
        tell_hours_spent(submission_id=own.pk, lowest=40, by=own.started_by, at=row.learned_at)
    learn_hours()
    row.refresh_from_db()
    assert row.hours == 47 and hours_learned(IDEA) == 47
    with transaction.atomic(), pytest.raises(IntegrityError):
        HoursTaken.objects.update(hours=0)


@pytest.mark.parametrize(
    ("answers", "phase"), [(4, TenderPhase.CONCLUDED), (5, TenderPhase.ANNOUNCED), (5, TenderPhase.CANCELLED), (0, TenderPhase.CLOSED)]
)
def test_nothing_is_learned_of_four_or_of_what_has_not_ended(ingrid, arne, answers, phase):
    told(ingrid, arne, *(10,) * answers, phase=phase)
    assert hours_to_learn() == [] and hours_learned(IDEA) is None


def test_the_tender_in_the_middle_counts_among_those_of_the_same_procedure(ingrid, arne):
    for lowest in (5, 20, 40):
        told(ingrid, arne, *(lowest,) * 5, phase=TenderPhase.CLOSED)
    with CaptureQueriesContext(connection) as asked:
        assert len(hours_to_learn()) == 3
    assert len(asked) == 2
    learn_hours()
    assert sorted(row.hours for row in hours_taken_in(IDEA)) == [8, 30, 60]
    assert hours_learned(IDEA) == 30 and hours_learned(Tender.Procedure.SMALL_TENDER) is None
