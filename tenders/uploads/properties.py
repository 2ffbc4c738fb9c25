"""Names in a file's properties: finding them before the file is public, and taking them out.

Only the properties: names in the text, in comments and in tracked changes stay, and so do those inside pictures.
"""

import io
import zipfile
from xml.sax.saxutils import quoteattr

import pikepdf
from defusedxml.ElementTree import fromstring

from tenders.uploads import zip_container
from tenders.uploads.kinds import ODF_KINDS, FileKind

LONGEST_NAME = 100
MOST_NAMES = 20

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATIONSHIP = f"{{{_PACKAGE}/relationships}}Relationship"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY_PROPERTIES = {
    "/core-properties": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>',
    "/extended-properties": f'<Properties xmlns="{_OFFICE}/extended-properties"/>',
    "/custom-properties": f'<Properties xmlns="{_OFFICE}/custom-properties"/>',
}
_EMPTY_META = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">'
    "<office:meta/></office:document-meta>"
)
_NAMES_IN_PDF = ("/Author", "/Manager", "/Company", "/LastModifiedBy")
_NAME_IN_XMP = "{http://purl.org/dc/elements/1.1/}creator"
# By the last part of the name, in core and extended properties and in meta.xml
_NAMES_IN_XML = frozenset({"creator", "lastModifiedBy", "Manager", "Company", "initial-creator", "printed-by"})
_TEMPLATE_RELATION = "/attachedTemplate"
_TEMPLATE_WITHOUT_PATH = "file:///C:\\Normal.dotm"
_KEPT_IN_PDF = frozenset({"/Title", "/CreationDate", "/ModDate", "/Trapped"})
_KEPT_IN_XMP = (
    "{http://purl.org/dc/elements/1.1/}title",
    "{http://purl.org/dc/elements/1.1/}language",
    "{http://purl.org/dc/elements/1.1/}format",
    "{http://www.aiim.org/pdfa/ns/id/}",
    "{http://www.aiim.org/pdfua/ns/id/}",
)


def clean_metadata(data: bytes, kind: FileKind) -> bytes:
    """The same file without author, last editor, company and the like in its properties.

    `data` has passed `check_upload`. A PDF keeps title, dates and language, and what says that it is PDF/A or PDF/UA;
    an electronic signature in it no longer verifies. Office files lose all properties.
    """
    if kind is FileKind.PDF:
        return _clean_pdf(data)
    with zip_container.opened(data) as archive:
        replaced = {"meta.xml": _EMPTY_META} if kind in ODF_KINDS else _empty_office_properties(archive)
        return _packed_again(archive, replaced)


def names_inside(data: bytes, kind: FileKind) -> list[str]:
    """Whom the properties name as author, last editor, manager or company; each once. `data` has passed `check_upload`."""
    if kind is FileKind.PDF:
        found = _names_in_pdf(data)
    else:
        with zip_container.opened(data) as archive:
            parts = ["meta.xml"] if kind in ODF_KINDS else list(_property_parts(archive))
            present = [part for part in parts if part in archive.namelist()]
            found = [name for part in present for name in _names_in_xml(archive.read(part))]
    seen = ("".join(sign for sign in name if sign.isprintable()).strip()[:LONGEST_NAME] for name in found)
    return list(dict.fromkeys(name for name in seen if name))[:MOST_NAMES]


def _names_in_pdf(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
        found = [str(pdf.docinfo[key]) for key in _NAMES_IN_PDF if isinstance(pdf.docinfo.get(key), pikepdf.String)]
        if "/Metadata" in pdf.Root:
            said = pdf.open_metadata(set_pikepdf_as_editor=False).get(_NAME_IN_XMP, [])
            found += [said] if isinstance(said, str) else [str(name) for name in said]
    return found


def _names_in_xml(part: bytes) -> list[str]:
    return [element.text or "" for element in fromstring(part).iter() if element.tag.rpartition("}")[2] in _NAMES_IN_XML]


def _clean_pdf(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
        for key in set(pdf.docinfo.keys()) - _KEPT_IN_PDF:
            del pdf.docinfo[key]
        if "/Metadata" in pdf.Root:
            with pdf.open_metadata(set_pikepdf_as_editor=False) as properties:
                for name in list(properties):
                    if not name.startswith(_KEPT_IN_XMP):
                        del properties[name]
        pdf.save(out)
    return out.getvalue()


def _empty_office_properties(archive: zipfile.ZipFile) -> dict[str, str]:
    replaced = _property_parts(archive)
    for name in archive.namelist():
        if name.lower().endswith("settings.xml.rels"):
            replaced[name] = _relations_without_path(archive.read(name))
    return replaced


def _property_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The parts that hold properties, each with what it looks like empty."""
    parts: dict[str, str] = {}
    for relation in fromstring(archive.read("_rels/.rels")).iter(_RELATIONSHIP):
        for ending, empty in _EMPTY_PROPERTIES.items():
            if relation.get("Type", "").endswith(ending):
                parts[relation.get("Target", "").lstrip("/")] = _XML + empty
    return parts


def _relations_without_path(part: bytes) -> str:
    """The same relationships, but the template on the writer's disk without its path, where the user's name stands."""
    written = []
    for relation in fromstring(part).iter(_RELATIONSHIP):
        said = dict(relation.items())
        if said.get("Type", "").endswith(_TEMPLATE_RELATION):
            said["Target"] = _TEMPLATE_WITHOUT_PATH
        written.append("<Relationship " + " ".join(f"{key}={quoteattr(value)}" for key, value in said.items()) + "/>")
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(written)}</Relationships>'


def _packed_again(archive: zipfile.ZipFile, replaced: dict[str, str]) -> bytes:
    """A new archive with the same entries in the same order, each packed as it was, without extra fields."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as fresh:
        for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
            copy = zipfile.ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
            copy.compress_type, copy.external_attr = entry.compress_type, entry.external_attr
            content = replaced.get(entry.filename)
            fresh.writestr(copy, archive.read(entry) if content is None else content.encode())
    return out.getvalue()
