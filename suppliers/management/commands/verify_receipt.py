"""`manage.py verify_receipt FILE`: check a receipt that somebody has kept."""

import base64
import binascii
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import journal
from accounts.models import JournalEntry
from suppliers.commitment import commitment
from suppliers.queries.submissions import receipt_by_number
from suppliers.receipts import installation_public_key, signature_holds, signed_part

SIGNED = ("number", "commitment", "received_at", "stream_seq", "stream_hash")


class Command(BaseCommand):
    help = "Check a receipt (JSON): signature, commitment, and its place in the journal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the receipt, as it was downloaded")

    def handle(self, *args: Any, **options: Any) -> None:
        receipt = _read(options["file"])
        wrong = list(problems(receipt))
        for line in wrong:
            self.stderr.write(line)
        if wrong:
            raise CommandError("The receipt does not hold.")
        self.stdout.write(f"The receipt {receipt['number']} holds. Received {receipt['received_at']}.")


def _read(path: Path) -> dict[str, Any]:
    try:
        receipt = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise CommandError(f"The file cannot be read as a receipt: {error}") from error
    if not isinstance(receipt, dict) or not {*SIGNED, "nonce", "signature", "public_key"} <= set(receipt):
        raise CommandError("The file is not a receipt from Nyvei: something is missing in it.")
    return receipt


def problems(receipt: dict[str, Any]) -> Iterator[str]:
    """One line for everything that does not hold."""
    public = installation_public_key()
    if _bytes(receipt["public_key"]) != public:
        yield "The key in the file is not the key of this installation."
    if not signature_holds({name: receipt[name] for name in SIGNED}, str(receipt["signature"]), public):
        yield "The signature does not fit: number, time, fingerprint or place in the journal was changed."
    if "manifest" in receipt and not _commits(receipt):
        yield "The fingerprint does not fit the nonce and the list of what was handed in."
    yield from _problems_here(receipt)


def _problems_here(receipt: dict[str, Any]) -> Iterator[str]:
    """What the database of this installation says of the same receipt."""
    known = receipt_by_number(str(receipt["number"]))
    if known is None:
        yield "No receipt with this number is known here."
        return
    if signed_part(known) != {name: receipt[name] for name in SIGNED} or known.nonce != receipt["nonce"]:
        yield "The receipt that is kept here says something else."
    stream = journal.stream_of(known.version.submission.organisation)
    line = JournalEntry.objects.filter(stream=stream, seq=known.stream_seq).first()
    if line is None or line.hash != known.stream_hash or journal.hash_of(line) != line.hash:
        yield "The journal does not have this line as it was."


def _commits(receipt: dict[str, Any]) -> bool:
    try:
        return commitment(bytes.fromhex(receipt["nonce"]), receipt["manifest"]) == str(receipt["commitment"])
    except (TypeError, ValueError, AttributeError):
        return False


def _bytes(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except binascii.Error:
        return b""
