"""The files that must be refused, each with the reason, and the files that must be taken in.

A row: number, name of the file, what makes it, the name of the refusal in `tenders.uploads.refusals`.
"""

import warnings

import pikepdf

from tests.tenders.upload_building import (
    OOXML,
    PACKAGE,
    PNG,
    action,
    annotation,
    archive,
    content_types,
    encrypted_flag,
    office,
    opendocument,
    overlapping,
    pdf,
    pdf_bomb,
    relationships,
    symlink,
    with_relation,
    zip_bomb,
    zip_with_lying_size,
)

MB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><w>&c;</w>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + content_types("docx").partition("?>")[2]
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
FIELD = "<w:document xmlns:w='w'><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\\\x</w:instrText></w:r></w:document>"
SCRIPT_LISTENER = '<script:event-listener xlink:href="vnd.sun.star.script:Standard.x?language=Basic"/>'


def exactly(size):
    """A PDF of just this many bytes."""
    start = pdf()
    cut = start.rindex(b"startxref")
    return start[:cut] + b"%" + b"x" * (size - len(start) - 2) + b"\n" + start[cut:]


def twice(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return office(more=[(name, "<w/>")])


def attach(document):
    document.attachments["budsjett.txt"] = b"tall"


def named_script(document):
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("a"), script]))


def form_of_another_kind(document):
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pikepdf.Stream(document, b"<xdp/>"))


def link(address):
    return annotation("Link", A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address)))


LOCKED = pikepdf.Encryption(owner="a", user="b")
ONLY_PRINT = pikepdf.Encryption(owner="a", user="")

