"""Whether what was opened is what the receipt says was received. Reads keys and files; writes nothing."""

import hashlib

from suppliers.commitment import commitment
from suppliers.envelopes import manifest_of, read_opened_attachment, read_opened_manifest, read_opened_price, read_opened_version
from suppliers.models import Attachment, Receipt, Submission, SubmissionVersion
from suppliers.receipts import installation_public_key, signature_holds, signed_part
from tenders.sealing import SealBroken


def is_as_received(submission: Submission) -> bool:
    """Text, files, manifest and receipt of an opened submission all say the same, to the last byte."""
    try:
        return all(_holds(submission, version) for version in submission.versions.all())
    except (SealBroken, FileNotFoundError, ValueError, Receipt.DoesNotExist):
        return False


def _holds(submission: Submission, version: SubmissionVersion) -> bool:
    receipt, files = version.receipt, list(submission.attachments.all())
    answers = read_opened_version(version) | read_opened_price(version)
    manifest = manifest_of(submission, answers, files, version.no, bytes.fromhex(receipt.nonce))
    made_now = commitment(bytes.fromhex(receipt.nonce), manifest)
    return (
        all(_is_whole(file) for file in files)
        and read_opened_manifest(version) == manifest
        and made_now == receipt.commitment == version.commitment
        and signature_holds(signed_part(receipt), receipt.signature, installation_public_key())
    )


def _is_whole(file: Attachment) -> bool:
    data = read_opened_attachment(file)
    return len(data) == file.size and hashlib.sha256(data).hexdigest() == file.sha256
