"""The journal in plain words, for those who may read it; and nothing in it of what is sealed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from accounts import clock, journal
from accounts.commands.anchor_journal import anchor_journal
from accounts.models import JournalEntry, User
from accounts.refused import Refused
from insight.journal_words import WORDS, in_words
from insight.policies import ReadAllJournalsPolicy, ReadCaseJournalPolicy
from tenders.commands.announce_tender import announce_tender
from tenders.commands.return_announcement import return_announcement
from tests.conftest import NOON
from tests.rules.tree import ROOT
from tests.submissions_made import submitted
from tests.suppliers_made import registered
from tests.tenders_made import announced, hash_seen, proposed

EVENT = re.compile(r"\"((?:accounts|letters|tenders|suppliers|evaluation|contracts)\.[a-z]+(?:_[a-z]+)+)\"")


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


def recorded_events():
    """Every event name in commands and signals; names of commands look alike and are left out."""
    sources = [*ROOT.glob("*/commands/*.py"), ROOT / "accounts/signals.py", *ROOT.glob("*/queries/*.py")]
    found = {name for path in sources for name in EVENT.findall(path.read_text(encoding="utf-8"))}
    return sorted(name for name in found if not (ROOT / name.split(".")[0] / "commands" / f"{name.split('.')[1]}.py").exists())


def test_every_event_has_words():
    assert [name for name in recorded_events() if name not in WORDS] == []
    assert len(recorded_events()) > 25


def test_an_event_without_words_shows_its_name():
    assert in_words("contracts.something_new") == "contracts.something_new"
    assert in_words("refused.tenders.announce_tender") == "Was refused: tenders.announce_tender"


def test_a_case_journal_tells_who_when_and_why(ingrid, arne, client):
    tender = proposed(ingrid, arne)
    return_announcement(tender_id=tender.pk, reason="Fristen er for kort.", by=arne, at=NOON)
    client.force_login(ingrid)
    page = text_of(client.get(f"/tenders/{tender.reference}/journal/"))
    for words in (
        "Sendte kunngjøringen tilbake",
        "Arne Lie, Godkjenner",
        "Fristen er for kort.",
        "tirsdag 1. september 2026 kl. 12.00",
        "Kjeden er hel.",
    ):
        assert words in page
    assert page.index("Sendte kunngjøringen tilbake") < page.index("Begynte å beskrive et behov")


def test_only_auditor_officer_and_approver_read_it(ingrid, arne, ragnhild, sara, per):
    tender = announced(ingrid, arne)
    for reader in (sara, per):
        with pytest.raises(Refused, match="The journal is for auditors, and for the officer and the approver of the tender."):
            ReadCaseJournalPolicy(tender, NOON).check(reader)
    status = {}
    for reader in (ingrid, arne, ragnhild, sara, per):
        client = Client()
        client.force_login(reader)
        status[reader.first_name] = client.get(f"/tenders/{tender.reference}/journal/").status_code
    assert status == {"Ingrid": 200, "Arne": 200, "Ragnhild": 200, "Sara": 403, "Per": 403}


def test_a_changed_line_is_named(ingrid, arne, client):
    tender = announced(ingrid, arne)
    line = JournalEntry.objects.filter(stream=journal.stream_of(tender)).earliest("seq")
    tamper(line)
    client.force_login(ingrid)
    page = text_of(client.get(f"/tenders/{tender.reference}/journal/"))
    assert "Kjeden er brutt." in page and "Linje 1 er endret" in page


def tamper(line):
    """As somebody who owns the database could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE accounts_journalentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE accounts_journalentry SET reason = 'noe annet' WHERE stream = %s AND seq = %s", [line.stream, line.seq])
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE accounts_journalentry ENABLE TRIGGER USER")


def test_only_auditors_read_them_all(ingrid, sara, ragnhild, client):
    for reader in (ingrid, sara):
        with translation.override("en"), pytest.raises(Refused, match="Only auditors can read all the journals."):
            ReadAllJournalsPolicy(NOON).check(reader)
        client.force_login(reader)
        assert client.get("/journal/").status_code == 403
    client.force_login(ragnhild)
    assert client.get("/journal/").status_code == 200


def test_the_auditor_sees_every_chain_finds_lines_and_checks_them(ingrid, arne, ragnhild, client):
    tender = announced(ingrid, arne)
    anchor = anchor_journal(by=User.clock(), at=NOON)
    client.force_login(ragnhild)
    page = text_of(client.get("/journal/"))
    assert tender.name in page and "Roller" in page and anchor.hash[:4] in page
    found = text_of(client.get("/journal/?event=tenders.tender_announced&day=2026-09-01"))
    assert found.count("<li><time") == 1 and "Arne Lie" in found
    assert "Ingen linje passer" in text_of(client.get("/journal/?event=tenders.tender_announced&day=2026-08-31"))
    assert "Alle kjedene er hele" in text_of(client.get("/journal/?check=1"))
    assert client.get("/journal/?day=2026-13-77").status_code == 200


def test_what_was_refused_is_found_but_not_what_suppliers_tried(ingrid, arne, ragnhild, sara, client):
    tender = proposed(ingrid, arne)
    with pytest.raises(Refused):
        announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=ingrid, at=NOON)
    for command in ("suppliers.submit_submission", "tenders.ask_question", "suppliers.some_new_step"):
        refused = Refused("For sent")
        refused.command = command
        journal.record_refusal(refused, by=sara, at=NOON)
    client.force_login(ragnhild)
    page = text_of(client.get("/journal/?event=refused"))
    assert "Ingrid Aas" in page and "tenders.announce_tender" in page
    assert "Sara" not in page and "submit_submission" not in page and "ask_question" not in page and "some_new_step" not in page


def test_a_suppliers_own_chain_is_not_in_the_list(ingrid, arne, ragnhild, sara, client):
    tender, firm = announced(ingrid, arne), registered(sara)
    submitted(sara, firm, tender, at=NOON)
    client.force_login(ragnhild)
    for address in ("/journal/", "/journal/?day=2026-09-01", "/journal/?event=suppliers.submission_received", "/journal/?check=1"):
        page = text_of(client.get(address))
        assert str(firm.pk) not in page and firm.name not in page and "Leverte en skisse" not in page


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("query", ["", "?day=2026-09-01"])
def test_it_asks_the_database_the_same_however_many(ingrid, arne, ragnhild, client, number, query, django_assert_num_queries):
    for _ in range(number):
        announced(ingrid, arne)
    client.force_login(ragnhild)
    client.get("/journal/")
    with django_assert_num_queries(JOURNAL_QUERIES[query]):
        client.get(f"/journal/{query}")


JOURNAL_QUERIES = {"": 12, "?day=2026-09-01": 16}
