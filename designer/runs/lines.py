"""The lines that a running simulation says, put together from the pieces that arrive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

LONGEST: Final = 64_000_000
"""Bytes of one line: results of 10,000 steps are a tenth of it."""


class LineError(ValueError):
    """Something that is said is no line of a stream."""


class Lines:
    """Takes bytes, and gives the objects of the lines that are complete."""

    def __init__(self, longest: int = LONGEST) -> None:
        self._longest = longest
        self._pieces: list[bytes] = []
        self._length = 0

    def feed(self, data: bytes) -> Iterator[dict[str, Any]]:
        """The lines that these bytes complete; LineError for what is none, or too long."""
        *whole, rest = data.split(b"\n")
        for piece in whole:
            self._take(piece)
            line = b"".join(self._pieces)
            self._pieces, self._length = [], 0
            yield _read(line)
        if rest:
            self._take(rest)

    def _take(self, piece: bytes) -> None:
        self._length += len(piece)
        if self._length > self._longest:
            raise LineError(f"a line of more than {self._longest:,} bytes")
        self._pieces.append(piece)


def _read(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise LineError(_start(line)) from None
    if not isinstance(found, dict) or not isinstance(found.get("kind"), str):
        raise LineError(_start(line))
    return found


def _start(line: bytes) -> str:
    return line[:80].decode("utf-8", "replace")
