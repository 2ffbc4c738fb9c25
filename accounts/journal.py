"""The journal: who did what, when and why, in chains of hashes that show what was changed.

A line is written in the same transaction as the change it tells of. The head row of the stream is
locked by `record` itself, always as the last lock a command takes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction

from accounts import clock
from accounts.models import Anchor, JournalEntry, JournalStream, User
from accounts.refused import Refused

Facts = dict[str, Any]
ANCHORS = "anchors"


@dataclass(frozen=True)
class Broken:
    """A line that doesn't fit its chain."""

    stream: str
    seq: int
    what: str


def stream_of(thing: models.Model | str) -> str:
    """`tender:<key>` for a tender, `organisation:<key>` for an organisation; a text stands for itself."""
    if isinstance(thing, str):
        return thing
    return f"{thing._meta.model_name}:{thing.pk}"


def about_of(thing: models.Model | str) -> str:
    return thing if isinstance(thing, str) else f"{thing._meta.label}:{thing.pk}"


def record(
    event: str,
    *,
    by: User,
    at: datetime,
    stream: models.Model | str,
    about: Sequence[models.Model | str] = (),
    role: str = "",
    reason: str = "",
    facts: Facts | None = None,
) -> JournalEntry:
    """Add one line. `event` is `<app>.<past tense>`; `facts` holds keys, numbers and hashes, never names or content."""
    return record_many([Line(event, stream, about, role, reason, facts or {})], by=by, at=at)[0]


@dataclass(frozen=True)
class Line:
    event: str
    stream: models.Model | str
    about: Sequence[models.Model | str] = ()
    role: str = ""
    reason: str = ""
    facts: Facts | None = None


def record_many(lines: Sequence[Line], *, by: User, at: datetime) -> list[JournalEntry]:
    """Add lines to one or several streams with a number of statements that doesn't grow with the lines."""
    if not connection.in_atomic_block:
        raise RuntimeError("The journal shares the transaction of the change: call record inside a command.")
    names = sorted({stream_of(line.stream) for line in lines})
    heads = _locked_heads(names)
    recorded_at = clock.now()
    entries = []
    for line in lines:
        head = heads[stream_of(line.stream)]
        entry = JournalEntry(
            stream=head.name,
            seq=head.seq + 1,
            event=line.event,
            actor_id=by.pk,
            actor_role=line.role,
            reason=line.reason,
            facts=line.facts or {},
            about=[about_of(thing) for thing in line.about],
            at=at,
            recorded_at=recorded_at,
            previous_hash=head.hash,
        )
        entry.hash = hash_of(entry)
        head.seq, head.hash = entry.seq, entry.hash
        entries.append(entry)
    JournalEntry.objects.bulk_create(entries)
    JournalStream.objects.bulk_update(heads.values(), ["seq", "hash"])
    return entries


def _locked_heads(names: list[str]) -> dict[str, JournalStream]:
    JournalStream.objects.bulk_create([JournalStream(name=name) for name in names], ignore_conflicts=True)
    locked = JournalStream.objects.select_for_update().filter(name__in=names).order_by("name")
    return {head.name: head for head in locked}


def hash_of(entry: JournalEntry) -> str:
    """SHA-256 of the line with the hash of the line before it."""
    text = json.dumps(
        [
            entry.stream,
            entry.seq,
            entry.event,
            str(entry.actor_id),
            entry.actor_role,
            entry.reason,
            entry.facts,
            entry.about,
            entry.at.timestamp().hex(),
            entry.recorded_at.timestamp().hex(),
            entry.previous_hash,
        ],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()


def broken_lines(streams: Iterable[str] | None = None) -> Iterator[Broken]:
    """Walk the chains and name every line that was changed, is missing or was added behind the head."""
    heads = JournalStream.objects.order_by("name")
    for head in heads.filter(name__in=streams) if streams is not None else heads:
        yield from _broken_in(head)
    if streams is None:
        known = JournalStream.objects.values("name")
        for stray in JournalEntry.objects.exclude(stream__in=known).order_by("stream", "seq"):
            yield Broken(stray.stream, stray.seq, "belongs to no chain")


def _broken_in(head: JournalStream) -> Iterator[Broken]:
    seq, previous = 0, ""
    for entry in JournalEntry.objects.filter(stream=head.name).order_by("seq").iterator(chunk_size=500):
        seq += 1
        if entry.seq != seq:
            yield Broken(head.name, seq, "is missing")
            seq = entry.seq
        elif entry.previous_hash != previous:
            yield Broken(head.name, entry.seq, "doesn't follow the line before it")
        if hash_of(entry) != entry.hash:
            yield Broken(head.name, entry.seq, "was changed")
        previous = entry.hash
    if seq < head.seq:
        yield Broken(head.name, head.seq, "is missing")
    elif (seq, previous) != (head.seq, head.hash):
        yield Broken(head.name, seq, "is not the line that the head of the chain names")


def broken_anchors() -> Iterator[Broken]:
    """Name every anchor that was changed, added or removed, and every line that is not what was anchored.

    This finds a chain whose tail was cut off together with its head, or which was rewritten whole.
    """
    journalled = JournalEntry.objects.filter(event="accounts.journal_anchored").order_by("seq")
    lines = {entry.facts.get("hash"): entry.seq for entry in journalled}
    expected: dict[str, dict[int, tuple[str, str]]] = {}
    for anchor in Anchor.objects.order_by("day"):
        if lines.pop(anchor.hash, None) is None or digest_of(anchor.heads) != anchor.hash:
            yield Broken(f"anchor of {anchor.day}", 0, "is not what the journal says was anchored")
        for name, (seq, line_hash) in anchor.heads.items():
            expected.setdefault(name, {}).setdefault(seq, (line_hash, str(anchor.day)))
    for seq in lines.values():
        yield Broken(ANCHORS, seq, "tells of an anchor that is missing")
    for name, anchored in sorted(expected.items()):
        yield from _not_as_anchored(name, anchored)


def _not_as_anchored(name: str, anchored: dict[int, tuple[str, str]]) -> Iterator[Broken]:
    head = JournalStream.objects.filter(name=name).first()
    there = dict(JournalEntry.objects.filter(stream=name, seq__in=anchored).values_list("seq", "hash"))
    for seq, (line_hash, day) in sorted(anchored.items()):
        if head is None or head.seq < seq or seq not in there:
            yield Broken(name, seq, f"was anchored on {day} and is missing")
        elif there[seq] != line_hash:
            yield Broken(name, seq, f"differs from what was anchored on {day}")


def digest_of(heads: dict[str, list[Any]]) -> str:
    """SHA-256 over the heads of all streams, each as its last number and hash."""
    return hashlib.sha256(json.dumps(heads, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


REFUSAL_PAUSE = timedelta(minutes=1)


def record_refusal(refused: Refused, *, by: User, at: datetime) -> None:
    """Note on the asker's own stream that something was refused; the same again within a minute is not noted twice."""
    stream = stream_of(by)
    with transaction.atomic():
        last = JournalEntry.objects.filter(stream=stream).order_by("-seq").first()
        event = f"refused.{refused.command}"
        reason = refused.for_the_record
        if last and (last.event, last.reason) == (event, reason) and at - last.at < REFUSAL_PAUSE:
            return
        record(event, by=by, at=at, stream=stream, reason=reason)
