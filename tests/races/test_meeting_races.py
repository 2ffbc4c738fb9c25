"""Signing up for a meeting raced on PostgreSQL: never more than there are places, and none that nobody has while somebody waits."""

import os
from datetime import timedelta

import pytest

from accounts.refused import Refused
from tenders.commands.join_meeting import join_meeting
from tenders.commands.leave_meeting import leave_meeting
from tenders.models import SignUp
from tests.conftest import NOON, make_person
from tests.market_made import in_dialogue, meeting
from tests.races.at_once import at_once

ROUNDS = int(os.environ.get("NYVEI_RACE_ROUNDS", "3"))
PLACES, COMERS = 3, 8

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def seats(held):
    return sorted(SignUp.objects.filter(meeting=held, seat__isnull=False).values_list("seat", flat=True))


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_many_at_once_get_the_places_there_are_and_the_rest_wait(ingrid, round_no):
    held = meeting(in_dialogue(ingrid), ingrid, places=PLACES)
    people = [make_person(f"Person{no} Vik") for no in range(COMERS)]
    given = at_once([lambda by=by: join_meeting(meeting_id=held.pk, organisation=None, persons=1, by=by, at=NOON) for by in people])
    assert all(isinstance(one, SignUp) for one in given)
    assert seats(held) == [1, 2, 3] and SignUp.objects.filter(meeting=held, seat=None).count() == COMERS - PLACES


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_the_same_person_many_times_at_once_signs_up_once(ingrid, sara, round_no):
    held = meeting(in_dialogue(ingrid), ingrid, places=PLACES)
    given = at_once([lambda: join_meeting(meeting_id=held.pk, organisation=None, persons=1, by=sara, at=NOON)] * 4)
    assert sum(isinstance(one, SignUp) for one in given) == 1 and sum(isinstance(one, Refused) for one in given) == 3


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_places_given_back_go_to_those_who_wait_while_others_come(ingrid, round_no):
    held = meeting(in_dialogue(ingrid), ingrid, places=PLACES)
    first = [make_person(f"Tidlig{no} Vik") for no in range(PLACES + 2)]
    for no, by in enumerate(first):
        join_meeting(meeting_id=held.pk, organisation=None, persons=1, by=by, at=NOON + timedelta(minutes=no))
    later = NOON + timedelta(hours=1)
    late = [make_person(f"Sen{no} Vik") for no in range(3)]
    leaves = [lambda by=by: leave_meeting(meeting_id=held.pk, organisation=None, by=by, at=later) for by in first[:2]]
    joins = [lambda by=by: join_meeting(meeting_id=held.pk, organisation=None, persons=1, by=by, at=later) for by in late]
    at_once([*leaves, *joins])
    assert seats(held) == [1, 2, 3]
    assert set(SignUp.objects.filter(meeting=held, seat__isnull=False).values_list("signed_up_by", flat=True)) == {
        by.pk for by in first[2:]
    }
