"""Alive says that the process answers; ready says what is wrong."""

import pytest
import redis
from django.db import OperationalError, connection
from django.test import override_settings

from accounts import clock
from insight import health
from letters import pdf


def test_alive_asks_the_database_nothing(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def told(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


@pytest.fixture
def pdf_works(monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: True)


@pytest.mark.usefixtures("pdf_works")
def test_ready_says_what_it_looked_at(client, db):
    status, said = told(client)
    assert (status, said["ready"]) == (200, True)
    assert set(said["checks"]) == {"database", "migrations", "pdf", "redis", "clock", "letters"}
    assert said["checks"]["migrations"]["says"] == "all applied"


@pytest.mark.usefixtures("pdf_works")
@pytest.mark.parametrize(("seconds", "status"), [(0.9, 200), (-0.9, 200), (1.1, 503), (-5.0, 503)])
def test_a_clock_far_from_the_databases_is_not_ready(client, db, monkeypatch, seconds, status):
    monkeypatch.setattr(clock, "seconds_from_database", lambda: seconds)
    assert told(client)[0] == status


@pytest.mark.usefixtures("pdf_works")
def test_the_clocks_are_really_compared(db):
    offset = clock.seconds_from_database()
    assert offset is None if connection.vendor != "postgresql" else abs(offset) < 1


def test_without_pango_it_is_not_ready_and_says_why(client, db, monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: False)
    status, said = told(client)
    assert status == 503 and "Pango is missing" in said["checks"]["pdf"]["says"]


@pytest.mark.usefixtures("pdf_works")
def test_redis_away_is_told_and_changes_nothing(client, db, monkeypatch):
    def away(*_args, **_kwargs):
        raise redis.ConnectionError

    monkeypatch.setattr(redis.Redis, "ping", away)
    with override_settings(CELERY_BROKER_URL="redis://localhost:1/0"):
        status, said = told(client)
    assert status == 200 and said["checks"]["redis"] == {"ok": False, "says": "ConnectionError", "required": False}


@pytest.mark.usefixtures("pdf_works")
def test_without_a_database_it_is_not_ready_and_does_not_fall_over(client, db, monkeypatch):
    def away():
        raise OperationalError("no such host as db.internal")

    with monkeypatch.context() as broken:
        broken.setattr(health.connection, "cursor", away, raising=False)
        status, said = told(client)
    assert status == 503 and said["checks"]["database"] == {"ok": False, "says": "OperationalError", "required": True}
    assert "migrations" not in said["checks"]


@pytest.mark.usefixtures("pdf_works")
def test_a_migration_that_is_not_applied_is_counted(client, db, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: [1, 2])
    status, said = told(client)
    assert status == 503 and said["checks"]["migrations"]["says"] == "2 to apply"
