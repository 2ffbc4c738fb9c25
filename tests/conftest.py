"""The cast and the clock of the tests. People get their roles by the real commands."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django.plugin import blocking_manager_key

from accounts import clock
from accounts.commands.grant_role import grant_role
from accounts.commands.make_first_administrator import make_first_administrator
from accounts.models import Unit, User
from accounts.roles import Role

NOON = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)  # tirsdag 1. september 2026 kl. 12.00

# How fast this machine happens to be is no property of the code
settings.register_profile("nyvei", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("nyvei")


def pytest_collection_modifyitems(items):
    """Transactional tests empty every table; what migrations put there is put back before each of them."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            marker.kwargs["serialized_rollback"] = True
        elif "live_server" in item.fixturenames:
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """The same for whatever comes after it on this worker: files go to workers whole, so their order is not ours."""
    result = yield
    marker = item.get_closest_marker("django_db")
    contents = getattr(connection, "_test_serialized_contents", None)
    # After the last one the database itself is gone
    if nextitem and contents and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(contents)
    return result


def pytest_terminal_summary(terminalreporter):
    """What tests have counted, at the end of the run; from the workers too."""
    reports = [report for key in ("passed", "failed") for report in terminalreporter.stats.get(key, [])]
    counted = [value for report in reports for key, value in getattr(report, "user_properties", ()) if key == "counted"]
    if counted:
        terminalreporter.section("counted")
        for line in sorted(set(counted)):
            terminalreporter.write_line(line)


@pytest.fixture
def counted(request):
    """`counted("access matrix: 181 rows")` is told at the end of the run."""
    return lambda line: request.node.user_properties.append(("counted", line))


def make_person(name: str, *, language: str = "nb") -> User:
    """A signed-up person with a proven address. allauth's own work, so no command of ours."""
    user = User(email=f"{name.split()[0].lower()}@nyvei.example", name=name, language=language)
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture(autouse=True)
def clock_at(request, monkeypatch):
    """The clock stands at NOON; `clock_at(moment)` moves it. Marked `real_clock`, a test has the real one."""
    if "real_clock" in request.keywords:
        return None
    original = clock.now

    def stand_at(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    stand_at(NOON)
    stand_at.real = original
    return stand_at


@pytest.fixture(autouse=True)
def _english():
    """Sentences are tested in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def directorate(db) -> Unit:
    return Unit.objects.get(kind=Unit.Kind.DIRECTORATE)


@pytest.fixture
def admin(directorate) -> User:
    user = make_person("Admin Berg")
    make_first_administrator(email=user.email, by=User.clock(), at=NOON - timedelta(days=100))
    return user


@pytest.fixture
def with_role(admin, directorate):
    """`with_role("Ingrid Aas", Role.OFFICER)` is a person who holds the role in the directorate."""

    def make(name: str, role: Role, unit: Unit | None = None) -> User:
        user = make_person(name)
        grant_role(to=user, role=role, unit=unit or directorate, by=admin, at=NOON - timedelta(days=90))
        return user

    return make


@pytest.fixture
def ingrid(with_role) -> User:
    return with_role("Ingrid Aas", Role.OFFICER)


@pytest.fixture
def arne(with_role) -> User:
    return with_role("Arne Lie", Role.APPROVER)


@pytest.fixture
def per(with_role) -> User:
    return with_role("Per Moe", Role.REVIEWER)


@pytest.fixture
def ragnhild(with_role) -> User:
    return with_role("Ragnhild Vik", Role.AUDITOR)


@pytest.fixture
def sara(db) -> User:
    return make_person("Sara Nilsen")


@pytest.fixture
def sindre(db) -> User:
    return make_person("Sindre Haug")
