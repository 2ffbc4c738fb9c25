"""What is written and attached, in and out of its envelopes. Reads keys and files; saves no row.

A draft is under the application key. What is handed in has a data key of its own, sealed to the stage's public key,
and so has every file from the moment it arrives. From the opening on the same data keys are under the application key.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage

from suppliers.commitment import canonical, commitment, new_nonce
from suppliers.completeness import Answers
from suppliers.models import Attachment, Submission, SubmissionVersion
from suppliers.offered_price import price_part, without_price
from tenders import sealing
from tenders.stage_keys import private_key_of

FOLDER = "submissions"
BEFORE_ANY_VERSION = 0
PRICE_PART = "price"
# An amount and a line of at most 200 signs, of at most six bytes each as JSON, with room to spare
PRICE_BYTES = 4096


@dataclass(frozen=True)
class SealedVersion:
    """A version ready to be written: nobody but the holder of the stage's key can read it."""

    no: int
    nonce: bytes
    commitment: str
    manifest: bytes
    content: bytes
    sealed_key: bytes
    price: bytes = b""
    price_sealed_key: bytes = b""


@dataclass(frozen=True)
class SealedFile:
    """A file sealed to the stage, ready to be stored, with its sealed name and key."""

    content: bytes
    name: bytes
    sealed_key: bytes


def seal_draft(submission: Submission, answers: Answers) -> bytes:
    return sealing.seal_draft(canonical(answers), settings.APPLICATION_KEY, context=_place(submission, "draft"))


def read_draft(submission: Submission) -> Answers:
    """What is written so far; empty when nothing is. Raises `SealBroken` when it was changed or moved."""
    if not submission.draft:
        return {}
    text = sealing.open_draft(bytes(submission.draft), settings.APPLICATION_KEY, context=_place(submission, "draft"))
    return _answers(text)


def manifest_of(submission: Submission, answers: Answers, attachments: Sequence[Attachment], no: int, nonce: bytes) -> dict[str, object]:
    """The list of what is handed in, by hashes: whose, where, which version, the text, every file, and the price where there is one.

    There are few prices, so somebody could try them all against a hash of one: it is hashed after the secret nonce of the receipt.
    """
    text, price = without_price(answers), price_part(answers)
    hashed = {"price_sha256": hashlib.sha256(nonce + canonical(price)).hexdigest()} if price else {}
    return {
        "tender": submission.stage.tender.reference,
        "stage": submission.stage.no,
        "organisation": submission.organisation.number,
        "version": no,
        "title_sha256": hashlib.sha256(answers.get("title", "").encode()).hexdigest(),
        "text_sha256": hashlib.sha256(canonical(text)).hexdigest(),
        **hashed,
        "files": [{"name": attachment_name(file), "size": file.size, "sha256": file.sha256} for file in attachments],
    }


def seal_version(submission: Submission, answers: Answers, attachments: Sequence[Attachment], *, no: int) -> SealedVersion:
    """Seal text and manifest to the stage with a fresh data key and the price with another, and commit to the manifest."""
    nonce, data_key = new_nonce(), sealing.new_data_key()
    manifest = manifest_of(submission, answers, attachments, no, nonce)
    text, listed = _place(submission, "text", no), _place(submission, "manifest", no)
    price, price_sealed_key = _sealed_price(submission, answers, no)
    return SealedVersion(
        no=no,
        nonce=nonce,
        commitment=commitment(nonce, manifest),
        manifest=sealing.seal_part(canonical(manifest), data_key, context=listed),
        content=sealing.seal_part(canonical(without_price(answers)), data_key, context=text),
        sealed_key=sealing.seal_data_key(data_key, bytes(submission.stage.key.public), context=text),
        price=price,
        price_sealed_key=price_sealed_key,
    )


def _sealed_price(submission: Submission, answers: Answers, no: int) -> tuple[bytes, bytes]:
    """The price and its key, both sealed; nothing where none is offered. As long as any other, for its length would tell of it."""
    part = price_part(answers)
    if not part:
        return b"", b""
    data_key, place = sealing.new_data_key(), _place(submission, PRICE_PART, no)
    padded = canonical(part).ljust(PRICE_BYTES)
    sealed_key = sealing.seal_data_key(data_key, bytes(submission.stage.key.public), context=place)
    return sealing.seal_part(padded, data_key, context=place), sealed_key


