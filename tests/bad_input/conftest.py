"""The world with a sketch under way and an application that is being written. Built once; every test is taken back."""

import copy
import logging
from datetime import timedelta

import pytest
from django.db import transaction

from accounts import clock
from suppliers.commands.take_back_submission import take_back_submission
from tests.bad_input.sending import Desk
from tests.conftest import NOON
from tests.suppliers_made import started
from tests.world import World, build_world


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker) -> World:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(clock, "now", lambda: NOON)
        patch.setattr(logging.getLogger("django.request"), "disabled", True)
        patch.setattr(logging.getLogger("django.security"), "disabled", True)
        made = build_world()
        take_back_submission(submission_id=made.own["open"].pk, by=made.member, at=NOON - timedelta(hours=1))
        started(made.organisation, made.member, at=NOON - timedelta(hours=1))
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def everybody(world) -> Desk:
    return Desk(world)


@pytest.fixture
def desk(everybody, db) -> Desk:
    """Everybody is logged in as when the file began."""
    cookies = {persona: copy.deepcopy(client.cookies) for persona, client in everybody.clients.items()}
    yield everybody
    for persona, client in everybody.clients.items():
        client.cookies = cookies[persona]
