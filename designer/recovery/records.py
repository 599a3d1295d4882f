"""The lines of a journal: a checksum and a JSON object, read back up to the first bad one."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote_from_bytes, unquote_to_bytes

from pydantic import AwareDatetime, Field

from designer.recovery.owner import Owner
from engine.model import Model

Position = Annotated[int, Field(ge=0)]


class Header(Model):
    """The first line: whose journal it is, and of which document."""

    format: Literal["wayline/recovery"] = "wayline/recovery"
    version: Literal[1] = 1
    owner: Owner
    path: str | None
    """Where the document is saved, percent-encoded, as not every name is text; None if nowhere."""
    on_disk: str | None
    """SHA-256 of what the file held when it was read or saved last."""


class Change(Model):
    """How the text of the document changed: what stood between `head` and `tail` lines is new."""

    at: AwareDatetime
    label: str
    head: Position
    tail: Position
    lines: list[str]
    crc: int
    """Checksum of the whole text afterwards."""

    def of(self, before: list[str]) -> list[str]:
        """The lines of the text after the change; ValueError if it does not fit."""
        if self.head + self.tail > len(before):
            raise ValueError("a change that does not fit what stands before it")
        return [*before[: self.head], *self.lines, *before[len(before) - self.tail :]]


def change(before: list[str], after: list[str], at: datetime, label: str) -> Change:
    """What turns the one text into the other."""
    most = min(len(before), len(after))
    head = next((n for n in range(most) if before[n] != after[n]), most)
    most -= head
    tail = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    # A label quotes names; halves of surrogate pairs in them cannot be written.
    label = label[:300].encode("utf-8", "replace").decode("utf-8")
    lines = after[head : len(after) - tail]
    return Change(at=at, label=label, head=head, tail=tail, lines=lines, crc=text_crc(after))


def text_crc(lines: list[str]) -> int:
    """The checksum of a whole text."""
    return zlib.crc32("\n".join(lines).encode("utf-8"))


def to_line(record: Header | Change) -> bytes:
    """The line that stands for a record."""
    data = record.model_dump_json().encode("utf-8")
    return _checksum(data) + data + b"\n"


def contents_of(data: bytes) -> Iterator[bytes]:
    """The JSON of one line after another, up to the first that is torn or garbled."""
    *lines, _torn = data.split(b"\n")
    for line in lines:
        if line[:9] != _checksum(line[9:]):
            return
        yield line[9:]


def encoded(path: Path | None) -> str | None:
    """The path as text that can always be written."""
    return None if path is None else quote_from_bytes(os.fsencode(path))


def decoded(path: str | None) -> Path | None:
    """The path that was encoded."""
    return None if path is None else Path(os.fsdecode(unquote_to_bytes(path)))


def _checksum(data: bytes) -> bytes:
    return b"%08x " % zlib.crc32(data)
