import os
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenders import sealing
from tenders.sealing import CHUNK_BYTES, HEADER_BYTES, TAG_BYTES, Context, SealBroken

HERE = Context(UUID(int=1), UUID(int=2), UUID(int=3), 1, "text")
ELSEWHERE = [
    replace(HERE, tender=UUID(int=9)),
    replace(HERE, stage=UUID(int=9)),
    replace(HERE, submission=UUID(int=9)),
    replace(HERE, version=2),
    replace(HERE, part="text "),
    replace(HERE, part=""),
]
SIZES = [0, 1, 65_535, 65_536, 65_537, 200_000]
KEY = bytes(range(32))
PAIR = sealing.make_stage_key()


def flips(sealed):
    """The same bytes with one changed, for every byte."""
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1 << (at % 8)
        yield bytes(changed)


KINDS = {
    "part": (
        lambda plain, context: sealing.seal_part(plain, KEY, context=context),
        lambda sealed, context, key=KEY: sealing.open_part(sealed, key, context=context),
    ),
    "draft": (
        lambda plain, context: sealing.seal_draft(plain, KEY, context=context),
        lambda sealed, context, key=KEY: sealing.open_draft(sealed, key, context=context),
    ),
    "wrapped data key": (
        lambda plain, context: sealing.wrap_data_key(plain, KEY, context=context),
        lambda sealed, context, key=KEY: sealing.unwrap_data_key(sealed, key, context=context),
    ),
    "sealed data key": (
        lambda plain, context: sealing.seal_data_key(plain, PAIR.public, context=context),
        lambda sealed, context, key=PAIR.private: sealing.open_data_key(sealed, key, context=context),
    ),
    "stage key for the server": (
        lambda plain, context: sealing.wrap_for_server(plain, server_key=KEY, context=context.associated_data()),
        lambda sealed, context, key=KEY: sealing.unwrap_for_server(sealed, server_key=key, context=context.associated_data()),
    ),
}
EVERY_KIND = pytest.mark.parametrize(("seal", "opened"), KINDS.values(), ids=KINDS)
SECRET = b"thirty-two bytes that are secret"


@EVERY_KIND
def test_what_is_sealed_comes_back_and_cannot_be_read_before(seal, opened):
    sealed = seal(SECRET, HERE)
    assert SECRET not in sealed
    assert opened(sealed, HERE) == SECRET
    assert seal(SECRET, HERE) != sealed


@EVERY_KIND
def test_every_changed_byte_is_found(seal, opened):
    for changed in flips(seal(SECRET, HERE)):
        with pytest.raises(SealBroken):
            opened(changed, HERE)


@EVERY_KIND
def test_what_is_cut_or_longer_is_found(seal, opened):
    sealed = seal(SECRET, HERE)
    for changed in [sealed[:size] for size in range(len(sealed))] + [sealed + b"\0", sealed + bytes(CHUNK_BYTES + TAG_BYTES)]:
        with pytest.raises(SealBroken):
            opened(changed, HERE)


@EVERY_KIND
@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_what_is_moved_to_another_place_is_found(seal, opened, elsewhere):
    with pytest.raises(SealBroken):
        opened(seal(SECRET, HERE), elsewhere)


@EVERY_KIND
def test_another_key_opens_nothing(seal, opened):
    with pytest.raises(SealBroken):
        opened(seal(SECRET, HERE), HERE, sealing.make_stage_key().private)


def test_one_kind_is_never_taken_for_another():
    for name, (seal, _) in KINDS.items():
        sealed = seal(SECRET, HERE)
        for other, (_, opened) in KINDS.items():
            if other != name:
                with pytest.raises(SealBroken):
                    opened(sealed, HERE)


@pytest.mark.parametrize("size", SIZES)
def test_parts_of_every_size_come_back_whole(size):
    plain = os.urandom(size)
    sealed = sealing.seal_part(plain, KEY, context=HERE)
    chunks = max(1, -(-size // CHUNK_BYTES))
    assert len(sealed) == HEADER_BYTES + size + chunks * TAG_BYTES
    assert sealing.open_part(sealed, KEY, context=HERE) == plain


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 3), st.data())
def test_any_content_comes_back_and_no_changed_byte_is_missed(start, chunks, data):
    plain = start + bytes(chunks * CHUNK_BYTES)
    sealed = bytearray(sealing.seal_part(plain, KEY, context=HERE))
    assert sealing.open_part(bytes(sealed), KEY, context=HERE) == plain
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        sealing.open_part(bytes(sealed), KEY, context=HERE)


