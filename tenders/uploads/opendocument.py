"""ODT, ODP and ODS (ISO/IEC 26300): what may be inside, and what may not."""

import re
import zipfile
from collections.abc import Mapping

from tenders.uploads import xml_parts, zip_container
from tenders.uploads.kinds import CONTENT_TYPES, FileKind
from tenders.uploads.office import xml_bytes
from tenders.uploads.refusals import (
    FETCHES_FROM_OUTSIDE,
    FILE_INSIDE,
    MACROS,
    NOT_WHAT_IT_SAYS,
    PASSWORD,
    UploadRefused,
)
from tenders.uploads.xml_parts import Name

MANIFEST = "META-INF/manifest.xml"
MIMETYPE = "mimetype"

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_SCRIPT = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
_PRESENTATION = "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_XLINK = "http://www.w3.org/1999/xlink"
_MACRO_PARTS = re.compile(r"^(.*/)?(basic|scripts|dialogs)/", re.IGNORECASE)
_OBJECT_PARTS = re.compile(r"^(.*/)?object", re.IGNORECASE)
_DATA_EXCHANGE = ("dde-source", "dde-connection-decl", "dde-connection-decls", "dde-link", "dde-links")
_LINKS = ("a", "hlink")
_LINK_SCHEMES = ("", "http", "https", "mailto")


def check_opendocument_file(data: bytes, kind: FileKind) -> None:
    """Raise `UploadRefused` unless this is a `kind` without macros, embedded files and links that load by themselves."""
    if not data.startswith(zip_container.STARTS_AN_ARCHIVE):
        raise UploadRefused(NOT_WHAT_IT_SAYS)
    with zip_container.opened(data) as archive:
        _check_mimetype(archive, kind)
        if MANIFEST not in archive.namelist():
            raise UploadRefused(NOT_WHAT_IT_SAYS)
        _check_part_names(archive.namelist())
        xml_parts.scan(zip_container.read(archive, MANIFEST), lambda name, said: _check_manifest(kind, name, said))
        for name in xml_bytes(archive, (".xml", ".rdf")):
            # LibreOffice leaves Configurations2/accelerator/current.xml empty.
            if part := zip_container.read(archive, name):
                xml_parts.scan(part, _check_element)
        zip_container.check_content(archive)


def _check_mimetype(archive: zipfile.ZipFile, kind: FileKind) -> None:
    """The first entry is `mimetype`, not packed, and says exactly what the file is (ODF 1.3 part 2, 3.3)."""
    first = min(archive.infolist(), key=lambda entry: entry.header_offset)
    if first.filename != MIMETYPE or first.compress_type != zipfile.ZIP_STORED:
        raise UploadRefused(NOT_WHAT_IT_SAYS)
    if zip_container.read(archive, MIMETYPE) != CONTENT_TYPES[kind].encode():
        raise UploadRefused(NOT_WHAT_IT_SAYS)


def _check_part_names(names: list[str]) -> None:
    if any(_MACRO_PARTS.match(name) for name in names):
        raise UploadRefused(MACROS)
    if any(_OBJECT_PARTS.match(name) for name in names):
        raise UploadRefused(FILE_INSIDE)


def _check_manifest(kind: FileKind, name: Name, said: Mapping[Name, str]) -> None:
    if name == (_MANIFEST, "encryption-data"):
        raise UploadRefused(PASSWORD)
    is_whole_file = name == (_MANIFEST, "file-entry") and said.get((_MANIFEST, "full-path")) == "/"
    if is_whole_file and said.get((_MANIFEST, "media-type")) != CONTENT_TYPES[kind]:
        raise UploadRefused(NOT_WHAT_IT_SAYS)


def _check_element(name: Name, said: Mapping[Name, str]) -> None:
    if name in ((_SCRIPT, "event-listener"), (_OFFICE, "script")):
        raise UploadRefused(MACROS)
    if said.get((_PRESENTATION, "action")) == "execute":
        raise UploadRefused(MACROS)
    if name[1] in _DATA_EXCHANGE:
        raise UploadRefused(FETCHES_FROM_OUTSIDE)
    address = said.get((_XLINK, "href"))
    if address is not None:
        _check_address(name, address.strip())


def _check_address(name: Name, address: str) -> None:
    """A link that a person clicks may lead out; all else must lie in the file. «../» is outside (ODF 1.3 part 2, 3.7)."""
    scheme = xml_parts.scheme_of(address)
    if scheme in ("vnd.sun.star.script", "macro", "javascript", "service"):
        raise UploadRefused(MACROS)
    if xml_parts.leads_to_another_machine(address):
        raise UploadRefused(FETCHES_FROM_OUTSIDE)
    if name == (_META, "template"):
        # LibreOffice notes the template on the writer's own disk here, and fetches nothing by itself.
        allowed = scheme == "" or (scheme == "file" and re.match("file:///[^/\\\\]", address) is not None)
    elif name[1] in _LINKS:
        allowed = scheme in _LINK_SCHEMES
    else:
        allowed = scheme == "" and ".." not in address.split("/") and not address.startswith("/")
    if not allowed:
        raise UploadRefused(FETCHES_FROM_OUTSIDE)
