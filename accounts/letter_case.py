"""SQLite takes capital letters for small ones in a to z only. Here its LIKE does so in every alphabet, as PostgreSQL's searches do."""

import re
from functools import lru_cache
from typing import Any

from django.db.backends.signals import connection_created
from django.dispatch import receiver

_ANY = {"%": ".*", "_": "."}


@receiver(connection_created)
def compare_all_letters(connection: Any, **_: Any) -> None:
    """Put in place for every connection, so that each `icontains` and `iexact` follows the same rule."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("like", 2, is_like, deterministic=True)
        connection.connection.create_function("like", 3, is_like, deterministic=True)


def is_like(pattern: str | None, text: object, escape: str = "") -> bool | None:
    """SQL's LIKE, whatever the case. Null is neither like nor unlike anything."""
    if pattern is None or text is None:
        return None
    return _compiled(pattern, escape).fullmatch(str(text)) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str, escape: str) -> re.Pattern[str]:
    signs = iter(pattern)
    parts = (re.escape(next(signs, "")) if sign == escape else _ANY.get(sign) or re.escape(sign) for sign in signs)
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)
