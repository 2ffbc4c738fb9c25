"""The chain: it only grows, and a changed, missing or added line is named."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import journal
from accounts.commands.anchor_journal import anchor_journal
from accounts.models import Anchor, JournalEntry, JournalStream, User
from accounts.models.journal import OnlyGrows
from accounts.refused import Refused
from accounts.steps import take_step
from suppliers.models import Prequalification
from suppliers.phases import PREQUALIFICATION_STEPS, PrequalificationPhase
from tests.conftest import NOON

TABLE = JournalEntry._meta.db_table


@pytest.fixture
def lines(sara):
    return [
        journal.record("accounts.thing_done", by=sara, at=NOON + timedelta(minutes=no), stream="test", facts={"no": no}) for no in range(5)
    ]


def tamper(sql, params=()):
    """As somebody with the database in hand, past the trigger."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER journal_only_grows")
        cursor.execute(sql, params)
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER journal_only_grows")


@pytest.mark.engine
def test_a_whole_chain_is_whole(lines):
    assert [line.seq for line in lines] == [1, 2, 3, 4, 5]
    assert list(journal.broken_lines()) == []


@pytest.mark.engine
@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (f"UPDATE {TABLE} SET reason = 'other' WHERE seq = 3", [(3, "was changed")]),
        (f"UPDATE {TABLE} SET event = 'accounts.other' WHERE seq = 1", [(1, "was changed")]),
        (f"DELETE FROM {TABLE} WHERE seq = 2", [(2, "is missing")]),
        (f"DELETE FROM {TABLE} WHERE seq = 5", [(5, "is missing")]),
    ],
)
def test_a_changed_or_missing_line_is_named(lines, change, broken):
    tamper(change)
    assert [(line.seq, line.what) for line in journal.broken_lines()] == broken


def test_a_line_rewritten_with_its_hash_breaks_the_one_after_it(lines):
    third = JournalEntry.objects.get(stream="test", seq=3)
    third.reason = "other"
    tamper(f"UPDATE {TABLE} SET reason = 'other', hash = %s WHERE seq = 3", [journal.hash_of(third)])
    assert [(line.seq, line.what) for line in journal.broken_lines()] == [(4, "doesn't follow the line before it")]


def test_a_stream_that_lost_its_head_is_named(lines):
    JournalStream.objects.all().delete()
    assert {line.what for line in journal.broken_lines()} == {"belongs to no chain"}


@pytest.mark.engine
def test_the_model_refuses_to_change_or_delete(lines):
    for act in (
        lambda: lines[0].save(),
        lambda: lines[0].delete(),
        lambda: JournalEntry.objects.all().delete(),
        lambda: JournalEntry.objects.update(reason="x"),
    ):
        with pytest.raises(OnlyGrows):
            act()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="The second wall stands on PostgreSQL")
@pytest.mark.parametrize("sql", [f"UPDATE {TABLE} SET reason = 'x'", f"DELETE FROM {TABLE}"])
def test_the_database_refuses_too(lines, sql):
    with pytest.raises(DatabaseError, match="journal_only_grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="The second wall stands on PostgreSQL")
def test_a_phase_can_not_change_without_a_line(sara, sindre):
    row = application(sara)
    with pytest.raises(DatabaseError, match="phase_is_journalled"), transaction.atomic():
        Prequalification.objects.filter(pk=row.pk).update(phase="submitted")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def application(user):
    organisation = user.registered_organisations.create(number="312345678", name="Test", form="AS", registered_at=NOON)
    return Prequalification.objects.create(organisation=organisation, started_at=NOON, started_by=user)


@pytest.mark.engine
def test_a_step_checks_the_old_value(sara):
    row = application(sara)
    same_row = Prequalification.objects.get(pk=row.pk)
    step = {"steps": PREQUALIFICATION_STEPS, "event": "suppliers.prequalification_sent", "by": sara, "at": NOON, "stream": "test"}
    take_step(row, PrequalificationPhase.SUBMITTED, **step)
    with pytest.raises(Refused, match="Somebody else has just changed this. Look at the page again before you go on."):
        take_step(same_row, PrequalificationPhase.SUBMITTED, **step)
    assert JournalEntry.objects.filter(event="suppliers.prequalification_sent").count() == 1


def test_a_step_that_is_not_in_the_table_is_a_fault(sara):
    step = {"steps": PREQUALIFICATION_STEPS, "event": "x", "by": sara, "at": NOON, "stream": "test"}
    with pytest.raises(KeyError):
        take_step(application(sara), PrequalificationPhase.QUALIFIED, **step)


def test_many_lines_cost_the_same_as_one(sara, django_assert_num_queries):
    journal.record("accounts.thing_done", by=sara, at=NOON, stream="a")
    for count in (1, 300):
        lines = [journal.Line("accounts.thing_done", f"stream-{no}") for no in range(count)]
        with django_assert_num_queries(4):
            journal.record_many(lines, by=sara, at=NOON)


def test_an_anchor_a_day(lines):
    clock_person = User.clock()
    assert anchor_journal(by=clock_person, at=NOON) is not None
    assert anchor_journal(by=clock_person, at=NOON + timedelta(hours=2)) is None
    assert anchor_journal(by=clock_person, at=NOON + timedelta(days=1)) is not None
    assert Anchor.objects.count() == 2
    assert Anchor.objects.order_by("day").first().heads["test"][0] == 5


def test_facts_hold_no_text_of_people():
    """A line knows people by key only: the model has no field for a name or an address."""
    assert {field.name for field in JournalEntry._meta.fields} == {
        "id", "stream", "seq", "event", "actor_id", "actor_role", "reason", "facts", "about", "at", "recorded_at", "previous_hash", "hash",
    }  # fmt: skip
