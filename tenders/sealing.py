"""Keys and the envelope: what keeps a stage closed until two persons open it.

Every sealed thing starts with the same header: format version (1 byte), what it is (1 byte), key id (8 bytes) and a
salt (32 bytes). The key that encrypts is made from the named key and the salt by HKDF-SHA-256, so the same key may be
used again without harm. The header and the context are bound to the content as associated data (AES-256-GCM). Keys of
a stage are X25519. All of it is `cryptography`; nothing here is home-made but the order of the bytes.

Sizes are in bytes. A thing that does not verify raises `SealBroken`; a key of the wrong length is a fault in the
program and raises `ValueError`.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT_VERSION = 1
KEY_BYTES = 32
KEY_ID_BYTES = 8
SALT_BYTES = 32
HEADER_BYTES = 2 + KEY_ID_BYTES + SALT_BYTES
TAG_BYTES = 16
CHUNK_BYTES = 64 * 1024


class SealBroken(Exception):
    """What was opened is not what was sealed here with this key: changed, cut, moved, or sealed for another key."""


class Kind(IntEnum):
    """What a sealed thing is, so that one kind is never taken for another."""

    STAGE_KEY_FOR_SERVER = 1
    SEALED_DATA_KEY = 2
    WRAPPED_DATA_KEY = 3
    PART = 4
    DRAFT = 5


@dataclass(frozen=True)
class StageKeyPair:
    """A stage's X25519 pair, 32 raw bytes each. The private one leaves the process only wrapped."""

    public: bytes
    private: bytes

    def __repr__(self) -> str:
        return f"StageKeyPair({key_id(self.public).hex()})"


@dataclass(frozen=True)
class Context:
    """Where a sealed part belongs. Opened anywhere else, it is broken."""

    tender: UUID
    stage: UUID
    submission: UUID
    version: int
    part: str

    def associated_data(self) -> bytes:
        """The place as bytes; two different places never give the same bytes."""
        fixed = self.tender.bytes + self.stage.bytes + self.submission.bytes + self.version.to_bytes(8, "big")
        return b"nyvei part\x00" + fixed + self.part.encode()


def key_id(key: bytes) -> bytes:
    """The name of a key in headers: the first 8 bytes of SHA-256 of it (of a pair: of the public key)."""
    return hashlib.sha256(_key(key)).digest()[:KEY_ID_BYTES]


def named_key_id(sealed: bytes) -> bytes:
    """The id of the key that a sealed thing says it needs. Not verified before it is opened."""
    if len(sealed) < HEADER_BYTES:
        raise SealBroken("shorter than its header")
    return sealed[2 : 2 + KEY_ID_BYTES]


def make_stage_key() -> StageKeyPair:
    """A fresh pair for one stage."""
    private = X25519PrivateKey.generate()
    return StageKeyPair(public=private.public_key().public_bytes_raw(), private=private.private_bytes_raw())


def new_data_key() -> bytes:
    """A fresh AES-256 key for one part of one version of a submission."""
    return AESGCM.generate_key(bit_length=256)


def wrap_for_server(private: bytes, *, server_key: bytes, context: bytes) -> bytes:
    """The stage's private key, readable only with the server's key and in this context."""
    return _lock(Kind.STAGE_KEY_FOR_SERVER, _key(private), server_key, context)


def unwrap_for_server(blob: bytes, *, server_key: bytes, context: bytes) -> bytes:
    return _unlock(Kind.STAGE_KEY_FOR_SERVER, blob, server_key, context)


def wrap_data_key(data_key: bytes, app_key: bytes, *, context: Context) -> bytes:
    """A data key under the application key: how it is kept after opening."""
    return _lock(Kind.WRAPPED_DATA_KEY, _key(data_key), app_key, context.associated_data())


def unwrap_data_key(wrapped: bytes, app_key: bytes, *, context: Context) -> bytes:
    return _unlock(Kind.WRAPPED_DATA_KEY, wrapped, app_key, context.associated_data())


def seal_draft(text: bytes, app_key: bytes, *, context: Context) -> bytes:
    """Text that is not handed in yet, unreadable in the database and its backups."""
    return _lock(Kind.DRAFT, text, app_key, context.associated_data())


def open_draft(sealed: bytes, app_key: bytes, *, context: Context) -> bytes:
    return _unlock(Kind.DRAFT, sealed, app_key, context.associated_data())


