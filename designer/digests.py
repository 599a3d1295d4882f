"""Whether two files hold the same: by SHA-256 of their bytes, never by their dates."""

from __future__ import annotations

import hashlib
from pathlib import Path

from engine.errors import DocumentError
from engine.files import read_bytes
from engine.strict_json import MAX_BYTES

UNREADABLE = "unreadable"
"""Stands for the digest of something that is there, and cannot be read or is no document."""


def digest_of(data: bytes) -> str:
    """What stands for these bytes."""
    return hashlib.sha256(data).hexdigest()


def digest_on_disk(path: Path) -> str | None:
    """What stands for the bytes of the file at `path`; None if there is none."""
    try:
        return digest_of(read_bytes(path, MAX_BYTES))
    except DocumentError:
        return UNREADABLE if path.exists() else None
