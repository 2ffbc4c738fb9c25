import io
import zipfile

import pikepdf
import pytest

from tenders.uploads.checks import check_upload
from tenders.uploads.kinds import FileKind
from tenders.uploads.properties import clean_metadata
from tests.tenders.upload_building import SECRET_AUTHOR, office, opendocument, pdf
from tests.tenders.upload_corpus import WORD_LIKE


def with_xmp(document):
    with document.open_metadata() as properties:
        properties["dc:creator"] = [SECRET_AUTHOR]
        properties["dc:title"] = "Jobbkart"
        properties["pdf:Producer"] = SECRET_AUTHOR
        properties["pdfuaid:part"] = "1"


def everything_in(data):
    if data.startswith(b"%PDF-"):
        with pikepdf.open(io.BytesIO(data)) as document:
            held = [str(document.docinfo)] + [str(one) for one in document.docinfo.values()]
            return "".join(held) + (document.Root.Metadata.read_bytes().decode() if "/Metadata" in document.Root else "")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "".join(packed.read(name).decode("latin-1") for name in packed.namelist())


FILES = {
    "a.pdf": lambda: pdf(with_xmp),
    "a.docx": lambda: office(more=WORD_LIKE),
    "a.pptx": lambda: office("pptx"),
    "a.xlsx": lambda: office("xlsx"),
    "a.odt": opendocument,
    "a.odp": lambda: opendocument("odp"),
    "a.ods": lambda: opendocument("ods"),
}


@pytest.mark.parametrize("name", FILES)
def test_names_are_gone_from_the_properties_and_the_file_is_still_good(name):
    before = FILES[name]()
    assert SECRET_AUTHOR in everything_in(before)
    after = clean_metadata(before, FileKind(name[2:]))
    assert "Nordmann" not in everything_in(after)
    assert check_upload(name, after).kind == name[2:]


def test_a_pdf_keeps_its_title_and_what_makes_it_accessible():
    after = clean_metadata(pdf(with_xmp), FileKind.PDF)
    with pikepdf.open(io.BytesIO(after)) as document, document.open_metadata() as properties:
        assert properties["dc:title"] == "Jobbkart"
        assert properties["pdfuaid:part"] == "1"
        assert str(document.docinfo["/Title"]) == "Jobbkart"


def test_all_else_in_an_office_file_is_unchanged():
    before = office(more=WORD_LIKE)
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(clean_metadata(before, FileKind.DOCX))) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        assert old.namelist() == new.namelist()
        assert changed == {"docProps/core.xml", "docProps/app.xml", "word/_rels/settings.xml.rels"}
        assert b"Mal.dotx" not in new.read("word/_rels/settings.xml.rels")
