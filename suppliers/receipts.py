"""The receipt: its number, what is signed, and what a person holds who wants to prove something with it."""

import base64
import secrets
from datetime import UTC, datetime

from django.conf import settings

from suppliers.commitment import canonical, public_part, sign, verify
from suppliers.models import Receipt

# Signs that are not taken for each other when read aloud or copied by hand
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def random_number(reference: str) -> str:
    """«K-2026-014-7QMX»: the tender and a random part. A running number would count what is sealed."""
    return f"K-{reference}-" + "".join(secrets.choice(SIGNS) for _ in range(4))


def exact_time(at: datetime) -> str:
    """To the microsecond, in UTC: «2026-10-12T19:07:43.123456Z»."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def signed_part(receipt: Receipt) -> dict[str, object]:
    """What the signature holds together: the number, the commitment, the time, and the place in the journal."""
    return {
        "number": receipt.number,
        "commitment": receipt.commitment,
        "received_at": exact_time(receipt.received_at),
        "stream_seq": receipt.stream_seq,
        "stream_hash": receipt.stream_hash,
    }


def sign_receipt(receipt: Receipt) -> str:
    """The Ed25519 signature with the key of this installation, 128 hexadecimal digits."""
    return sign(canonical(signed_part(receipt)), settings.RECEIPT_SIGNING_KEY).hex()


def signature_holds(signed: dict[str, object], signature: str, public: bytes) -> bool:
    """Whether the signature is of exactly this. False also for what isn't a signature at all."""
    try:
        return verify(canonical(signed), bytes.fromhex(signature), public)
    except ValueError:
        return False


def installation_public_key() -> bytes:
    return public_part(settings.RECEIPT_SIGNING_KEY)


def as_file(receipt: Receipt, manifest: dict[str, object] | None) -> dict[str, object]:
    """The receipt as the holder keeps it; `manifest` is there as long as the content is."""
    held: dict[str, object] = {
        **signed_part(receipt),
        "nonce": receipt.nonce,
        "signature": receipt.signature,
        "public_key": base64.b64encode(installation_public_key()).decode(),
    }
    return held if manifest is None else {**held, "manifest": manifest}


def same_fingerprint(written: str, commitment: str) -> bool:
    """Whether a fingerprint as people write it, in groups and with either kind of letter, is this commitment."""
    bare = "".join(written.split()).replace("-", "").lower()
    return secrets.compare_digest(bare.encode(), commitment.encode())
