import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suppliers.commitment import canonical, commitment, make_signing_key, new_nonce, public_part, sign, verify

MANIFEST = {"files": [{"name": "skisse – «idé».pdf", "size": 12, "sha256": "ab"}], "at": "2026-10-13T09:59:59.000001Z"}
NAMES = st.text(alphabet="abc", max_size=2)
VALUES = st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers() | NAMES, max_size=3)


def test_the_manifest_is_written_in_one_way_only():
    assert canonical(MANIFEST) == (
        '{"at":"2026-10-13T09:59:59.000001Z","files":[{"name":"skisse – «idé».pdf","sha256":"ab","size":12}]}'.encode()
    )
    assert canonical(dict(reversed(MANIFEST.items()))) == canonical(MANIFEST)


@pytest.mark.parametrize("odd", [{"a": 1.5}, {1: "a"}, {"a": {2: "b"}}, {"a": b"x"}, {"a": [object()]}, {"a": "\ud800"}])
def test_what_can_be_written_in_two_ways_is_refused(odd):
    with pytest.raises(ValueError):
        canonical(odd)


def test_a_commitment_is_the_hash_of_nonce_and_manifest():
    nonce = bytes(range(32))
    assert commitment(nonce, MANIFEST) == hashlib.sha256(nonce + canonical(MANIFEST)).hexdigest()


def test_the_same_manifest_never_gives_the_same_commitment_twice():
    assert commitment(new_nonce(), MANIFEST) != commitment(new_nonce(), MANIFEST)
    with pytest.raises(ValueError):
        commitment(b"short", MANIFEST)


@given(st.dictionaries(NAMES, VALUES, max_size=3), st.dictionaries(NAMES, VALUES, max_size=3))
def test_two_manifests_have_the_same_commitment_only_when_they_are_the_same(one, other):
    nonce = bytes(32)
    assert (commitment(nonce, one) == commitment(nonce, other)) == (one == other)


def test_a_signature_holds_for_this_message_and_this_key_only():
    pair, other = make_signing_key(), make_signing_key()
    signature = sign(b"kvittering", pair.private)
    assert public_part(pair.private) == pair.public
    assert verify(b"kvittering", signature, pair.public)
    assert not verify(b"kvitterinG", signature, pair.public)
    assert not verify(b"kvittering", signature, other.public)
    for at in range(len(signature)):
        changed = bytearray(signature)
        changed[at] ^= 1
        assert not verify(b"kvittering", bytes(changed), pair.public)
    assert not verify(b"kvittering", b"", pair.public)


def test_a_pair_does_not_show_its_private_key():
    pair = make_signing_key()
    assert pair.private.hex() not in repr(pair)
    assert repr(pair.private) not in repr(pair)
