import hashlib
import time
import tracemalloc

import pytest
from django.utils import translation

from tenders.uploads import refusals
from tenders.uploads.checks import MAX_BYTES, UploadRefused, check_upload
from tenders.uploads.kinds import CONTENT_TYPES, FileKind
from tests.tenders.upload_building import office, pdf, zip_bomb
from tests.tenders.upload_corpus import BAD, GOOD

MB = 1024 * 1024
TEXTS = {name for name in vars(refusals) if name.isupper()}


@pytest.mark.parametrize(("name", "build", "reason"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_file_is_refused_for_the_right_reason(name, build, reason):
    with pytest.raises(UploadRefused) as refused:
        check_upload(name, build())
    assert refused.value.reason is getattr(refusals, reason)


@pytest.mark.parametrize(("name", "build"), [row[1:] for row in GOOD], ids=[row[0] for row in GOOD])
def test_a_good_file_is_taken_in_as_what_it_is(name, build):
    data = build()
    checked = check_upload(name, data)
    assert checked.kind == name.rpartition(".")[2].lower()
    assert checked.content_type == CONTENT_TYPES[checked.kind]
    assert checked.size == len(data)
    assert checked.sha256 == hashlib.sha256(data).hexdigest()


def test_every_refusal_is_reached_by_a_file():
    assert {row[3] for row in BAD} == TEXTS


def test_the_limits_in_the_texts_are_the_limits_we_keep():
    with translation.override(None):
        assert f"{MAX_BYTES // MB} MB" in str(refusals.TOO_LARGE)


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
