"""Room for files: per sketch, and per organisation."""

import pytest
from django.utils import translation

from suppliers import file_room
from suppliers.file_room import check_room
from tenders.uploads.refusals import UploadRefused

MB = 1024 * 1024


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
    assert refused.value.reason is getattr(file_room, reason)


def test_the_last_file_that_has_room_is_let_in():
    check_room(20 * MB, beside=[10 * MB] * 4, stored=180 * MB)


def test_the_limits_in_the_texts_are_the_limits_we_keep():
    with translation.override(None):
        assert file_room.MAX_FILES == 5
        assert "five" in str(file_room.TOO_MANY_FILES)
        assert f"{file_room.MAX_TOGETHER_BYTES // MB} MB" in str(file_room.TOO_MUCH_TOGETHER)
        assert f"{file_room.MAX_STORED_BYTES // MB} MB" in str(file_room.TOO_MUCH_STORED)
