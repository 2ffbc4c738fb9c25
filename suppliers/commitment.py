"""The commitment of a receipt: what was handed in, provable later without showing it now.

A commitment is SHA-256 of a secret nonce of 32 bytes followed by the canonical manifest (names, sizes, hashes, hash of
the text). Who holds the receipt can show the nonce and the manifest; who sees only the commitment can guess nothing.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NONCE_BYTES = 32


@dataclass(frozen=True)
class SigningKeyPair:
    """The Ed25519 pair that signs receipts, 32 raw bytes each."""

    public: bytes
    private: bytes

    def __repr__(self) -> str:
        return f"SigningKeyPair({self.public.hex()})"


def make_signing_key() -> SigningKeyPair:
    private = Ed25519PrivateKey.generate()
    return SigningKeyPair(public=private.public_key().public_bytes_raw(), private=private.private_bytes_raw())


def public_part(private: bytes) -> bytes:
    """The public key, 32 bytes, that checks what `private` signs."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def new_nonce() -> bytes:
    return os.urandom(NONCE_BYTES)


def canonical(manifest: Mapping[str, object]) -> bytes:
    """The manifest as the one JSON it can be: keys sorted, UTF-8, no spaces.

    Raises `ValueError` for what has more than one way of being written: floats, keys that are not text, other objects.
    """
    _check(manifest)
    text = json.dumps(dict(manifest), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def commitment(nonce: bytes, manifest: Mapping[str, object]) -> str:
    """SHA-256 of nonce and canonical manifest, 64 hexadecimal digits."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"A nonce is {NONCE_BYTES} bytes, not {len(nonce)}.")
    return hashlib.sha256(nonce + canonical(manifest)).hexdigest()


def sign(message: bytes, private: bytes) -> bytes:
    """The Ed25519 signature, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def verify(message: bytes, signature: bytes, public: bytes) -> bool:
    """Whether `signature` was made of exactly this message by the holder of the key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _check(value: object) -> None:
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("A key in a manifest is text.")
        for inner in value.values():
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif value is not None and not isinstance(value, str | int):
        raise ValueError(f"A manifest holds text, whole numbers and lists, not {type(value).__name__}.")
