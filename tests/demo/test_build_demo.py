"""manage.py build_demo: builds when there is none, and says when the world is old."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts import journal
from accounts.models import User
from demo.management.commands import build_demo
from demo.queries import BUILT, built_at
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(monkeypatch):
    """How many times the world was built; building is tried for real in test_world."""
    times = []

    def build():
        times.append(NOON)
        with transaction.atomic():
            journal.record(BUILT, by=User.clock(), at=NOON, stream="demo")

    monkeypatch.setattr(build_demo, "build_world", build)
    return times


def told(**options):
    out = StringIO()
    call_command("build_demo", stdout=out, **options)
    return out.getvalue()


def test_a_missing_world_is_built_once(built):
    assert told(if_missing=True) == told(if_missing=True) == ""
    assert built == [NOON] and built_at() == NOON


def test_a_world_that_is_there_is_not_built_over(built):
    told()
    with pytest.raises(CommandError, match="There is a demo world already"):
        told()
    assert built == [NOON]


@pytest.mark.parametrize(("days", "says"), [(7, ""), (8, "The demo world is 8 days old")])
def test_an_old_world_says_so(built, clock_at, days, says):
    told()
    clock_at(NOON + timedelta(days=days))
    out = told(if_missing=True)
    assert out.startswith(says) and bool(out) == bool(says)
