"""The rules for files that are archives inside (OOXML and ODF), checked before anything in them is believed.

Our own checks of overlap and of the two headers agreeing are here because Python 3.11.7 lacks them (CVE-2024-0450).
"""

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from tenders.uploads.refusals import DAMAGED, FILE_INSIDE, GROWS_TOO_LARGE, ODDLY_PACKED, PASSWORD, UploadRefused

MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_COUNTS_FROM_BYTES = 1024 * 1024
STARTS_AN_ARCHIVE = b"PK\x03\x04"
STARTS_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_END = b"PK\x05\x06"
_END_BYTES = 22
_ENCRYPTED = 0x1
_READ_BYTES = 64 * 1024
_ODD_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f\\:]")
_STARTS_A_FILE_INSIDE = (STARTS_AN_ARCHIVE, STARTS_OLE, b"%PDF-", b"\x7fELF", b"#!")


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive, once its directory is found to be in order. Raises `UploadRefused`; reads no content yet."""
    if not data.startswith(STARTS_AN_ARCHIVE):
        raise UploadRefused(DAMAGED)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as broken:
        raise UploadRefused(DAMAGED) from broken
    with archive:
        if archive.comment or data[-_END_BYTES : -_END_BYTES + 4] != _END:
            raise UploadRefused(ODDLY_PACKED)
        entries = archive.infolist()
        _check_sizes(entries)
        _check_names(entries)
        _check_places(entries, data, archive.start_dir)
        yield archive


def read(archive: zipfile.ZipFile, name: str) -> bytes:
    """One entry, never more of it than its header declares."""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as broken:
        raise UploadRefused(DAMAGED) from broken
    except KeyError as missing:
        raise UploadRefused(DAMAGED) from missing


def check_content(archive: zipfile.ZipFile) -> None:
    """Read every entry through, in small pieces: it is whole, as large as declared, and not a file of another kind."""
    for entry in archive.infolist():
        try:
            with archive.open(entry) as stream:
                start = stream.read(_READ_BYTES)
                size = len(start)
                while piece := stream.read(_READ_BYTES):
                    size += len(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as broken:
            raise UploadRefused(DAMAGED) from broken
        if size != entry.file_size:
            raise UploadRefused(DAMAGED)
        if start.startswith(_STARTS_A_FILE_INSIDE) or (start.startswith(b"MZ") and b"PE\x00\x00" in start):
            raise UploadRefused(FILE_INSIDE)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if not entries or len(entries) > MAX_ENTRIES:
        raise UploadRefused(GROWS_TOO_LARGE if entries else DAMAGED)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise UploadRefused(GROWS_TOO_LARGE)
    for entry in entries:
        if entry.file_size > RATIO_COUNTS_FROM_BYTES and entry.file_size > MAX_RATIO * entry.compress_size:
            raise UploadRefused(GROWS_TOO_LARGE)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise UploadRefused(PASSWORD)
        # Names in these formats are the same name whatever the case (ECMA-376 part 2, 6.2.2.3).
        name = unicodedata.normalize("NFC", entry.orig_filename).casefold().rstrip("/")
        odd = _ODD_IN_A_NAME.search(name) or name.startswith("/") or not {"", ".", ".."}.isdisjoint(name.split("/"))
        if odd or name in seen or _is_special(entry):
            raise UploadRefused(ODDLY_PACKED)
        seen.add(name)


def _is_special(entry: zipfile.ZipInfo) -> bool:
    """Whether the entry is a link, a device or the like, or is packed by a method these formats do not use."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR) or entry.compress_type not in (
        zipfile.ZIP_STORED,
        zipfile.ZIP_DEFLATED,
    )


def _check_places(entries: list[zipfile.ZipInfo], data: bytes, directory_at: int) -> None:
    """The first entry is at byte 0, none lies over another, and both headers of each say the same."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    ends = [entry.header_offset for entry in ordered[1:]] + [directory_at]
    if ordered[0].header_offset != 0:
        raise UploadRefused(ODDLY_PACKED)
    for entry, end in zip(ordered, ends, strict=True):
        header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size:
            raise UploadRefused(DAMAGED)
        signature, _, flags, method, _, _, _, _, _, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
        name_at = entry.header_offset + _LOCAL_HEADER.size
        name = data[name_at : name_at + name_bytes].decode("utf-8" if flags & 0x800 else "cp437", "replace")
        if signature != STARTS_AN_ARCHIVE or name != entry.orig_filename or method != entry.compress_type:
            raise UploadRefused(ODDLY_PACKED)
        if name_at + name_bytes + extra_bytes + entry.compress_size > end:
            raise UploadRefused(ODDLY_PACKED)
