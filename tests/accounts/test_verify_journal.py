"""manage.py verify_journal: whole, or which line is not right."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import journal
from accounts.commands.anchor_journal import anchor_journal
from accounts.models import Anchor, JournalEntry, JournalStream, User
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
TABLE = JournalEntry._meta.db_table
HEADS = JournalStream._meta.db_table
ANCHORS = Anchor._meta.db_table


def by_hand(sql, params=()):
    """As somebody who has the database in hand and puts the trigger aside."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER journal_only_grows")
        cursor.execute(sql, params)
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER journal_only_grows")


def verified():
    """What the command writes, and whether it ends well."""
    out = StringIO()
    try:
        call_command("verify_journal", stdout=out)
    except CommandError as found:
        assert found.returncode == 1
        return out.getvalue().splitlines(), str(found)
    return out.getvalue().splitlines(), ""


@pytest.fixture
def lines(sara):
    """Two streams of five and three lines, anchored on the day."""
    made = [journal.record("accounts.thing_done", by=sara, at=NOON, stream="tender:a", facts={"no": no}) for no in range(5)]
    made += [journal.record("accounts.thing_done", by=sara, at=NOON, stream="tender:b", facts={"no": no}) for no in range(3)]
    anchor_journal(by=User.clock(), at=NOON)
    return made


def rewritten_from(seq, reason):
    """The chain of tender:a made anew from that line on, hashes, head and all."""
    previous = JournalEntry.objects.get(stream="tender:a", seq=seq).previous_hash
    for entry in JournalEntry.objects.filter(stream="tender:a", seq__gte=seq).order_by("seq"):
        entry.reason, entry.previous_hash = reason, previous
        previous = journal.hash_of(entry)
        by_hand(
            f"UPDATE {TABLE} SET reason = %s, previous_hash = %s, hash = %s WHERE id = %s",
            [reason, entry.previous_hash, previous, entry.pk.hex if connection.vendor == "sqlite" else entry.pk],
        )
    by_hand(f"UPDATE {HEADS} SET hash = %s WHERE name = 'tender:a'", [previous])


def test_a_whole_journal_is_whole(lines):
    assert verified() == (["3 streams, 9 lines, 1 anchors: whole."], "")


def test_an_empty_journal_is_whole(db):
    assert verified() == (["0 streams, 0 lines, 0 anchors: whole."], "")


def test_a_changed_line_is_named_with_stream_and_number(lines):
    by_hand(f"UPDATE {TABLE} SET reason = 'something else' WHERE stream = 'tender:a' AND seq = 2")
    assert verified() == (["tender:a line 2: was changed"], "3 streams, 9 lines, 1 anchors: not whole, 1 found.")


def test_a_deleted_line_is_named(lines):
    by_hand(f"DELETE FROM {TABLE} WHERE stream = 'tender:b' AND seq = 2")
    assert verified()[0] == ["tender:b line 2: is missing"]


def test_every_broken_line_is_named(lines):
    by_hand(f"DELETE FROM {TABLE} WHERE stream = 'tender:b' AND seq = 1")
    by_hand(f"UPDATE {TABLE} SET event = 'accounts.other' WHERE stream = 'tender:a' AND seq IN (1, 4)")
    found, summary = verified()
    assert found == ["tender:a line 1: was changed", "tender:a line 4: was changed", "tender:b line 1: is missing"]
    assert "3 found" in summary


def cut_tail():
    """The last two lines of tender:a gone, and the head set back so that the chain looks whole."""
    third = JournalEntry.objects.get(stream="tender:a", seq=3)
    by_hand(f"DELETE FROM {TABLE} WHERE stream = 'tender:a' AND seq > 3")
    by_hand(f"UPDATE {HEADS} SET seq = 3, hash = %s WHERE name = 'tender:a'", [third.hash])


def test_a_tail_that_was_cut_with_its_head_is_found_by_the_anchor(lines):
    cut_tail()
    assert list(journal.broken_lines()) == [], "the chain alone doesn't show it"
    assert verified()[0] == ["tender:a line 5: was anchored on 2026-09-01 and is missing"]


def test_a_tail_that_has_grown_again_after_the_cut_is_found_too(lines, sara):
    cut_tail()
    for _ in range(4):
        journal.record("accounts.nothing_happened", by=sara, at=NOON, stream="tender:a")
    assert list(journal.broken_lines()) == []
    assert verified()[0] == ["tender:a line 5: differs from what was anchored on 2026-09-01"]


def test_a_chain_that_was_rewritten_whole_is_found_by_the_anchor(lines):
    rewritten_from(3, "nothing to see")
    assert list(journal.broken_lines()) == []
    assert verified()[0] == ["tender:a line 5: differs from what was anchored on 2026-09-01"]


def test_a_stream_that_was_removed_whole_is_found_by_the_anchor(lines):
    by_hand(f"DELETE FROM {TABLE} WHERE stream = 'tender:b'")
    by_hand(f"DELETE FROM {HEADS} WHERE name = 'tender:b'")
    assert list(journal.broken_lines()) == []
    assert verified()[0] == ["tender:b line 3: was anchored on 2026-09-01 and is missing"]


def test_an_anchor_that_was_mended_to_fit_is_found_by_the_journal(lines):
    cut_tail()
    heads = {head.name: [head.seq, head.hash] for head in JournalStream.objects.exclude(name="anchors")}
    Anchor.objects.update(heads=heads, hash=journal.digest_of(heads))
    assert verified()[0] == [
        "anchor of 2026-09-01: is not what the journal says was anchored",
        "anchors line 1: tells of an anchor that is missing",
    ]


def test_an_anchor_that_was_removed_is_found(lines):
    anchor_journal(by=User.clock(), at=NOON + timedelta(days=1))
    by_hand(f"DELETE FROM {ANCHORS} WHERE day = '2026-09-01'")
    assert verified()[0] == ["anchors line 1: tells of an anchor that is missing"]


def test_several_days_of_anchors_name_a_broken_line_once(lines):
    anchor_journal(by=User.clock(), at=NOON + timedelta(days=1))
    cut_tail()
    assert verified()[0] == ["tender:a line 5: was anchored on 2026-09-01 and is missing"]