def seal_file(attachment: Attachment, name: str, data: bytes) -> SealedFile:
    """Seal a file to the stage, and its name under the application key: the name may tell whose it is."""
    data_key, place = sealing.new_data_key(), _place_of(attachment)
    stage_public = bytes(attachment.submission.stage.key.public)
    return SealedFile(
        content=sealing.seal_part(data, data_key, context=place),
        name=sealing.seal_draft(name.encode(), settings.APPLICATION_KEY, context=_place_of(attachment, "name")),
        sealed_key=sealing.seal_data_key(data_key, stage_public, context=place),
    )


def attachment_name(attachment: Attachment) -> str:
    sealed = bytes(attachment.sealed_name)
    return sealing.open_draft(sealed, settings.APPLICATION_KEY, context=_place_of(attachment, "name")).decode()


def read_attachment(attachment: Attachment) -> bytes:
    """A file for those who sent it, before and after opening; before it with the stage's key, which the server holds."""
    if attachment.opened_key:
        return read_opened_attachment(attachment)
    stage_private = private_key_of(attachment.submission.stage.key)
    data_key = sealing.open_data_key(bytes(attachment.sealed_key), stage_private, context=_place_of(attachment))
    return _open_file(attachment, data_key)


def rewrap(thing: SubmissionVersion | Attachment, stage_private: bytes) -> bytes:
    """The data key of a version or a file, from the stage's key to the application key: what opening writes."""
    place = _place_of(thing)
    data_key = sealing.open_data_key(bytes(thing.sealed_key), stage_private, context=place)
    return sealing.wrap_data_key(data_key, settings.APPLICATION_KEY, context=place)


def rewrap_price(version: SubmissionVersion, stage_private: bytes) -> bytes:
    """The data key of the price, from the stage's key to the application key; nothing where no price is offered."""
    if not version.price_sealed_key:
        return b""
    place = _place(version.submission, PRICE_PART, version.no)
    data_key = sealing.open_data_key(bytes(version.price_sealed_key), stage_private, context=place)
    return sealing.wrap_data_key(data_key, settings.APPLICATION_KEY, context=place)


def read_opened_price(version: SubmissionVersion) -> Answers:
    """The price and what it covers, after opening; empty where none is offered.

    For those who sent it, for the comparison with the receipt, and for the closing of the scoring. No page of the buyer's reads it:
    a rule test names the files that may.
    """
    if not version.price:
        return {}
    place = _place(version.submission, PRICE_PART, version.no)
    key = sealing.unwrap_data_key(bytes(version.price_opened_key), settings.APPLICATION_KEY, context=place)
    return _answers(sealing.open_part(bytes(version.price), key, context=place))


def read_opened_version(version: SubmissionVersion) -> Answers:
    """The answers, after opening. Raises `SealBroken` when they aren't what was handed in."""
    return _answers(_open_part(version, bytes(version.content), "text"))


def read_opened_manifest(version: SubmissionVersion) -> dict[str, object]:
    return dict(json.loads(_open_part(version, bytes(version.manifest), "manifest")))


def read_opened_attachment(attachment: Attachment) -> bytes:
    key = sealing.unwrap_data_key(bytes(attachment.opened_key), settings.APPLICATION_KEY, context=_place_of(attachment))
    return _open_file(attachment, key)


def _open_part(version: SubmissionVersion, sealed: bytes, part: str) -> bytes:
    key = sealing.unwrap_data_key(bytes(version.opened_key), settings.APPLICATION_KEY, context=_place_of(version))
    return sealing.open_part(sealed, key, context=_place(version.submission, part, version.no))


def _open_file(attachment: Attachment, data_key: bytes) -> bytes:
    with default_storage.open(attachment.file, "rb") as stored:
        return sealing.open_part(stored.read(), data_key, context=_place_of(attachment))


def _place_of(thing: SubmissionVersion | Attachment, part: str = "file") -> sealing.Context:
    """Where the data key of a version or a file belongs. A file belongs to the submission, whichever version it is in."""
    if isinstance(thing, SubmissionVersion):
        return _place(thing.submission, "text", thing.no)
    return _place(thing.submission, f"{part}:{thing.pk}")


def _place(submission: Submission, part: str, version: int = BEFORE_ANY_VERSION) -> sealing.Context:
    stage = submission.stage
    return sealing.Context(tender=stage.tender_id, stage=stage.pk, submission=submission.pk, version=version, part=part)


def _answers(text: bytes) -> Answers:
    return {str(key): str(value) for key, value in json.loads(text).items()}
