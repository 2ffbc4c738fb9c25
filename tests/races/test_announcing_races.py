"""Announcing raced on PostgreSQL: those who follow a theme are told once."""

import os

import pytest

from accounts.refused import Refused
from letters.models import Letter
from tenders.commands.announce_tender import announce_tender
from tenders.commands.follow_theme import follow_theme
from tenders.models import ThemeFollower
from tests.conftest import NOON
from tests.races.at_once import at_once
from tests.tenders_made import hash_seen, proposed

ROUNDS = int(os.environ.get("NYVEI_RACE_ROUNDS", "3"))

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_announced_many_times_at_once_everybody_is_told_once(ingrid, arne, sara, sindre, round_no):
    for person in (sara, sindre):
        follow_theme(group="young", county=None, organisation=None, by=person, at=NOON)
        follow_theme(group="", county=None, organisation=None, by=person, at=NOON)
    tender = proposed(ingrid, arne)
    seen = hash_seen(tender)
    given = at_once([lambda: announce_tender(tender_id=tender.pk, content_hash=seen, by=arne, at=NOON)] * 4)
    assert sum(isinstance(one, Refused) for one in given) == 3
    assert sorted(Letter.objects.filter(batch__kind="theme").values_list("user__name", flat=True)) == ["Sara Nilsen", "Sindre Haug"]


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_followed_many_times_at_once_it_is_followed_once(sara, round_no):
    given = at_once([lambda: follow_theme(group="young", county=None, organisation=None, by=sara, at=NOON)] * 4)
    assert given == [None] * 4 and ThemeFollower.objects.count() == 1
