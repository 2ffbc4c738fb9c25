"""What `@command` promises of every step."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction

from accounts import journal
from accounts.command import command
from accounts.models import JournalEntry, RoleGrant, Unit
from accounts.refused import Refused
from accounts.roles import Role
from tests.conftest import NOON


@command
def rename_unit(*, unit, name, by, at):
    """Rename a unit, and refuse the name «no»."""
    Unit.objects.filter(pk=unit.pk).update(name=name)
    journal.record("accounts.unit_renamed", by=by, at=at, stream="test", about=[unit])
    if name == "no":
        raise Refused("That is not a name.")


@command
def rename_twice(*, unit, by, at):
    """One command inside another."""
    rename_unit(unit=unit, name="first", by=by, at=at)
    rename_unit(unit=unit, name="no", by=by, at=at)


def test_a_refusal_takes_everything_back_and_is_journalled_on_the_askers_stream(directorate, sara):
    with pytest.raises(Refused, match="That is not a name."):
        rename_unit(unit=directorate, name="no", by=sara, at=NOON)
    assert Unit.objects.get(pk=directorate.pk).name == "Arbeids- og velferdsdirektoratet"
    assert not JournalEntry.objects.filter(stream="test").exists()
    entry = JournalEntry.objects.get()
    assert (entry.stream, entry.event, entry.reason) == (f"user:{sara.pk}", "refused.tests.rename_unit", "That is not a name.")


def test_a_refusal_inside_another_command_is_journalled_once_and_takes_both_back(directorate, sara):
    with pytest.raises(Refused):
        rename_twice(unit=directorate, by=sara, at=NOON)
    assert Unit.objects.get(pk=directorate.pk).name == "Arbeids- og velferdsdirektoratet"
    assert JournalEntry.objects.get().event == "refused.tests.rename_unit"


def test_the_same_refusal_again_within_a_minute_is_not_noted_twice(directorate, sara):
    for seconds in (0, 30, 59, 61):
        with pytest.raises(Refused):
            rename_unit(unit=directorate, name="no", by=sara, at=NOON + timedelta(seconds=seconds))
    assert JournalEntry.objects.count() == 2


def test_a_broken_constraint_speaks_its_own_sentence(admin, sara, directorate):
    @command
    def give_to_oneself(*, by, at):
        """Go round the policy, so that the database has the last word."""
        RoleGrant.objects.create(user=by, role=Role.OFFICER, unit=directorate, granted_at=at, granted_by=by)

    with pytest.raises(Refused, match="You can't give yourself a role. Ask another administrator."):
        give_to_oneself(by=sara, at=NOON)


def test_a_constraint_without_a_sentence_is_a_fault(sara):
    @command
    def break_something(*, by, at):
        """Break a constraint that has no words for people."""
        raise IntegrityError("some other constraint")

    with pytest.raises(IntegrityError):
        break_something(by=sara, at=NOON)


def fail_with(code, times):
    left = [times]

    @command
    def fail(*, by, at):
        """Fail a number of times as PostgreSQL would."""
        if left[0]:
            left[0] -= 1
            error = OperationalError("from the database")
            error.__cause__ = type("Cause", (Exception,), {"pgcode": code})()
            raise error
        return "done"

    return fail


def test_a_deadlock_is_tried_three_times(sara):
    assert fail_with("40P01", 2)(by=sara, at=NOON) == "done"
    with pytest.raises(OperationalError):
        fail_with("40P01", 3)(by=sara, at=NOON)


def test_a_lock_that_is_held_too_long_is_a_refusal(sara):
    with pytest.raises(Refused, match="Somebody else is working on the same thing. Try again in a moment."):
        fail_with("55P03", 1)(by=sara, at=NOON)


@pytest.mark.parametrize(
    "bad",
    [
        lambda: command(lambda unit, by, at: None),
        lambda: command(lambda *, by: None),
        lambda: command(lambda *, by, at: None),
    ],
)
def test_a_function_of_another_shape_is_not_a_command(bad):
    with pytest.raises(TypeError, match="not shaped as a command"):
        bad()


def test_the_journal_shares_the_transaction(sara, django_db_blocker):
    assert transaction.get_connection().in_atomic_block
    with pytest.raises(ZeroDivisionError):
        _record_and_crash(by=sara, at=NOON)
    assert not JournalEntry.objects.exists()


@command
def _record_and_crash(*, by, at):
    """A fault after the line was written."""
    journal.record("accounts.something_done", by=by, at=at, stream="test")
    raise ZeroDivisionError
