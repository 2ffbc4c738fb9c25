import hashlib
import time
import tracemalloc

import pytest
from django.utils import translation

from suppliers import upload_refusals
from suppliers.file_kinds import CONTENT_TYPES, FileKind
from suppliers.uploads import MAX_BYTES, MAX_FILES, UploadRefused, check_room, check_upload
from tests.suppliers.upload_building import office, pdf, zip_bomb
from tests.suppliers.upload_corpus import BAD, GOOD

MB = 1024 * 1024
TEXTS = {name for name in vars(upload_refusals) if name.isupper()}
REFUSED_FOR_LACK_OF_ROOM = {"TOO_MANY_FILES", "TOO_MUCH_TOGETHER", "TOO_MUCH_STORED"}


@pytest.mark.parametrize(("name", "build", "reason"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_file_is_refused_for_the_right_reason(name, build, reason):
    with pytest.raises(UploadRefused) as refused:
        check_upload(name, build())
    assert refused.value.reason is getattr(upload_refusals, reason)


@pytest.mark.parametrize(("name", "build"), [row[1:] for row in GOOD], ids=[row[0] for row in GOOD])
def test_a_good_file_is_taken_in_as_what_it_is(name, build):
    data = build()
    checked = check_upload(name, data)
    assert checked.kind == name.rpartition(".")[2].lower()
    assert checked.content_type == CONTENT_TYPES[checked.kind]
    assert checked.size == len(data)
    assert checked.sha256 == hashlib.sha256(data).hexdigest()


def test_every_refusal_is_reached_by_a_file_or_by_lack_of_room():
    assert {row[3] for row in BAD} | REFUSED_FOR_LACK_OF_ROOM == TEXTS


@pytest.mark.parametrize(
    ("size", "beside", "stored", "reason"),
    [
        (MB, [MB] * 5, 0, "TOO_MANY_FILES"),
        (20 * MB, [20 * MB, 20 * MB, 1], 0, "TOO_MUCH_TOGETHER"),
        (20 * MB, [], 180 * MB + 1, "TOO_MUCH_STORED"),
    ],
)
def test_a_file_too_many_has_no_room(size, beside, stored, reason):
    with pytest.raises(UploadRefused) as refused:
        check_room(size, beside=beside, stored=stored)
    assert refused.value.reason is getattr(upload_refusals, reason)


def test_the_last_file_that_has_room_is_let_in():
    check_room(20 * MB, beside=[10 * MB] * 4, stored=180 * MB)


def test_the_limits_in_the_texts_are_the_limits_we_keep():
    with translation.override(None):
        assert f"{MAX_BYTES // MB} MB" in str(upload_refusals.TOO_LARGE)
        assert MAX_FILES == 5
        assert "five" in str(upload_refusals.TOO_MANY_FILES)


def test_a_bomb_costs_neither_time_nor_memory():
    bomb = zip_bomb()
    tracemalloc.start()
    started = time.perf_counter()
    with pytest.raises(UploadRefused):
        check_upload("a.docx", bomb)
    taken = time.perf_counter() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert taken < 1
    assert peak < 50 * MB


@pytest.mark.parametrize("build", [pdf, office])
def test_a_file_cut_anywhere_is_refused_and_never_crashes(build):
    data = build()
    name = "a.pdf" if build is pdf else "a.docx"
    for size in range(0, len(data) - 8, 37):
        with pytest.raises(UploadRefused):
            check_upload(name, data[:size])


@pytest.mark.parametrize("build", [pdf, office])
def test_a_file_with_a_changed_byte_is_answered_and_never_crashes(build):
    data = build()
    name = "a.pdf" if build is pdf else "a.docx"
    answers = 0
    for at in range(0, len(data), 11):
        changed = bytearray(data)
        changed[at] ^= 0xFF
        try:
            answers += check_upload(name, bytes(changed)).kind is FileKind(name[2:])
        except UploadRefused:
            answers += 1
    assert answers == len(range(0, len(data), 11))
