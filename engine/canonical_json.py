"""JSON in its one canonical form (RFC 8785), so that equal values have equal bytes and hashes."""

from __future__ import annotations

from typing import Any

import rfc8785


def canonical_bytes(plain: Any) -> bytes:
    """Plain JSON values as canonical UTF-8; ValueError for what JSON cannot hold."""
    return rfc8785.dumps(plain)
