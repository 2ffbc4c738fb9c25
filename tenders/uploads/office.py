"""DOCX, PPTX and XLSX (ECMA-376): what may be inside, and what may not."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from tenders.uploads import xml_parts, zip_container
from tenders.uploads.kinds import CONTENT_TYPES, FileKind
from tenders.uploads.refusals import (
    DAMAGED,
    FETCHES_FROM_OUTSIDE,
    FILE_INSIDE,
    GROWS_TOO_LARGE,
    MACROS,
    NOT_WHAT_IT_SAYS,
    OLD_FORMAT,
    PASSWORD,
    UploadRefused,
)
from tenders.uploads.xml_parts import Name

MAX_XML_BYTES = 60 * 1024 * 1024
CONTENT_TYPES_PART = "[Content_Types].xml"
ROOT_RELATIONSHIPS_PART = "_rels/.rels"

_XML_ENDINGS = (".xml", ".rels", ".vml")
_MACRO_PARTS = re.compile(r"(^|/)(vba[^/]*\.(bin|xml)|activex/.*|macrosheets/.*|dialogsheets/.*|customui/.*)", re.IGNORECASE)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".tif", ".tiff", ".svg")
_PRINTER_SETTINGS = re.compile(r"(^|/)printersettings/[^/]*\.bin$", re.IGNORECASE)
_MACRO_TYPES = ("macroenabled", "vba", "activex", "ms-office.activex", "intlmacrosheet", "macrosheet")
_MACRO_RELATIONS = ("/vbaProject", "/wordVbaData", "/activeXControl", "/control", "/xlMacrosheet", "/xlIntlMacrosheet")
_FILE_RELATIONS = ("/oleObject", "/package", "/aFChunk", "/embeddedObject")
_LINK_SCHEMES = ("http", "https", "mailto")
_LOCAL_TEMPLATE = re.compile(r"file:///[a-z]:[\\/]", re.IGNORECASE)
_DATA_EXCHANGE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)


@dataclass
class _Package:
    """What the package says of itself: the type of each part, and the main part."""

    of_part: dict[str, str] = field(default_factory=dict)
    of_ending: dict[str, str] = field(default_factory=dict)
    main_parts: list[str] = field(default_factory=list)

    def type_of(self, part: str) -> str:
        return self.of_part.get(part.lower()) or self.of_ending.get(part.rpartition(".")[2].lower(), "")


def check_office_file(data: bytes, kind: FileKind) -> None:
    """Raise `UploadRefused` unless this is a `kind` without macros, embedded files and links that load by themselves."""
    if data.startswith(zip_container.STARTS_OLE):
        # A locked DOCX is an OLE file that holds a stream of this name.
        raise UploadRefused(PASSWORD if "EncryptedPackage".encode("utf-16-le") in data else OLD_FORMAT)
    if not data.startswith(zip_container.STARTS_AN_ARCHIVE):
        raise UploadRefused(NOT_WHAT_IT_SAYS)
    with zip_container.opened(data) as archive:
        names = {entry.filename for entry in archive.infolist()}
        if not {CONTENT_TYPES_PART, ROOT_RELATIONSHIPS_PART} <= names:
            raise UploadRefused(NOT_WHAT_IT_SAYS)
        _check_part_names(names)
        _check_main_part(archive, kind)
        _check_xml(archive)
        zip_container.check_content(archive)


def xml_bytes(archive: zipfile.ZipFile, endings: tuple[str, ...]) -> list[str]:
    """The names of the XML entries. Raises `UploadRefused` when they are too much to read."""
    entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(endings)]
    if sum(entry.file_size for entry in entries) > MAX_XML_BYTES:
        raise UploadRefused(GROWS_TOO_LARGE)
    return [entry.filename for entry in entries]


def _check_part_names(names: set[str]) -> None:
    for name in (name.lower() for name in names):
        if _MACRO_PARTS.search(name):
            raise UploadRefused(MACROS)
        embedded = "embeddings/" in name and not name.endswith((*_PICTURES, "/"))
        if embedded or (name.endswith(".bin") and not _PRINTER_SETTINGS.search(name)):
            raise UploadRefused(FILE_INSIDE)


def _check_main_part(archive: zipfile.ZipFile, kind: FileKind) -> None:
    """The content type of the one main part is exactly the one without macros."""
    package = _Package()
    xml_parts.scan(zip_container.read(archive, CONTENT_TYPES_PART), lambda name, said: _note_type(package, name, said))
    xml_parts.scan(zip_container.read(archive, ROOT_RELATIONSHIPS_PART), lambda _, said: _note_main(package, said))
    every_type = [*package.of_part.values(), *package.of_ending.values()]
    if any(word in content_type.lower() for content_type in every_type for word in _MACRO_TYPES):
        raise UploadRefused(MACROS)
    if len(package.main_parts) != 1:
        raise UploadRefused(NOT_WHAT_IT_SAYS)
    main = package.main_parts[0]
    if package.type_of(main) != f"{CONTENT_TYPES[kind]}.main+xml":
        raise UploadRefused(NOT_WHAT_IT_SAYS)
    if main.lstrip("/") not in archive.namelist():
        raise UploadRefused(DAMAGED)


def _note_type(package: _Package, name: Name, said: Mapping[Name, str]) -> None:
    content_type = said.get(("", "ContentType"), "")
    if name[1] == "Override":
        package.of_part["/" + said.get(("", "PartName"), "").lstrip("/").lower()] = content_type
    elif name[1] == "Default":
        package.of_ending[said.get(("", "Extension"), "").lower()] = content_type


def _note_main(package: _Package, said: Mapping[Name, str]) -> None:
    if said.get(("", "Type"), "").endswith("/officeDocument"):
        package.main_parts.append("/" + said.get(("", "Target"), "").lstrip("/"))


def _check_xml(archive: zipfile.ZipFile) -> None:
    for name in xml_bytes(archive, _XML_ENDINGS):
        part = zip_container.read(archive, name)
        if name.lower().endswith(".rels"):
            xml_parts.scan(part, _check_relationship)
        elif _DATA_EXCHANGE.search(xml_parts.scan(part, _check_field, text_of="instrText", parted_by="fldChar")):
            raise UploadRefused(FETCHES_FROM_OUTSIDE)


def _check_field(_: Name, said: Mapping[Name, str]) -> None:
    """Refuse the short form of a field that asks another program for its content."""
    if any(name[1] == "instr" and _DATA_EXCHANGE.search(value) for name, value in said.items()):
        raise UploadRefused(FETCHES_FROM_OUTSIDE)


def _check_relationship(_: Name, said: Mapping[Name, str]) -> None:
    relation, target = said.get(("", "Type"), ""), said.get(("", "Target"), "")
    if relation.endswith(_MACRO_RELATIONS):
        raise UploadRefused(MACROS)
    if relation.endswith(_FILE_RELATIONS):
        raise UploadRefused(FILE_INSIDE)
    if said.get(("", "TargetMode"), "").lower() == "external" and not _may_point_outside(relation, target):
        raise UploadRefused(FETCHES_FROM_OUTSIDE)


def _may_point_outside(relation: str, target: str) -> bool:
    """A link that a person clicks, and the template on the writer's own disk that Word notes in every document."""
    if relation.endswith("/attachedTemplate"):
        return _LOCAL_TEMPLATE.match(target) is not None
    if not relation.endswith("/hyperlink") or xml_parts.leads_to_another_machine(target):
        return False
    return xml_parts.scheme_of(target) in ("", *_LINK_SCHEMES)
