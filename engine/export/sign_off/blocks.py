"""What a document consists of, whichever way it is written down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads to another place in the document."""

    text: str
    anchor: str


Text = str | tuple[str | Link, ...]
"""Plain text, never markup; in pieces, where some of it leads elsewhere."""


@dataclass(frozen=True, slots=True)
class Heading:
    """level: 1 for the title.  aside: what stands smaller beside it."""

    level: int
    text: str
    anchor: str = ""
    aside: str = ""


class Tone(Enum):
    """How a paragraph is meant."""

    PLAIN = auto()
    QUIET = auto()
    ASSUMED = auto()
    """It warns that what follows is assumed."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of the text are kept."""

    text: Text
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """columns: their heads; empty for facts, where the first column says what the second is.

    widths: how wide the columns are, relative to each other.
    is_form: its cells are to be filled in by hand.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[int, ...] = (1, 3)
    is_form: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that belong together; `is_assumed`: nothing of it is executed."""

    blocks: tuple[Block, ...]
    is_assumed: bool = False
    is_step: bool = False


Block = Heading | Paragraph | Table | Part


_HIDDEN: Final = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    "\U00010000-\U0010ffff]"
)
"""What pages cannot hold, and marks that turn the order of letters round: with them a name could
look like another."""


def shown(text: str) -> str:
    """Text of a journey without what cannot be seen."""
    return _HIDDEN.sub("\ufffd", text.replace("\r\n", "\n"))


def listed(heads: Mapping[str, int], rows: Iterable[tuple[Text, ...]]) -> tuple[Table, ...]:
    """A table of things: each column's head with its width, but of empty columns; none if empty."""
    given = list(rows)
    full = [n for n in range(len(heads)) if any(row[n] for row in given)]
    if not full:
        return ()
    columns, widths = list(heads), list(heads.values())
    kept = tuple(tuple(row[n] for n in full) for row in given)
    return (Table(tuple(columns[n] for n in full), kept, tuple(widths[n] for n in full)),)


def facts(*rows: tuple[str, Text | None]) -> tuple[Table, ...]:
    """A table of what is known; rows without a text are left out, and so is an empty table."""
    known = tuple((name, text) for name, text in rows if text)
    return (Table((), known),) if known else ()
