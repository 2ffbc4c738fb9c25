"""Reads settings from the environment; nonsense stops the start with a sentence that says what to set."""

import base64
import binascii
import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_bool(name: str) -> bool:
    """1 is on, 0 or nothing is off; anything else stops the start."""
    value = os.environ.get(name, "")
    if value not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"Set {name} to 1 or 0, not {value!r}.")
    return value == "1"


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_text(name: str, default: str) -> str:
    """One value; set but empty it stops the start, for nobody means that."""
    value = os.environ.get(name, default).strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name} to a value, or leave it out.")
    return value


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"Set {name} to a whole number, not {value!r}.")
    return int(value)


def env_secret(name: str, *, required: bool) -> str:
    """A secret of at least 32 signs. Outside production a fixed stand-in that protects nothing is used."""
    value = os.environ.get(name, "")
    if required and len(value) < 32:
        raise ImproperlyConfigured(f"Set {name} to a secret of at least 32 signs.")
    return value or f"not-secret-{name}-only-outside-production"


def env_key(name: str, *, required: bool) -> bytes:
    """32 bytes, written as base64. Outside production derived from the name, so that restarts read their own data."""
    value = os.environ.get(name, "")
    if not value and not required:
        return hashlib.sha256(f"not-secret-{name}".encode()).digest()
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(f"Set {name} to 32 random bytes in base64 (openssl rand -base64 32).")
    return key


def env_database(name: str, default: str) -> dict[str, Any]:
    """`sqlite:///path` or `postgresql://user:password@host:port/name?host=/socket/folder`."""
    url = urlsplit(os.environ.get(name, default))
    if url.scheme == "sqlite":
        path = url.path.removeprefix("/") if url.path != "/:memory:" else ":memory:"
        return _sqlite(path)
    if url.scheme in {"postgres", "postgresql"}:
        query = parse_qs(url.query)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": query.get("host", [url.hostname or ""])[0],
            "PORT": str(url.port or query.get("port", [""])[0]),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            # lock_timeout and statement_timeout: a stuck lock is an error page after seconds, not a queue of requests
            "OPTIONS": {
                "options": "-c lock_timeout=10s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s",
                "sslmode": query.get("sslmode", ["prefer"])[0],
            },
        }
    raise ImproperlyConfigured(f"Set {name} to sqlite:///path or postgresql://user@host/name.")


def _sqlite(path: str) -> dict[str, Any]:
    if path != ":memory:":
        Path(path).resolve().parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # IMMEDIATE takes the write lock first, so that reading and then writing can't fail as «locked»
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
