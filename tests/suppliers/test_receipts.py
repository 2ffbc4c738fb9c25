"""The receipt: what it proves, who may check it, and that one changed sign is found."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from accounts.models import JournalEntry
from letters import pdf
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.commitment import commitment
from suppliers.models import Receipt
from suppliers.receipts import SIGNS, random_number, same_fingerprint
from tenders.models import Stage
from tests.conftest import NOON
from tests.submissions_made import LATER, TITLE_WRITTEN, submitted
from tests.suppliers_made import registered
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db
VERIFY = "/receipts/verify/"


@pytest.fixture(autouse=True)
def _later(clock_at):
    clock_at(LATER)


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


@pytest.fixture
def receipt(sara, tender):
    sara.language = "en"
    sara.save()
    return submitted(sara, registered(sara), tender)


@pytest.fixture
def kept(client, sara, receipt, tender, tmp_path):
    """The receipt as Sara keeps it."""
    client.force_login(sara)
    answer = client.get(reverse("suppliers:receipt_json", args=[tender.reference, 1]))
    path = tmp_path / "receipt.json"
    path.write_bytes(answer.content)
    return path


def check(path) -> str:
    out = StringIO()
    call_command("verify_receipt", str(path), stdout=out, stderr=out)
    return out.getvalue()


def change(path, **changes) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_the_number_is_random_and_has_no_signs_that_look_alike(tender):
    numbers = {random_number("2026-014") for _ in range(50)}
    assert len(numbers) > 45
    assert all(re.fullmatch(rf"K-2026-014-[{SIGNS}]{{4}}", number) for number in numbers)
    assert not set("01IOL") & set(SIGNS)


def test_a_kept_receipt_holds(kept, receipt):
    assert f"The receipt {receipt.number} holds. Received 2026-09-02T10:00:00.000000Z." in check(kept)
    held = json.loads(kept.read_text())
    assert commitment(bytes.fromhex(held["nonce"]), held["manifest"]) == receipt.commitment
    assert held["manifest"]["files"] == []
    assert TITLE_WRITTEN not in kept.read_text()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", "K-2026-001-AAAA"),
        ("commitment", "0" * 64),
        ("received_at", "2026-09-02T10:00:00.000001Z"),
        ("stream_seq", 1),
        ("stream_hash", "f" * 64),
        ("nonce", "0" * 64),
        ("signature", "0" * 128),
        ("signature", "not hexadecimal"),
        ("public_key", "AAAA"),
        ("manifest", {"tender": "2026-001"}),
        ("manifest", "not a manifest"),
    ],
)
def test_one_change_in_a_kept_receipt_is_found(kept, name, value):
    change(kept, **{name: value})
    with pytest.raises(CommandError, match="The receipt does not hold."):
        check(kept)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"number": "K"}', "\x00"])
def test_what_is_no_receipt_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "file.json"
    path.write_text(content)
    with pytest.raises(CommandError, match="file"):
        check(path)


def test_a_changed_row_and_a_changed_journal_are_found(kept, receipt):
    Receipt.objects.filter(pk=receipt.pk).update(received_at=NOON)
    with pytest.raises(CommandError, match="does not hold"):
        check(kept)
    Receipt.objects.filter(pk=receipt.pk).update(received_at=receipt.received_at)
    assert "holds" in check(kept)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE accounts_journalentry DISABLE TRIGGER journal_only_grows")
        cursor.execute("UPDATE accounts_journalentry SET reason = 'x' WHERE event = 'suppliers.submission_received'")
    with pytest.raises(CommandError, match="does not hold"):
        check(kept)


def test_an_old_receipt_still_holds_when_its_content_is_gone(kept, client, sara, receipt, tender):
    withdraw_submission(submission_id=receipt.version.submission_id, by=sara, at=LATER)
    address = reverse("suppliers:receipt_json", args=[tender.reference, 1]) + f"?number={receipt.number}"
    kept.write_bytes(client.get(address).content)
    assert "manifest" not in json.loads(kept.read_text())
    assert "holds" in check(kept)


def test_anyone_can_check_and_learns_only_that_it_holds(client, receipt):
    groups = " ".join(receipt.commitment[at : at + 4].upper() for at in range(0, 64, 4))
    before = client.post(VERIFY, {"number": f" {receipt.number.lower()} ", "fingerprint": groups}, HTTP_ACCEPT_LANGUAGE="en")
    assert "The receipt holds" in before.content.decode()
    assert "Morgenkveik" not in before.content.decode() and "10.00.00" not in before.content.decode()
    assert "We received it" not in before.content.decode()
    Stage.objects.filter(pk=receipt.version.submission.stage_id).update(phase="announced")


def test_after_the_opening_the_check_tells_when(client, receipt, monkeypatch):
    monkeypatch.setattr(Stage, "sealed", property(lambda stage: False))
    asked = {"number": receipt.number, "fingerprint": receipt.commitment}
    after = client.post(VERIFY, asked, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "We received it 2 September 2026 at" in after
    assert "Morgenkveik" not in after


def test_a_wrong_fingerprint_and_an_unknown_number_get_the_same_answer(client, receipt):
    answers = [
        client.post(VERIFY, {"number": number, "fingerprint": print_}, HTTP_ACCEPT_LANGUAGE="en").content.decode()
        for number, print_ in [(receipt.number, "0" * 64), ("K-2026-001-0000", receipt.commitment), ("K-9", "ø")]
    ]
    assert all("This does not hold" in answer for answer in answers)
    assert all("We received it" not in answer for answer in answers)


def test_a_fingerprint_is_read_in_groups_and_both_cases():
    print_ = "8f3a91c0" * 8
    assert same_fingerprint("8F3A 91C0\n" * 8, print_)
    assert not same_fingerprint(print_[:-1], print_)
    assert not same_fingerprint("", print_)


@pytest.mark.skipif(not pdf.available(), reason="PDFs cannot be made here")
def test_the_receipt_on_paper(client, sara, receipt, tender):
    client.force_login(sara)
    answer = client.get(reverse("suppliers:receipt_pdf", args=[tender.reference, 1]))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == f'attachment; filename="{receipt.number}.pdf"'


def test_the_receipts_place_is_the_line_in_the_organisations_own_stream(sara, receipt):
    line = JournalEntry.objects.get(stream=f"organisation:{receipt.version.submission.organisation_id}", seq=receipt.stream_seq)
    assert line.facts["commitment"] == receipt.commitment
    take_back_submission(submission_id=receipt.version.submission_id, by=sara, at=LATER)
    assert JournalEntry.objects.get(pk=line.pk).hash == receipt.stream_hash
