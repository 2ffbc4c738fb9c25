"""Builds files in memory, good and bad, byte by byte where it matters."""

import functools
import io
import struct
import zipfile
import zlib

import pikepdf

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OOXML = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": ("word/document.xml", f"{OOXML}.wordprocessingml.document.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OOXML}.presentationml.presentation.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OOXML}.spreadsheetml.sheet.main+xml"),
}
ODF_TYPE = {
    kind: f"application/vnd.oasis.opendocument.{name}"
    for kind, name in {"odt": "text", "odp": "presentation", "ods": "spreadsheet"}.items()
}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
SECRET_AUTHOR = "Ola Nordmann"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Ola Nordmann</dc:creator>'
    "<cp:lastModifiedBy>Ola Nordmann</cp:lastModifiedBy></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Company>Ola Nordmann AS</Company><Manager>Ola Nordmann</Manager></Properties>"
)
AUTHOR = "<dc:creator>Ola Nordmann</dc:creator>"
ODF_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
    ' xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def archive(entries, *, stored=()):
    """A zip of (name, content) pairs in order; a name may be a ZipInfo."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries:
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            packed.writestr(name, content, compress_type=method)
    return out.getvalue()


def relationships(*relations):
    """A .rels part of (type, target, external) triples."""
    rows = "".join(
        f'<Relationship Id="r{no}" Type="{kind if ":" in kind else f"{OFFICE}/{kind}"}" Target="{target}"'
        + (' TargetMode="External"/>' if external else "/>")
        for no, (kind, target, external) in enumerate(relations)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def content_types(kind, *, main_type="", more=""):
    part, usual = MAIN[kind]
    return (
        f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/{part}" ContentType="{main_type or usual}"/>{more}</Types>'
    )


def office(kind="docx", *, types=None, root=None, body="<w:document xmlns:w='w'/>", more=()):
    """A minimal OOXML file; `more` are further entries."""
    main = MAIN[kind][0]
    return archive(
        [
            ("[Content_Types].xml", types or content_types(kind)),
            (
                "_rels/.rels",
                root
                or relationships(
                    ("officeDocument", main, False),
                    (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", False),
                    ("extended-properties", "docProps/app.xml", False),
                ),
            ),
            (main, body),
            ("docProps/core.xml", CORE),
            ("docProps/app.xml", APP),
            *more,
        ]
    )


def with_relation(kind_of_relation, target, *, external=True, kind="docx"):
    folder, _, name = MAIN[kind][0].rpartition("/")
    return office(kind, more=[(f"{folder}/_rels/{name}.rels", relationships((kind_of_relation, target, external)))])


def manifest(kind, inside=""):
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return (
        f'<manifest:manifest xmlns:manifest="{space}"><manifest:file-entry manifest:full-path="/"'
        f' manifest:media-type="{ODF_TYPE[kind]}"/><manifest:file-entry manifest:full-path="content.xml"'
        f' manifest:media-type="text/xml">{inside}</manifest:file-entry></manifest:manifest>'
    )


def opendocument(kind="odt", *, content="", meta="", inside="", more=(), first=True, stored=("mimetype",)):
    mimetype = ("mimetype", ODF_TYPE[kind])
    rest = [
        ("content.xml", f"<office:document-content {ODF_NAMESPACES}><office:scripts/>{content}</office:document-content>"),
        ("meta.xml", f"<office:document-meta {ODF_NAMESPACES}><office:meta>{meta}{AUTHOR}</office:meta></office:document-meta>"),
        ("Thumbnails/thumbnail.png", PNG),
        ("Configurations2/accelerator/", ""),
        ("Configurations2/accelerator/current.xml", ""),
        ("META-INF/manifest.xml", manifest(kind, inside)),
        *more,
    ]
    return archive([mimetype, *rest] if first else [*rest, mimetype], stored=stored)


def pdf(change=None, *, pages=1, **save):
    """A PDF of empty pages; `change` may do something to it before it is saved."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.docinfo["/Author"] = SECRET_AUTHOR
        document.docinfo["/Title"] = "Jobbkart"
        if change:
            change(document)
        document.save(out, **save)
    return out.getvalue()


def action(kind, **more):
    """A change that makes the PDF do `kind` when it is opened."""

    def change(document):
        document.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name("/" + kind), **{key: pikepdf.String(value) for key, value in more.items()}
        )

    return change


def annotation(subtype, **more):
    def change(document):
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name("/" + subtype), Rect=[0, 0, 9, 9], **more)
        document.pages[0].Annots = document.make_indirect(pikepdf.Array([note]))

    return change


def pdf_bomb():
    """A PDF whose object stream unpacks to 300 MB."""
    packer = zlib.compressobj(9)
    tree = b"<</Type/Pages/Kids[5 0 R]/Count 1>>"
    held = b"2 0 5 %d " % len(tree)
    pages = held + tree + b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    packed = packer.compress(pages) + b"".join(packer.compress(b" " * 2**20) for _ in range(300)) + packer.flush()
    head = b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    stream_at = len(head)
    stream = (b"3 0 obj\n<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length %d>>\nstream\n" % (len(held), len(packed))) + packed
    stream += b"\nendstream\nendobj\n"
    table_at = len(head) + len(stream)
    rows = [(0, 0, 65535), (1, 9, 0), (2, 3, 0), (1, stream_at, 0), (1, table_at, 0), (2, 3, 1)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    end = b"4 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
    return head + stream + end + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table_at


def zip_with_lying_size(declared=1000, real=5_000_000):
    """A DOCX whose big entry says in its headers that it is small."""
    data = bytearray(office(more=[("word/media/image1.png", bytes(real))]))
    size = struct.pack("<I", real)
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = struct.pack("<I", declared)
        at = data.find(size, at + 4)
    return bytes(data)


@functools.cache
def zip_bomb(size=1024**3):
    """A DOCX that holds 1 GiB of nothing in about 1 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", content_types("docx"))
        packed.writestr("_rels/.rels", relationships(("officeDocument", "word/document.xml", False)))
        with packed.open("word/document.xml", "w") as entry:
            for _ in range(size // 2**24):
                entry.write(bytes(2**24))
    return out.getvalue()


def overlapping():
    """A DOCX where two entries of the directory point at the same bytes."""
    data = bytearray(office(more=[("word/a.png", PNG), ("word/b.png", PNG)]))
    directory = data.find(b"PK\x01\x02")
    offsets = {}
    at = directory
    while data[at : at + 4] == b"PK\x01\x02":
        name_size, extra, comment = struct.unpack("<3H", data[at + 28 : at + 34])
        offsets[bytes(data[at + 46 : at + 46 + name_size])] = at + 42
        at += 46 + name_size + extra + comment
    first, second = offsets[b"word/a.png"], offsets[b"word/b.png"]
    data[second : second + 4] = data[first : first + 4]
    return bytes(data)


def encrypted_flag(data):
    """The same archive with the encryption bit set on every entry."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def symlink(name):
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = 0o120777 << 16
    return entry