BAD = [
    ("U1", "a.pdf", lambda: b"", "EMPTY"),
    ("U3", "a.pdf", lambda: exactly(20 * MB + 1), "TOO_LARGE"),
    ("U5", "a.pdf", lambda: b"<html><script>alert(1)</script></html>", "NOT_WHAT_IT_SAYS"),
    ("U6", "a.pdf", lambda: b"<html>" + b" " * 894 + pdf(), "NOT_WHAT_IT_SAYS"),
    ("U7", "a.pdf", lambda: pdf() + archive([("a.txt", "a")]), "TWO_KINDS_AT_ONCE"),
    ("U8", "a.docx", lambda: b"GIF89a" + office(), "NOT_WHAT_IT_SAYS"),
    ("U9", "a.docx", lambda: office(types=content_types("docx", main_type=MACRO_TYPE), more=[("word/vbaProject.bin", OLE)]), "MACROS"),
    ("U9b", "a.docx", lambda: office(types=content_types("docx", main_type=MACRO_TYPE)), "MACROS"),
    (
        "U9c",
        "a.docx",
        lambda: with_relation("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "x", external=False),
        "MACROS",
    ),
    ("U9d", "a.xlsx", lambda: office("xlsx", more=[("xl/macrosheets/sheet1.xml", "<m/>")]), "MACROS"),
    ("U9e", "a.docx", lambda: office(more=[("word/activeX/activeX1.xml", "<a/>")]), "MACROS"),
    ("U10", "a.docm", office, "MACROS"),
    ("U10b", "a.doc", lambda: OLE, "OLD_FORMAT"),
    ("U11", "a.docx", lambda: OLE, "OLD_FORMAT"),
    ("U12", "a.docx", lambda: archive([("META-INF/MANIFEST.MF", "Main-Class: A"), ("A.class", "x")]), "NOT_WHAT_IT_SAYS"),
    ("U13", "a.pptx", office, "NOT_WHAT_IT_SAYS"),
    (
        "U13b",
        "a.docx",
        lambda: office(root=relationships(("officeDocument", "a.xml", False), ("officeDocument", "b.xml", False))),
        "NOT_WHAT_IT_SAYS",
    ),
    (
        "U13c",
        "a.docx",
        lambda: office(types=content_types("docx", main_type=f"{OOXML}.wordprocessingml.template.main+xml")),
        "NOT_WHAT_IT_SAYS",
    ),
    ("U14", "a.docx", zip_bomb, "GROWS_TOO_LARGE"),
    ("U14b", "a.docx", lambda: office(more=[(f"word/media/{no}.png", b"") for no in range(2000)]), "GROWS_TOO_LARGE"),
    ("U14c", "a.pdf", pdf_bomb, "DAMAGED"),
    ("U14d", "a.pdf", lambda: pdf()[:-6] + b"%/ObjStm LZWDecode\n%%EOF\n", "GROWS_TOO_LARGE"),
    ("U15", "a.docx", zip_with_lying_size, "DAMAGED"),
    ("U15b", "a.docx", overlapping, "ODDLY_PACKED"),
    ("U16", "a.docx", lambda: office(more=[("../../etc/x", "x")]), "ODDLY_PACKED"),
    ("U16b", "a.docx", lambda: office(more=[("/etc/x", "x")]), "ODDLY_PACKED"),
    ("U16c", "a.docx", lambda: office(more=[("word\\x.xml", "x")]), "ODDLY_PACKED"),
    ("U16d", "a.docx", lambda: office() + b"after the end", "ODDLY_PACKED"),
    ("U17", "a.docx", lambda: office(more=[(symlink("word/x.png"), "/etc/passwd")]), "ODDLY_PACKED"),
    ("U18", "a.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "PASSWORD"),
    ("U18b", "a.pdf", lambda: pdf(encryption=LOCKED), "PASSWORD"),
    ("U18c", "a.pdf", lambda: pdf(encryption=ONLY_PRINT), "PASSWORD"),
    ("U18d", "a.docx", lambda: encrypted_flag(office()), "PASSWORD"),
    ("U18e", "a.odt", lambda: opendocument(inside="<manifest:encryption-data/>"), "PASSWORD"),
    ("U19", "a.docx", lambda: twice("word/document.xml"), "ODDLY_PACKED"),
    ("U19b", "a.docx", lambda: twice("WORD/Document.xml"), "ODDLY_PACKED"),
    ("U20", "a.docx", lambda: office(body=LAUGHS), "ODDLY_PACKED"),
    ("U20b", "a.odt", lambda: opendocument(more=[("styles.xml", LAUGHS)]), "ODDLY_PACKED"),
    ("U20c", "a.docx", lambda: office(body="<w:document"), "DAMAGED"),
    ("U21", "a.docx", lambda: office(types=OUTSIDE), "ODDLY_PACKED"),
    ("U22", "a.pdf", lambda: pdf(pages=40)[:2000], "DAMAGED"),
    ("U22b", "a.pdf", lambda: pdf(pages=40)[:2000] + b"\n%%EOF", "DAMAGED"),
    ("U22c", "a.docx", lambda: office()[:400], "DAMAGED"),
    ("U23b", "a.odt", lambda: opendocument(more=[("Basic/Standard/Module1.xml", "<m/>")]), "MACROS"),
    ("U23c", "a.odt", lambda: opendocument(stored=()), "NOT_WHAT_IT_SAYS"),
    ("U23d", "a.odt", lambda: opendocument(first=False), "NOT_WHAT_IT_SAYS"),
    ("U23e", "a.odt", office, "NOT_WHAT_IT_SAYS"),
    ("U23f", "a.odt", lambda: opendocument("odp"), "NOT_WHAT_IT_SAYS"),
    ("U23g", "a.odt", lambda: opendocument(content=SCRIPT_LISTENER), "MACROS"),
    ("U23h", "a.odt", lambda: opendocument(content='<office:script script:language="x"/>'), "MACROS"),
    ("U23i", "a.odp", lambda: opendocument("odp", content='<text:p presentation:action="execute"/>'), "MACROS"),
    ("U23j", "a.odt", lambda: opendocument(content='<text:a xlink:href="vnd.sun.star.script:x"/>'), "MACROS"),
    ("U23k", "a.odt", lambda: opendocument(more=[("Object 1/content.xml", "<o/>")]), "FILE_INSIDE"),
    ("U23l", "a.odt", lambda: opendocument(content='<draw:image xlink:href="https://example.org/x.png"/>'), "FETCHES_FROM_OUTSIDE"),
    ("U23m", "a.odt", lambda: opendocument(content='<text:section-source xlink:href="../secret.odt"/>'), "FETCHES_FROM_OUTSIDE"),
    ("U23n", "a.odt", lambda: opendocument(meta='<meta:template xlink:href="https://example.org/x.ott"/>'), "FETCHES_FROM_OUTSIDE"),
    ("U23o", "a.ods", lambda: opendocument("ods", content="<office:dde-source/>"), "FETCHES_FROM_OUTSIDE"),
    ("U23p", "a.odt", lambda: opendocument(content='<text:a xlink:href="//server/x"/>'), "FETCHES_FROM_OUTSIDE"),
    ("U26", "a.docx", lambda: with_relation("attachedTemplate", "https://example.org/x.dotm"), "FETCHES_FROM_OUTSIDE"),
    ("U26b", "a.docx", lambda: with_relation("image", "https://example.org/x.png"), "FETCHES_FROM_OUTSIDE"),
    ("U26c", "a.docx", lambda: with_relation("hyperlink", "file:///C:/x.exe"), "FETCHES_FROM_OUTSIDE"),
    ("U26d", "a.docx", lambda: with_relation("hyperlink", r"\\server\x"), "FETCHES_FROM_OUTSIDE"),
    ("U26e", "a.docx", lambda: with_relation("attachedTemplate", r"file:///\\server\x.dotm"), "FETCHES_FROM_OUTSIDE"),
    ("U26f", "a.docx", lambda: office(body=FIELD), "FETCHES_FROM_OUTSIDE"),
    ("U26g", "a.docx", lambda: office(body="<w:p xmlns:w='w'><w:fldSimple w:instr='DDE x'/></w:p>"), "FETCHES_FROM_OUTSIDE"),
    ("U27", "a.docx", lambda: office(more=[("word/embeddings/book.xlsx", office("xlsx"))]), "FILE_INSIDE"),
    ("U27b", "a.docx", lambda: office(more=[("word/embeddings/oleObject1.bin", OLE)]), "FILE_INSIDE"),
    ("U27c", "a.docx", lambda: office(more=[("word/media/image1.png", b"MZ" + bytes(80) + b"PE\x00\x00")]), "FILE_INSIDE"),
    ("U27d", "a.docx", lambda: with_relation("aFChunk", "x.html", external=False), "FILE_INSIDE"),
    ("U28", "a.pdf", lambda: pdf(action("JavaScript", JS="app.alert(1)")), "RUNS_SOMETHING"),
    ("U28b", "a.pdf", lambda: pdf(named_script), "RUNS_SOMETHING"),
    ("U28c", "a.pdf", lambda: pdf(action("Launch", F="cmd.exe")), "RUNS_SOMETHING"),
    ("U28d", "a.pdf", lambda: pdf(action("SubmitForm", F="https://example.org")), "RUNS_SOMETHING"),
    ("U28e", "a.pdf", lambda: pdf(form_of_another_kind), "RUNS_SOMETHING"),
    ("U28f", "a.pdf", lambda: pdf(annotation("RichMedia")), "RUNS_SOMETHING"),
    ("U28g", "a.pdf", lambda: pdf(action("GoToR", F="//server/x.pdf")), "RUNS_SOMETHING"),
    ("U28h", "a.pdf", lambda: pdf(named_script, object_stream_mode=pikepdf.ObjectStreamMode.generate), "RUNS_SOMETHING"),
    ("U28i", "a.pdf", lambda: pdf(action("Launch", F="xx")).replace(b"/Launch", b"/L#61unch").replace(b"(xx)", b"()"), "RUNS_SOMETHING"),
    ("U29", "a.pdf", lambda: pdf(attach), "FILE_INSIDE"),
    ("U29b", "a.pdf", lambda: pdf(annotation("FileAttachment")), "FILE_INSIDE"),
    ("U30", "a.pdf", lambda: pdf(link("file:///etc/passwd")), "FETCHES_FROM_OUTSIDE"),
    ("U30b", "a.pdf", lambda: pdf(link("javascript:alert(1)")), "FETCHES_FROM_OUTSIDE"),
    ("U31", "a.pdf", lambda: pdf(pages=301), "TOO_MANY_PAGES"),
    ("N1", "../../settings.py", pdf, "WRONG_TYPE"),
    ("N5", "rapport.pdf.exe", pdf, "WRONG_TYPE"),
    ("N7", ".htaccess", pdf, "WRONG_TYPE"),
    ("N8", "a.pdf\0.exe", pdf, "WRONG_TYPE"),
    ("N8b", "a", pdf, "WRONG_TYPE"),
]

WORD_LIKE = [
    (
        "word/_rels/document.xml.rels",
        relationships(
            ("hyperlink", "https://www.nav.no/", True),
            ("hyperlink", "mailto:post@example.org", True),
            ("hyperlink", "www.nav.no", True),
            ("image", "media/image1.png", False),
        ),
    ),
    ("word/_rels/settings.xml.rels", relationships(("attachedTemplate", r"file:///C:\Users\Ola Nordmann\Mal.dotx", True))),
    ("word/settings.xml", "<w:settings xmlns:w='w'/>"),
    ("word/media/image1.png", PNG),
    ("customXml/item1.xml", "<b/>"),
]
CALC_LINKS = '<text:a xlink:href="https://www.nav.no/"/><text:a xlink:href="#Ark1"/><draw:image xlink:href="Pictures/1.png"/>'
LOCAL_TEMPLATE = '<meta:template xlink:href="../../../usr/share/mal.ott" xlink:actuate="onRequest"/>'

GOOD = [
    ("U2", "stor.pdf", lambda: exactly(20 * MB)),
    ("U25 scan", "skann.PDF", lambda: pdf(pages=300)),
    ("U25 object streams", "a.pdf", lambda: pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate)),
    ("U25 links", "a.pdf", lambda: pdf(link("https://www.nav.no/"))),
    ("U25 open at page", "a.pdf", lambda: pdf(action("GoTo", D="side 1"))),
    ("U25 linearised", "a.pdf", lambda: pdf(linearize=True)),
    ("U25 docx", "søknad – «idé» 🙂.docx", office),
    ("U25 Word", "Skisse.docx", lambda: office(more=WORD_LIKE)),
    ("U25 field", "Skisse.docx", lambda: office(body="<w:p xmlns:w='w'><w:instrText>HYPERLINK gladden</w:instrText></w:p>")),
    (
        "U25 Strict",
        "Skisse.docx",
        lambda: office(
            root=relationships(("http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument", "/word/document.xml", False))
        ),
    ),
    ("U25 pptx", "Presentasjon.pptx", lambda: office("pptx", more=[("ppt/media/image1.png", PNG)])),
    ("U25 picture in embeddings", "a.pptx", lambda: office("pptx", more=[("ppt/embeddings/image1.emf", PNG)])),
    ("U25 xlsx", "Budsjett.xlsx", lambda: office("xlsx", more=[("xl/printerSettings/printerSettings1.bin", b"H\0P\0")])),
    ("U25 odt", "Skisse.odt", lambda: opendocument(meta=LOCAL_TEMPLATE)),
    ("U25 odp", "Presentasjon.odp", lambda: opendocument("odp", content='<text:p presentation:action="next-page"/>')),
    ("U25 ods", "Tall.ods", lambda: opendocument("ods", content=CALC_LINKS)),
    (
        "U25 core props relation",
        "a.docx",
        lambda: office(
            root=relationships(
                ("officeDocument", "word/document.xml", False), (f"{PACKAGE}/relationships/metadata/thumbnail", "t.jpeg", False)
            )
        ),
    ),
]
