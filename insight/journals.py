"""Journals as an auditor reads them: never a supplier's or a person's own chain, which would tell who takes part before the opening."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts import journal, wording
from accounts.local_time import OSLO
from accounts.models import Anchor, JournalEntry, JournalStream, User
from accounts.page_parts import Event
from accounts.roles import Role
from evaluation.queries.scores import SHEETS, sheets_stream
from insight.journal_words import HIDDEN_ATTEMPTS, SHOWN_ATTEMPTS, in_words
from tenders.models import Stage, Tender
from tenders.queries.visibility import staff_tenders
from tenders.threshold.rules import title_of

# Chains of the whole house; a tender's own chain is `tender:<key>`
HOUSE = ("roles", "anchors")
CHECKED_AT_MOST = 20_000
BROKEN_SHOWN = 20


def readable_streams(user: User, *, at: datetime) -> QuerySet[JournalStream]:
    """Chains of the tenders in the auditor's units, and those of the house, with the last line of each."""
    tenders = staff_tenders(user, at=at)
    keys = [journal.stream_of(tender) for tender in tenders.only("pk")]
    keys += [sheets_stream(stage) for stage in Stage.objects.filter(tender__in=tenders, opened_at__isnull=False).only("pk")]
    last = JournalEntry.objects.filter(stream=OuterRef("name"), seq=OuterRef("seq"))
    streams = JournalStream.objects.filter(name__in=[*keys, *HOUSE])
    with_last = streams.annotate(last_at=Subquery(last.values("at")[:1]), last_event=Subquery(last.values("event")[:1]))
    return with_last.order_by("-last_at", "name")


def names_of_streams(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Stream -> (what it is called, the tender's reference or «»)."""
    house = {"roles": (_("Roles"), ""), "anchors": (_("Daily anchors"), "")}
    keys = [name.removeprefix("tender:") for name in names if name.startswith("tender:")]
    tenders = Tender.objects.filter(pk__in=keys).only("reference", "name")
    called = {journal.stream_of(row): (f"{row.name} · {row.reference}", row.reference) for row in tenders}
    stages = Stage.objects.filter(pk__in=[name.removeprefix(SHEETS) for name in names if name.startswith(SHEETS)]).select_related("tender")
    sheets = _("Score sheets of %(tender)s")
    return house | called | {sheets_stream(row): (sheets % {"tender": f"{row.tender.name} · {row.tender.reference}"}, "") for row in stages}


@dataclass(frozen=True)
class StreamRow:
    """A chain in the list: what it is called, the tender's reference or «», and its last line."""

    name: str
    reference: str
    at: datetime | None
    what: str


def stream_row(stream: JournalStream, called: dict[str, tuple[str, str]]) -> StreamRow:
    """Of a chain that `readable_streams` gave."""
    name, reference = called[stream.name]
    at, event = getattr(stream, "last_at", None), getattr(stream, "last_event", None)
    return StreamRow(name, reference, at, in_words(event or ""))


def lines_in(streams: Iterable[str], *, event: str = "", day: date | None = None) -> QuerySet[JournalEntry]:
    """Lines of those chains, newest first; of one kind or one day in Norway when asked for."""
    lines = JournalEntry.objects.filter(stream__in=list(streams)).order_by("-at", "stream", "-seq")
    if event:
        lines = lines.filter(event=event)
    return _on(lines, day) if day else lines


def kinds_in(streams: Iterable[str]) -> list[tuple[str, str]]:
    """The events there are in those chains, with their words, in alphabetical order of the words."""
    events = JournalEntry.objects.filter(stream__in=list(streams)).order_by().values_list("event", flat=True).distinct()
    return sorted(((event, in_words(event)) for event in events), key=lambda pair: pair[1])


def refused_attempts(*, day: date | None = None) -> QuerySet[JournalEntry]:
    """What people at Nav were refused. Attempts that only a supplier or an asker makes are left out: they tell who takes part."""
    hidden, shown = Q(), Q(event__in=[f"refused.{name}" for name in SHOWN_ATTEMPTS])
    for name in HIDDEN_ATTEMPTS:
        hidden |= Q(event__startswith=f"refused.{name}")
    lines = JournalEntry.objects.filter(~hidden | shown, event__startswith="refused.").order_by("-at", "stream", "-seq")
    return _on(lines, day) if day else lines


def _on(lines: QuerySet[JournalEntry], day: date) -> QuerySet[JournalEntry]:
    begins = datetime.combine(day, time(0), tzinfo=OSLO)
    ends = datetime.combine(day + timedelta(days=1), time(0), tzinfo=OSLO)
    return lines.filter(at__gte=begins, at__lt=ends)


def as_events(lines: Iterable[JournalEntry], *, places: bool = True) -> list[Event]:
    """The lines in plain words, with the names of those who acted and of the chains: two statements however many lines."""
    rows = list(lines)
    people = User.objects.in_bulk({row.actor_id for row in rows})
    called = names_of_streams({row.stream for row in rows}) if places else {}
    return [_event(row, people.get(row.actor_id), called.get(row.stream, ("", ""))[0]) for row in rows]


def _event(row: JournalEntry, actor: User | None, place: str) -> Event:
    role = str(Role(row.actor_role).label) if row.actor_role in Role.values else ""
    who = actor.name if actor else _("Somebody who is no longer known here")
    note = ", ".join(part for part in (_finding_in(row), _money_in(row), place) if part)
    return Event(row.at, in_words(row.event), ", ".join(part for part in (who, role) if part), row.reason, note)


def _finding_in(row: JournalEntry) -> str:
    """Which finding of the threshold check it is about."""
    return title_of(row.facts["rule"]) if row.event.startswith("tenders.threshold_finding_") else ""


def _money_in(row: JournalEntry) -> str:
    """The kroner that the line is about; given back when a contract ended early."""
    if "given_back" in row.facts:
        given_back = Decimal(row.facts["given_back"])
        return _("%(money)s is no longer contracted") % {"money": wording.money(given_back)} if given_back else ""
    return wording.money(Decimal(row.facts["amount"])) if row.event.startswith("contracts.") and "amount" in row.facts else ""


@dataclass(frozen=True)
class ChainCheck:
    """What walking the chains found. `whole` is None when there was too much to walk on a page."""

    whole: bool | None
    broken: list[journal.Broken]


def check(streams: list[str] | None = None) -> ChainCheck:
    """Walk these chains, or all of them. Says neither whose nor how long the chains are that are not shown."""
    lines = JournalEntry.objects.all() if streams is None else JournalEntry.objects.filter(stream__in=streams)
    if lines.count() > CHECKED_AT_MOST:
        return ChainCheck(None, [])
    broken = list(islice(journal.broken_lines(streams), BROKEN_SHOWN))
    return ChainCheck(not broken, broken)


def latest_anchors() -> QuerySet[Anchor]:
    return Anchor.objects.only("day", "hash", "made_at").order_by("-day")
