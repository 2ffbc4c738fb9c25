"""Two clicks at once on how many hours it took, and a click against a withdrawal, on PostgreSQL."""

import os

import pytest

from accounts.refused import Refused
from suppliers.commands.tell_hours_spent import tell_hours_spent
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.models import HoursSpent
from tests.conftest import NOON
from tests.races.at_once import at_once
from tests.submissions_made import LATER, submitted
from tests.suppliers_made import joined, registered
from tests.tenders_made import announced

ROUNDS = int(os.environ.get("NYVEI_RACE_ROUNDS", "2"))
pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def own(sara, sindre, ingrid, arne):
    organisation = registered(sara)
    joined(sindre, organisation, NOON)
    return submitted(sara, organisation, announced(ingrid, arne)).version.submission


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_two_colleagues_answer_at_once_and_it_counts_once(own, sara, sindre, round_no):
    def tell(who, lowest):
        return lambda: tell_hours_spent(submission_id=own.pk, lowest=lowest, by=who, at=LATER)

    answers = at_once([tell(sara, 5), tell(sindre, 40), tell(sara, 10), tell(sindre, 20)])
    assert answers == [None] * 4
    assert HoursSpent.objects.get().lowest in {5, 10, 20, 40}


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_an_answer_never_outlives_a_withdrawal(own, sara, round_no):
    tell, withdraw = at_once(
        [
            lambda: tell_hours_spent(submission_id=own.pk, lowest=5, by=sara, at=LATER),
            lambda: withdraw_submission(submission_id=own.pk, by=sara, at=LATER),
        ]
    )
    assert withdraw is None and (tell is None or isinstance(tell, Refused))
    assert not HoursSpent.objects.exists()
