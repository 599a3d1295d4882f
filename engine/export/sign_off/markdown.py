"""The document as Markdown: whatever the journey says stands there as text, never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from engine.export.sign_off.blocks import (
    Block,
    Heading,
    Link,
    Paragraph,
    Part,
    Table,
    Text,
    Tone,
    shown,
)

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~&$@^])")
_ADDRESS: Final = re.compile(r"(?i)(?<=www)\.|:(?=//)")
_LINE_START: Final = re.compile(r"^(?=[#+=:-])|^(\d+)(?=[.)])")


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks as CommonMark with the tables of GitHub."""
    return "\n\n".join(_written(blocks)) + "\n"


def _written(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Part(blocks=inner):
                yield from _written(inner)
            case Heading(level=level, text=text, aside=aside):
                yield f"{'#' * level} {_inline(text)}{f' · {_inline(aside)}' if aside else ''}"
            case Paragraph(text=text, tone=Tone.ASSUMED):
                yield f"> **{_inline(text)}**"
            case Paragraph(text=text):
                yield _lines(text)
            case Table():
                yield "\n".join(_table(block))


def _table(table: Table) -> Iterator[str]:
    width = len(table.columns) or 2
    yield _row(table.columns or ("",) * width)
    yield f"|{' --- |' * width}"
    for row in table.rows:
        yield _row(row)


def _row(cells: Iterable[Text]) -> str:
    return f"| {' | '.join(_inline(cell) for cell in cells)} |"


def _lines(text: Text) -> str:
    """Lines stay lines, and empty ones part paragraphs."""
    lines = [_inline(line) for line in _plain(text).split("\n")]
    groups = groupby(lines, key=bool)
    return "\n\n".join("\\\n".join(group) for is_said, group in groups if is_said)


def _inline(text: Text) -> str:
    """On one line, with everything escaped that could mean something."""
    line = " ".join(_plain(text).split())
    line = _ADDRESS.sub(lambda found: f"\\{found[0]}", _SPECIAL.sub(r"\\\1", line))
    return _LINE_START.sub(lambda found: f"{found[1]}\\" if found[1] else "\\", line)


def _plain(text: Text) -> str:
    pieces = (text,) if isinstance(text, str) else text
    return shown("".join(one.text if isinstance(one, Link) else one for one in pieces))
