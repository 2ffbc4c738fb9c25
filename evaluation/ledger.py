"""One hash over all that was opened, which anybody can work out from the public list of fingerprints. Pure."""

import hashlib
from collections.abc import Iterable


def root_hash(commitments: Iterable[str]) -> str:
    """SHA-256, 64 hexadecimal digits, of the commitments in sorted order, one to a line, each line ended.

    The same as `LC_ALL=C sort | sha256sum` gives for a file of them. Of none it is the hash of nothing.
    """
    return hashlib.sha256("".join(f"{one}\n" for one in sorted(commitments)).encode()).hexdigest()
