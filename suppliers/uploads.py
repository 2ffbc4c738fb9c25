"""What we take in when somebody sends a file, decided from its bytes and not from what it calls itself.

Order: length, name, content. The checks reach nothing outside, write nothing, and keep to limits on size and depth.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from suppliers.file_kinds import CONTENT_TYPES, MACRO_ENDINGS, ODF_KINDS, OLD_ENDINGS, FileKind
from suppliers.file_names import clean_name, ending_of
from suppliers.office_files import check_office_file
from suppliers.opendocument_files import check_opendocument_file
from suppliers.pdf_files import check_pdf_file
from suppliers.upload_refusals import (
    EMPTY,
    MACROS,
    OLD_FORMAT,
    TOO_LARGE,
    TOO_MANY_FILES,
    TOO_MUCH_STORED,
    TOO_MUCH_TOGETHER,
    WRONG_TYPE,
    UploadRefused,
)

MAX_BYTES = 20 * 1024 * 1024
MAX_FILES = 5
MAX_TOGETHER_BYTES = 60 * 1024 * 1024
MAX_STORED_BYTES = 200 * 1024 * 1024

__all__ = [
    "MAX_BYTES",
    "MAX_FILES",
    "MAX_STORED_BYTES",
    "MAX_TOGETHER_BYTES",
    "CheckedFile",
    "FileKind",
    "UploadRefused",
    "check_room",
    "check_upload",
]


@dataclass(frozen=True)
class CheckedFile:
    """A file found to be what it says: safe name, kind, content type from our own table, size in bytes, SHA-256 (hex)."""

    shown_name: str
    kind: FileKind
    content_type: str
    size: int
    sha256: str


def check_upload(name: str, data: bytes) -> CheckedFile:
    """Look through one file. Raises `UploadRefused`, which says what is wrong and what to do."""
    if not data:
        raise UploadRefused(EMPTY)
    if len(data) > MAX_BYTES:
        raise UploadRefused(TOO_LARGE)
    shown_name = clean_name(name)
    kind = _kind_of(shown_name)
    if kind is FileKind.PDF:
        check_pdf_file(data)
    elif kind in ODF_KINDS:
        check_opendocument_file(data, kind)
    else:
        check_office_file(data, kind)
    return CheckedFile(shown_name, kind, CONTENT_TYPES[kind], len(data), hashlib.sha256(data).hexdigest())


def check_room(size: int, *, beside: Sequence[int], stored: int) -> None:
    """Whether one more file of `size` bytes has room. Raises `UploadRefused` when it has not.

    `beside` are the sizes of the submission's other files, `stored` is all that the organisation has lying here that is
    not handed in, in bytes.
    """
    if len(beside) >= MAX_FILES:
        raise UploadRefused(TOO_MANY_FILES)
    if sum(beside) + size > MAX_TOGETHER_BYTES:
        raise UploadRefused(TOO_MUCH_TOGETHER)
    if stored + size > MAX_STORED_BYTES:
        raise UploadRefused(TOO_MUCH_STORED)


def _kind_of(shown_name: str) -> FileKind:
    ending = ending_of(shown_name)
    if ending in MACRO_ENDINGS:
        raise UploadRefused(MACROS)
    if ending in OLD_ENDINGS:
        raise UploadRefused(OLD_FORMAT)
    try:
        return FileKind(ending)
    except ValueError as unknown:
        raise UploadRefused(WRONG_TYPE) from unknown
