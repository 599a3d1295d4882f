"""The file of one journal: written from the first change on, kept short, private."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from designer.recovery.owner import this_process
from designer.recovery.records import Header, change, encoded, to_line
from engine.document import Document, document_to_bytes, parse_document
from engine.files import save_atomically

SUFFIX = ".journal"
_MOST_CHANGES = 500
_ROOM = 1_000_000


class JournalFile:
    """What a document was when it was saved last, and its changes since.

    It is not there until something is written. One thread at a time may use it.
    """

    def __init__(
        self, folder: Path, base: Document, saved_at: Path | None, on_disk: str | None
    ) -> None:
        self.path = folder / f"{secrets.token_hex(8)}{SUFFIX}"
        self._base = base
        self._saved_at = saved_at
        self._on_disk = on_disk
        self._lines: list[str] = []
        self._changes = 0
        self._limit = 0
        # None if it is not known to end in a whole line: then it is written anew.
        self._size: int | None = None

    def write(self, document: Document, label: str) -> None:
        """Put down what the document is now.

        Raises OSError, ValueError or WaylineError if it cannot.
        """
        lines, at = _lines_of(document), datetime.now(UTC)
        line = to_line(change(self._lines, lines, at, label))
        size, self._size = self._size, None
        if size is not None and self._has_room(size, len(line)) and self._is_left_as_it_was(size):
            self._append(line)
            self._size = size + len(line)
            self._changes += 1
        else:
            self._size = self._write_anew(lines, at, label)
            self._changes = 1
        self._lines = lines

    def remove(self) -> None:
        """Delete it; OSError if it stays."""
        self._size = None
        self.path.unlink(missing_ok=True)

    def _has_room(self, size: int, more: int) -> bool:
        return self._changes < _MOST_CHANGES and size + more <= self._limit

    def _is_left_as_it_was(self, size: int) -> bool:
        """False if somebody tidied up the folder."""
        try:
            return self.path.stat().st_size == size
        except FileNotFoundError:
            return False

    def _append(self, line: bytes) -> None:
        with self.path.open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def _write_anew(self, lines: list[str], at: datetime, label: str) -> int:
        """Write whose it is, the base and one change; returns the size."""
        if self._lines:
            # What cannot be read back must not take the place of earlier changes that can.
            parse_document("\n".join(lines).encode("utf-8"))
        path, base = encoded(self._saved_at), _lines_of(self._base)
        start = to_line(Header(owner=this_process(), path=path, on_disk=self._on_disk))
        start += to_line(change([], base, at, ""))
        data = start + to_line(change(base, lines, at, label))
        self._limit = len(data) + 2 * len(start) + _ROOM
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A file that is replaced keeps its mode, so nobody else can read it at any time.
        os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
        save_atomically(self.path, data, backup=False)
        return len(data)


def _lines_of(document: Document) -> list[str]:
    try:
        return document_to_bytes(document).decode("utf-8").split("\n")
    except UnicodeEncodeError:
        raise ValueError("a text holds what is no text") from None
