"""The kinds of file we take in, and how each is named outside."""

from enum import StrEnum

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


class FileKind(StrEnum):
    """A kind of file; the value is its ending."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"
    ODT = "odt"
    ODP = "odp"
    ODS = "ods"


CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: f"{_OOXML}.wordprocessingml.document",
    FileKind.PPTX: f"{_OOXML}.presentationml.presentation",
    FileKind.XLSX: f"{_OOXML}.spreadsheetml.sheet",
    FileKind.ODT: f"{_ODF}.text",
    FileKind.ODP: f"{_ODF}.presentation",
    FileKind.ODS: f"{_ODF}.spreadsheet",
}

OOXML_KINDS = frozenset({FileKind.DOCX, FileKind.PPTX, FileKind.XLSX})
ODF_KINDS = frozenset({FileKind.ODT, FileKind.ODP, FileKind.ODS})

# As a reader calls them
KIND_WORDS: dict[FileKind, str] = {
    FileKind.PDF: "PDF",
    FileKind.DOCX: "Word",
    FileKind.PPTX: "PowerPoint",
    FileKind.XLSX: "Excel",
    FileKind.ODT: "OpenDocument (.odt)",
    FileKind.ODP: "OpenDocument (.odp)",
    FileKind.ODS: "OpenDocument (.ods)",
}

# Endings that say «macros inside», so that the answer can say so too.
MACRO_ENDINGS = frozenset({"docm", "dotm", "pptm", "potm", "ppsm", "xlsm", "xltm", "xlam", "xlsb"})
OLD_ENDINGS = frozenset({"doc", "dot", "ppt", "pps", "xls"})