def seal_data_key(data_key: bytes, stage_public: bytes, *, context: Context) -> bytes:
    """A data key that only the holder of the stage's private key can open. The header names the stage's key."""
    ephemeral = X25519PrivateKey.generate()
    ephemeral_public = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(_key(stage_public)))
    header = _header(Kind.SEALED_DATA_KEY, key_id(stage_public))
    bound = ephemeral_public + stage_public + context.associated_data()
    return header + ephemeral_public + _cipher(shared, header, bound).encrypt(_nonce(0, last=True), _key(data_key), header)


def open_data_key(sealed: bytes, stage_private: bytes, *, context: Context) -> bytes:
    """The data key. Raises `SealBroken` unless sealed for this stage key and this context."""
    private = X25519PrivateKey.from_private_bytes(_key(stage_private))
    stage_public = private.public_key().public_bytes_raw()
    header, rest = _split(Kind.SEALED_DATA_KEY, sealed, key_id(stage_public))
    if len(rest) != KEY_BYTES + KEY_BYTES + TAG_BYTES:
        raise SealBroken("a sealed data key has one length only")
    ephemeral_public, body = rest[:KEY_BYTES], rest[KEY_BYTES:]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(ephemeral_public))
    except ValueError as weak:
        raise SealBroken("the sender's key is of no use") from weak
    bound = ephemeral_public + stage_public + context.associated_data()
    return _decrypt(_cipher(shared, header, bound), _nonce(0, last=True), body, header)


def seal_part(plain: bytes, data_key: bytes, *, context: Context) -> bytes:
    """A file or a text as 64 KiB chunks. The nonce is last-flag and index, so none can be dropped, moved or swapped."""
    header = _header(Kind.PART, key_id(data_key))
    cipher = _cipher(data_key, header, context.associated_data())
    chunks = list(_chunks(plain, CHUNK_BYTES))
    last = len(chunks) - 1
    sealed = (cipher.encrypt(_nonce(no, last=no == last), chunk, header) for no, chunk in enumerate(chunks))
    return header + b"".join(sealed)


def open_part(sealed: bytes, data_key: bytes, *, context: Context) -> bytes:
    """What was sealed, whole, or `SealBroken`; never a part of it."""
    header, body = _split(Kind.PART, sealed, key_id(data_key))
    cipher = _cipher(data_key, header, context.associated_data())
    chunks = list(_chunks(body, CHUNK_BYTES + TAG_BYTES))
    last = len(chunks) - 1
    return b"".join(_decrypt(cipher, _nonce(no, last=no == last), chunk, header) for no, chunk in enumerate(chunks))


def _key(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise ValueError(f"A key is {KEY_BYTES} bytes, not {len(key)}.")
    return key


def _header(kind: Kind, key: bytes) -> bytes:
    return bytes([FORMAT_VERSION, kind]) + key + os.urandom(SALT_BYTES)


def _split(kind: Kind, sealed: bytes, expected_key: bytes) -> tuple[bytes, bytes]:
    header, body = sealed[:HEADER_BYTES], sealed[HEADER_BYTES:]
    if len(body) < TAG_BYTES:
        raise SealBroken("too short to hold anything")
    if header[0] != FORMAT_VERSION or header[1] != kind:
        raise SealBroken("another format or another kind of content")
    if header[2 : 2 + KEY_ID_BYTES] != expected_key:
        raise SealBroken("sealed for another key")
    return header, body


def _cipher(key: bytes, header: bytes, context: bytes) -> AESGCM:
    """The cipher of one sealed thing: its key is made of the named key, the whole header and the context."""
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=header[-SALT_BYTES:], info=header + context)
    return AESGCM(derived.derive(_key(key)))


def _nonce(index: int, *, last: bool) -> bytes:
    return bytes([last]) + index.to_bytes(11, "big")


def _decrypt(cipher: AESGCM, nonce: bytes, body: bytes, header: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, body, header)
    except InvalidTag as broken:
        raise SealBroken("the content does not verify") from broken


def _lock(kind: Kind, plain: bytes, key: bytes, context: bytes) -> bytes:
    header = _header(kind, key_id(key))
    return header + _cipher(key, header, context).encrypt(_nonce(0, last=True), plain, header)


def _unlock(kind: Kind, sealed: bytes, key: bytes, context: bytes) -> bytes:
    header, body = _split(kind, sealed, key_id(key))
    return _decrypt(_cipher(key, header, context), _nonce(0, last=True), body, header)


def _chunks(content: bytes, size: int) -> Iterator[bytes]:
    """Pieces of `size` bytes; nothing at all is one empty piece."""
    for start in range(0, max(len(content), 1), size):
        yield content[start : start + size]
