"""The next estimate learns from ended tenders in which five or more have answered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import JournalEntry
from suppliers.commands.tell_hours_spent import tell_hours_spent
from suppliers.queries.hours import hours_to_learn
from suppliers.tasks import learn_hours
from tenders.commands.copy_tender import copy_tender
from tenders.documents import announcement_content
from tenders.models import HoursTaken, Tender
from tenders.phases import TenderPhase
from tenders.queries.hours import Experience, experience_of, hours_taken_in
from tenders.threshold.effort import effort_of
from tests.conftest import NOON
from tests.stages_made import handed_in, open_together, stage_of
from tests.tenders_made import announced, describe
from tests.thresholds_made import demand

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
    # 4.25 h of reading and writing were estimated, and 0.5 for the rest: 46.5 / 4.25
    assert (row.hours, row.factor) == (47, Decimal("10.94")) and experience_of(IDEA) == Experience(Decimal("10.94"), 1)
    with transaction.atomic(), pytest.raises(IntegrityError):
        HoursTaken.objects.update(hours=0)


@pytest.mark.parametrize(
    ("answers", "phase"), [(4, TenderPhase.CONCLUDED), (5, TenderPhase.ANNOUNCED), (5, TenderPhase.CANCELLED), (0, TenderPhase.CLOSED)]
)
def test_nothing_is_learned_of_four_or_of_what_has_not_ended(ingrid, arne, answers, phase):
    told(ingrid, arne, *(10,) * answers, phase=phase)
    assert hours_to_learn() == [] and experience_of(IDEA) is None


def test_the_tender_in_the_middle_counts_among_those_of_the_same_procedure(ingrid, arne):
    for lowest in (5, 20, 40):
        told(ingrid, arne, *(lowest,) * 5, phase=TenderPhase.CLOSED)
    with CaptureQueriesContext(connection) as asked:
        assert len(hours_to_learn()) == 3
    assert len(asked) == 2
    learn_hours()
    assert sorted(row.hours for row in hours_taken_in(IDEA)) == [8, 30, 60]
    # 29.5 / 4.25
    assert experience_of(IDEA) == Experience(Decimal("6.94"), 3) and experience_of(Tender.Procedure.SMALL_TENDER) is None


def test_the_next_tender_counts_with_what_was_learned_and_one_that_is_begun_stays(ingrid, arne):
    """4.25 h of reading and writing and 0.5 h besides were estimated, and 8 h taken: 7.5 / 4.25 = 1.76 times. 4.25 x 0.76 = 3.23, to the
    quarter 3.25 more: 8 h in all. A meeting takes its 4 h all the same."""
    begun = describe(ingrid)
    told(ingrid, arne, *(5,) * 5)
    learn_hours()
    following = describe(ingrid)
    effort = effort_of(announcement_content(following))
    assert (following.effort_factor, following.effort_tenders) == (Decimal("1.76"), 1)
    hours = (effort.text_hours, effort.other_hours, effort.hours, effort.lines[-1].hours)
    assert hours == (
        Decimal("4.25"),
        Decimal("0.5"),
        8,
        Decimal("3.25"),
    )
    copied = copy_tender(origin_id=begun.pk, name="Kopi", unit=begun.unit, by=ingrid, at=NOON)
    begun.refresh_from_db()
    assert begun.effort_factor is None and copied.effort_factor == Decimal("1.76")
    assert effort_of(announcement_content(begun)).hours == Decimal("4.75")
    demand(following, ingrid, kind="meeting")
    assert effort_of(announcement_content(following)).hours == 12
    with transaction.atomic(), pytest.raises(IntegrityError, match="effort_factor_has_its_tenders"):
        Tender.objects.update(effort_factor=None)
