"""What we take in when somebody sends a file, decided from its bytes and not from what it calls itself.

Order: length, name, content. The checks reach nothing outside, write nothing, and keep to limits on size and depth.
"""

import hashlib
from dataclasses import dataclass

from tenders.uploads.kinds import CONTENT_TYPES, MACRO_ENDINGS, ODF_KINDS, OLD_ENDINGS, FileKind
from tenders.uploads.names import clean_name, ending_of
from tenders.uploads.office import check_office_file
from tenders.uploads.opendocument import check_opendocument_file
from tenders.uploads.pdf import check_pdf_file
from tenders.uploads.refusals import (
    EMPTY,
    MACROS,
    OLD_FORMAT,
    TOO_LARGE,
    WRONG_TYPE,
    UploadRefused,
)

MAX_BYTES = 20 * 1024 * 1024

__all__ = [
    "MAX_BYTES",
    "CheckedFile",
    "FileKind",
    "UploadRefused",
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
