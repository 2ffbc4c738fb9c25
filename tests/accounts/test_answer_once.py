"""A form that is sent twice counts once."""

import uuid

import pytest

from accounts.commands.answer_once import answer_once
from accounts.models import FormToken
from accounts.refused import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.engine


def test_the_same_token_gives_the_first_answer(sara):
    token, done = uuid.uuid4(), []
    answers = {answer_once(token=token, act=lambda: done.append(1) or f"/{len(done)}/", by=sara, at=NOON) for _ in range(3)}
    assert (answers, len(done)) == ({"/1/"}, 1)


def test_a_refused_form_can_be_mended_and_sent_again(sara):
    token = uuid.uuid4()

    def refuse():
        raise Refused("Not yet.")

    with pytest.raises(Refused, match="Not yet."):
        answer_once(token=token, act=refuse, by=sara, at=NOON)
    assert not FormToken.objects.exists()
    assert answer_once(token=token, act=lambda: "/there/", by=sara, at=NOON) == "/there/"


def test_somebody_elses_token_is_refused(sara, sindre):
    token = uuid.uuid4()
    answer_once(token=token, act=lambda: "/hers/", by=sara, at=NOON)
    with pytest.raises(Refused, match="This form belongs to somebody else. Open the page again."):
        answer_once(token=token, act=lambda: "/his/", by=sindre, at=NOON)
