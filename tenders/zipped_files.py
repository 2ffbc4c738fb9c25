"""All files of a tender as one archive, made while it is sent: never more than one file in memory."""

import zipfile
from collections.abc import Iterator, Sequence

from tenders.models import TenderFile
from tenders.stored_files import read

# The form that the program sha256sum reads
FINGERPRINTS = "SHA256SUMS"


class _Pieces:
    """What is written and not sent yet."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, piece: bytes, /) -> int:
        self.written += piece
        return len(piece)

    def flush(self) -> None:
        """Nothing lies between."""

    def close(self) -> None:
        """Nothing is held open."""

    def taken(self) -> bytes:
        whole = bytes(self.written)
        self.written.clear()
        return whole


def zipped(files: Sequence[TenderFile]) -> Iterator[bytes]:
    """Each file under its place and name, and the fingerprints of all. They are stored, not packed: most are packed already."""
    out, sums = _Pieces(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            name = f"{file.place:02d} {file.name}"
            archive.writestr(zipfile.ZipInfo(name), read(file))
            sums.append(f"{file.sha256}  {name}\n")
            yield out.taken()
        archive.writestr(zipfile.ZipInfo(FINGERPRINTS), "".join(sums))
    yield out.taken()
