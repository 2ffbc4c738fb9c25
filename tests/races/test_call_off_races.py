"""Call-offs announced at the same moment on PostgreSQL: together they are never more than the framework's highest value.

A short round every day; NYVEI_RACE_ROUNDS=50 for a long series.
"""

import os

import pytest
from django.db import IntegrityError, transaction

from accounts.refused import Refused
from contracts.commands.announce_call_off import announce_call_off
from contracts.queries.frameworks import left_of
from suppliers.models import StageInvitation
from tenders.models import Budget
from tests.contracts_made import parties
from tests.frameworks_made import call_off_proposed, everybody_in, framework_running, running_from
from tests.races.at_once import at_once
from tests.settled_made import cast_of
from tests.tenders_made import hash_seen

ROUNDS = int(os.environ.get("NYVEI_RACE_ROUNDS", "2"))
CALL_OFFS = 5

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def nav(ingrid, arne, with_role):
    return parties(ingrid, arne, with_role)


@pytest.fixture
def framework(nav, with_role):
    """A million kroner, with three suppliers."""
    return framework_running(cast_of(nav.ingrid, nav.arne, with_role), nav)


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_call_offs_announced_at_once_stay_within_the_highest_value(framework, nav, round_no):
    """Five of 300 000 kroner against a million: three are announced, each once though it is pressed twice."""
    at = running_from(framework)
    tenders = [call_off_proposed(framework, nav, 300_000) for _ in range(CALL_OFFS)]
    invited = everybody_in(framework, at)
    given = at_once(
        [
            lambda tender=tender: announce_call_off(
                tender_id=tender.pk, content_hash=hash_seen(tender), invited=invited, by=nav.arne, at=at
            )
            for tender in tenders * 2
        ]
    )
    assert sum(one is None for one in given) == 3
    assert sum(isinstance(one, Refused) for one in given) == 2 * CALL_OFFS - 3
    assert left_of(framework) == 100_000
    assert StageInvitation.objects.count() == 3 * len(invited)


def test_the_constraint_has_the_last_word(framework):
    with pytest.raises(IntegrityError, match="budget_planned_within_amount"), transaction.atomic():
        Budget.objects.filter(tender=framework).update(planned=1_000_001)
