"""PDF (ISO 32000): a document and nothing that acts."""

import io
import zipfile
from collections.abc import Iterator

import pikepdf

from tenders.uploads.refusals import (
    DAMAGED,
    FETCHES_FROM_OUTSIDE,
    FILE_INSIDE,
    GROWS_TOO_LARGE,
    NOT_WHAT_IT_SAYS,
    PASSWORD,
    RUNS_SOMETHING,
    TOO_MANY_PAGES,
    TWO_KINDS_AT_ONCE,
    UploadRefused,
)
from tenders.uploads.xml_parts import scheme_of

MAX_PAGES = 300
MAX_OBJECTS = 200_000
MAX_STREAM_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 60
STARTS_A_PDF = b"%PDF-"
END_WITHIN_BYTES = 1024

_ACTING_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
_ACTIONS = frozenset(
    {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/RichMediaExecute"),
        *("/Movie", "/Sound", "/GoTo3DView"),
    }
)
_ACTING_ANNOTATIONS = frozenset({"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})
_FILE_KEYS = frozenset({"/EF", "/EmbeddedFiles", "/EmbeddedFile"})
_FILE_TYPES = frozenset({"/EmbeddedFile", "/FileAttachment"})
_LINK_SCHEMES = ("", "http", "https", "mailto", "tel")

# For the whole process, and pikepdf is used nowhere else: without these a 20 MB file may ask for gigabytes of memory.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MAX_STREAM_BYTES,
    png_max_memory=MAX_STREAM_BYTES,
    tiff_max_memory=MAX_STREAM_BYTES,
    run_length_max_memory=MAX_STREAM_BYTES,
    max_stream_filters=4,
)


def check_pdf_file(data: bytes) -> None:
    """Raise `UploadRefused` unless this is a whole PDF without password, scripts, actions that reach out, or files."""
    if not data.startswith(STARTS_A_PDF):
        raise UploadRefused(NOT_WHAT_IT_SAYS)
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise UploadRefused(TWO_KINDS_AT_ONCE)
    if b"%%EOF" not in data[-END_WITHIN_BYTES:]:
        raise UploadRefused(DAMAGED)
    if b"LZWDecode" in data and b"/ObjStm" in data:
        # No program writes this: LZW went out of use before object streams came, and qpdf sets it no limit.
        raise UploadRefused(GROWS_TOO_LARGE)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            _check_document(pdf)
    except pikepdf.PasswordError as locked:
        raise UploadRefused(PASSWORD) from locked
    except (pikepdf.PdfError, ValueError, RuntimeError, AttributeError, TypeError) as broken:
        raise UploadRefused(DAMAGED) from broken


def _check_document(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise UploadRefused(PASSWORD)
    if len(pdf.objects) > MAX_OBJECTS:
        raise UploadRefused(GROWS_TOO_LARGE)
    for held in pdf.objects:
        for dictionary in _dictionaries(held):
            _check_dictionary(dictionary)
    if not 0 < len(pdf.pages) <= MAX_PAGES:
        raise UploadRefused(TOO_MANY_PAGES if len(pdf.pages) else DAMAGED)


def _dictionaries(held: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every dictionary that lies directly in an object; those referred to are objects of their own."""
    todo = [(held, 0)]
    while todo:
        this, depth = todo.pop()
        if depth > MAX_DEPTH:
            raise UploadRefused(DAMAGED)
        if isinstance(this, pikepdf.Dictionary | pikepdf.Stream):
            yield this
            inner = list(this.as_dict().values()) if isinstance(this, pikepdf.Dictionary) else [this.stream_dict]
        elif isinstance(this, pikepdf.Array):
            inner = list(this.as_list())
        else:
            continue
        todo.extend((child, depth + 1) for child in inner if not _stands_elsewhere(child))


def _stands_elsewhere(value: object) -> bool:
    return not isinstance(value, pikepdf.Object) or value.is_indirect


def _check_dictionary(dictionary: pikepdf.Object) -> None:
    keys = set(dictionary.keys())
    if keys & _ACTING_KEYS:
        raise UploadRefused(RUNS_SOMETHING)
    if keys & _FILE_KEYS or {_name(dictionary, "/Type"), _name(dictionary, "/Subtype")} & _FILE_TYPES:
        raise UploadRefused(FILE_INSIDE)
    action = _name(dictionary, "/S")
    if action in _ACTIONS or _name(dictionary, "/Subtype") in _ACTING_ANNOTATIONS:
        raise UploadRefused(RUNS_SOMETHING)
    if action == "/URI" and scheme_of(str(dictionary.get("/URI", ""))) not in _LINK_SCHEMES:
        raise UploadRefused(FETCHES_FROM_OUTSIDE)


def _name(dictionary: pikepdf.Object, key: str) -> str:
    value = dictionary.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""