def chunks_of(sealed):
    body, size = sealed[HEADER_BYTES:], CHUNK_BYTES + TAG_BYTES
    return sealed[:HEADER_BYTES], [body[at : at + size] for at in range(0, len(body), size)]


@pytest.mark.parametrize(
    "change",
    [
        lambda chunks: chunks[:-1],
        lambda chunks: chunks[1:],
        lambda chunks: [chunks[1], chunks[0], *chunks[2:]],
        lambda chunks: [chunks[0], chunks[0], *chunks[1:]],
        lambda chunks: [chunks[0], *chunks[2:]],
        lambda chunks: [*chunks, chunks[-1]],
        lambda chunks: [],
    ],
    ids=["last dropped", "first dropped", "two swapped", "one twice", "one dropped", "last twice", "all dropped"],
)
@pytest.mark.parametrize("size", [3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 5])
def test_chunks_dropped_moved_or_repeated_are_found(change, size):
    header, chunks = chunks_of(sealing.seal_part(os.urandom(size), KEY, context=HERE))
    with pytest.raises(SealBroken):
        sealing.open_part(header + b"".join(change(chunks)), KEY, context=HERE)


def test_a_chunk_of_an_earlier_sealing_under_the_same_key_is_found():
    header, now = chunks_of(sealing.seal_part(bytes(2 * CHUNK_BYTES), KEY, context=HERE))
    _, before = chunks_of(sealing.seal_part(bytes(2 * CHUNK_BYTES), KEY, context=HERE))
    with pytest.raises(SealBroken):
        sealing.open_part(header + before[0] + now[1], KEY, context=HERE)


def test_no_part_of_the_plain_text_is_in_the_sealed_bytes():
    marker = b"Unge paa vei til jobb, hemmelig setning nummer "
    plain = b"".join(marker + str(no).encode() + b". " for no in range(5000))
    sealed = sealing.seal_part(plain, KEY, context=HERE)
    assert not any(plain[at : at + 8] in sealed for at in range(0, len(plain) - 8, 97))


def test_the_header_names_version_and_key():
    for seal, _ in KINDS.values():
        sealed = seal(SECRET, HERE)
        assert sealed[0] == sealing.FORMAT_VERSION
        assert sealing.named_key_id(sealed) in (sealing.key_id(KEY), sealing.key_id(PAIR.public))
    with pytest.raises(SealBroken):
        sealing.named_key_id(b"short")


def test_two_places_never_have_the_same_associated_data():
    places = [HERE, *ELSEWHERE]
    assert len({place.associated_data() for place in places}) == len(places)


def test_the_way_through_opening_ends_in_what_was_handed_in():
    server_key, app_key = sealing.new_data_key(), sealing.new_data_key()
    place = Context(uuid4(), uuid4(), uuid4(), 2, "file 1")
    stage = sealing.make_stage_key()
    kept = sealing.wrap_for_server(stage.private, server_key=server_key, context=place.stage.bytes)
    data_key = sealing.new_data_key()
    sealed_key = sealing.seal_data_key(data_key, stage.public, context=place)
    sealed = sealing.seal_part(b"skissen", data_key, context=place)

    private = sealing.unwrap_for_server(kept, server_key=server_key, context=place.stage.bytes)
    wrapped = sealing.wrap_data_key(sealing.open_data_key(sealed_key, private, context=place), app_key, context=place)
    assert sealing.open_part(sealed, sealing.unwrap_data_key(wrapped, app_key, context=place), context=place) == b"skissen"


@pytest.mark.parametrize("key", [b"", b"short", bytes(33)])
def test_a_key_of_the_wrong_length_is_a_fault(key):
    with pytest.raises(ValueError):
        sealing.seal_part(b"", key, context=HERE)
    with pytest.raises(ValueError):
        sealing.wrap_for_server(PAIR.private, server_key=key, context=b"")
    with pytest.raises(ValueError):
        sealing.seal_data_key(key, PAIR.public, context=HERE)


def test_a_sender_key_of_no_use_is_refused():
    sealed = bytearray(sealing.seal_data_key(KEY, PAIR.public, context=HERE))
    sealed[HEADER_BYTES : HEADER_BYTES + 32] = bytes(32)
    with pytest.raises(SealBroken):
        sealing.open_data_key(bytes(sealed), PAIR.private, context=HERE)


def test_a_pair_does_not_show_its_private_key():
    assert PAIR.private.hex() not in repr(PAIR)
    assert repr(PAIR.private) not in repr(PAIR)
