"""What a picture of a map consists of, whoever draws it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; fill makes it an area with that opacity."""

    points: Sequence[Point]
    colour: str
    width: float = 1.0
    dashed: bool = False
    fill: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on a curve: a full disc, or a ring."""

    x: float
    y: float
    radius: float
    colour: str
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; y is its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    strong: bool = False
    anchor: Literal["start", "middle", "end"] = "start"


Shape = Box | Line | Mark | Words


@dataclass(slots=True)
class Picture:
    """Shapes from the bottom to the top, on a sheet of this size in pixels."""

    title: str
    width: float = 0.0
    height: float = 0.0
    ground: str = "#FFFFFF"
    shapes: list[Shape] = field(default_factory=list)


def width_of(text: str, size: float, *, strong: bool = False) -> float:
    """About how wide the text is in Inter, rather more than less."""
    ems = sum(_EMS.get(char, _OTHER if ord(char) < _WIDE_FROM else 1.0) for char in text)
    return ems * size * (1.06 if strong else 1.03)


_OTHER: Final = 0.62
_WIDE_FROM: Final = 0x2E80
"""From here on, characters are as wide as they are high."""
_EMS: Final = {
    **dict.fromkeys("ijl", 0.24),
    **dict.fromkeys("tI!',.:;`| \xa0’·", 0.32),
    **dict.fromkeys("1fr()/[]{}“”", 0.42),
    **dict.fromkeys('ksx"*-?^_–', 0.54),
    **dict.fromkeys("ABCDGHKUVXY+<=>~−", 0.72),
    **dict.fromkeys("wNOQ", 0.8),
    **dict.fromkeys("mM…", 0.9),
    **dict.fromkeys("W%@—", 1.0),
}


def wrapped(text: str, size: float, width: float, most: int, *, strong: bool = False) -> list[str]:
    """The text in lines of at most this width; what is beyond `most` lines ends in “…”."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrapped(paragraph, size, width, strong=strong)
        if len(lines) > most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1] + "…", size, width, strong=strong)]
    return lines


def _wrapped(text: str, size: float, width: float, *, strong: bool) -> list[str]:
    lines, line = [], ""
    # A number and its sign of percent stay together.
    todo = deque(text[:2000].replace(" %", "\xa0%").split(" "))
    while todo:
        word = todo.popleft()
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, strong=strong) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        part = _fitting(word, size, width, strong=strong)
        line = word[:part]
        if word[part:]:
            todo.appendleft(word[part:])
            lines.append(line)
            line = ""
    return [*lines, line] if line else lines


def _fitting(word: str, size: float, width: float, *, strong: bool) -> int:
    part = len(word)
    while part > 1 and width_of(word[:part], size, strong=strong) > width:
        part -= 1
    return part


def _cut(text: str, size: float, width: float, *, strong: bool) -> str:
    while len(text) > 1 and width_of(text, size, strong=strong) > width:
        text = text[:-2].rstrip() + "…"
    return text
