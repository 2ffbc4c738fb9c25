"""Forms that hold something that cannot be: what is wrong is said, what was typed stands, nothing is stored."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.bad_input.corpus import REFUSED
from tests.bad_input.sending import check_page, nothing_stored, sentences, squeezed, still_typed, words_of
from tests.sketches_made import pdf_with

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("bad", REFUSED, ids=[f"{bad.id}-{bad.place}-{next(iter(bad.typed))}" for bad in REFUSED])
def test_a_form_that_cannot_be(desk, bad):
    with nothing_stored():
        html = check_page(desk.send_as_begun(bad.place, bad.typed), status=bad.status)
    assert any(bad.says in said for said in sentences(html)), sentences(html)
    kept = [squeezed(value) for value in still_typed(html)]
    for typed in map(str, bad.typed.values()):
        assert squeezed(typed) in kept, f"{typed[:40]!r} is gone"


@pytest.mark.parametrize("typed", ["50\N{NO-BREAK SPACE}000,00", "50\N{NARROW NO-BREAK SPACE}000,00", "50\N{THIN SPACE}000"])
def test_amounts_with_spaces_that_do_not_break(desk, typed):
    assert desk.send("money", {"pays_each_1": typed}).status_code == 302
    assert desk.world.tenders["draft"].stages.get(no=1).pays_each == Decimal(50000)


def test_weights_that_do_not_add_up_are_not_sent_for_approval(desk):
    """They may be saved on the way; the sum stands on the page, and sending is refused with it."""
    assert desk.send("criteria", {"weight_1_1": "99"}).status_code == 302
    path = f"/tenders/{desk.world.tenders['draft'].reference}/announcement/"
    with nothing_stored():
        answer = desk.client("officer").post(path + "propose/", {"approver": str(desk.world.approver.pk)})
    assert answer.status_code == 200
    assert "Vektene i «Idéskisse» er" in words_of(answer.content.decode())


def _picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("skisse.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "image/png")


def _renamed() -> SimpleUploadedFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "hei")
    return SimpleUploadedFile("skisse.docx", made.getvalue())


def _page() -> SimpleUploadedFile:
    return SimpleUploadedFile("skisse.pdf", b"<html><script>alert(1)</script></html>", "application/pdf")


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ([_picture], ["skisse.png: "]),
        ([_renamed], ["skisse.docx: "]),
        ([_page], ["skisse.pdf: "]),
        ([lambda: SimpleUploadedFile("tom.pdf", b"")], ["tom.pdf: "]),
    ],
    ids=["picture", "zip called docx", "page called pdf", "empty"],
)
def test_files_that_cannot_be_taken_leave_the_text(desk, files, names):
    written = {"answer_title": "Et nytt navn på ideen", "files": [make() for make in files], "do": "upload"}
    answer = desk.send("sketch", written)
    html = check_page(answer, status=422)
    assert all(any(name in said for said in sentences(html)) for name in names), sentences(html)
    assert "Et nytt navn på ideen" in still_typed(html)
    assert desk.world.own["open"].attachments.filter(removed_at=None).count() == 1


def test_six_files_at_once_are_refused_one_by_one_where_there_is_no_room(desk):
    files = [SimpleUploadedFile(f"kart{no}.pdf", pdf_with("x")) for no in range(6)]
    html = check_page(desk.send("sketch", {"answer_title": "Et nytt navn", "files": files, "do": "upload"}), status=422)
    assert any("kart5.pdf: " in said for said in sentences(html)), sentences(html)
    assert "Et nytt navn" in still_typed(html)
