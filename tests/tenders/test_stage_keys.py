"""The key of a stage, wrapped for the server."""

import uuid

import pytest

from tenders.sealing import SealBroken
from tenders.stage_keys import new_stage_key, private_key_of
from tests.conftest import NOON


def test_the_wrapped_key_opens_only_for_its_own_stage():
    key = new_stage_key(uuid.uuid4(), at=NOON)
    assert len(private_key_of(key)) == 32
    key.stage_id = uuid.uuid4()
    with pytest.raises(SealBroken):
        private_key_of(key)


def test_another_server_key_does_not_open_it(settings):
    key = new_stage_key(uuid.uuid4(), at=NOON)
    settings.SERVER_SEALING_KEY = b"x" * 32
    with pytest.raises(SealBroken):
        private_key_of(key)


def test_a_destroyed_key_is_gone():
    key = new_stage_key(uuid.uuid4(), at=NOON)
    key.wrapped_private = b""
    with pytest.raises(SealBroken):
        private_key_of(key)


def test_every_stage_gets_its_own():
    one, other = (new_stage_key(uuid.uuid4(), at=NOON) for _ in range(2))
    assert one.key_id != other.key_id
