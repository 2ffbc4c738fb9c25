"""The time machine knows the end of a standstill, and the deadline of the stage after it."""

from datetime import timedelta

import pytest

from demo import queries
from tests.settled_made import answered, cast_of, first_stage_opened, judged, settled, settling_moment, stage_no
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db


def test_the_end_of_the_standstill_and_then_the_next_deadline(ingrid, arne, with_role):
    cast, tender = cast_of(ingrid, arne, with_role), announced(ingrid, arne)
    stage = judged(first_stage_opened(tender, cast, count=1), cast)
    opened = stage.opened_at
    assert queries.milestones_after(opened) == []
    stage = answered(stage, cast)
    [ends] = queries.milestones_after(opened + timedelta(days=20))
    assert (ends.kind, ends.reference) == (queries.Kind.STANDSTILL_ENDS, tender.reference)
    assert ends.at <= settling_moment(stage) < ends.at + timedelta(days=1)
    settled(stage, ingrid, arne)
    second = stage_no(tender, 2)
    coming = queries.milestones_after(second.opens_at)
    assert [one.kind for one in coming] == [queries.Kind.CLOSES, queries.Kind.MAY_BE_OPENED]
