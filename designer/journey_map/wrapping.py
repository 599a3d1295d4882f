"""Text in lines of a width: broken between words, and within one only if it fills a line."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption


def lines_of(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    """At most so many lines; what does not fit ends in “…”."""
    return _lines(text, font.key(), font, width, most)


@lru_cache(maxsize=4096)
def _lines(text: str, _key: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        # A number and its sign of percent stay together.
        lines += _wrapped(paragraph.replace(" %", "\u00a0%"), font, width, most + 1 - len(lines))
        if len(lines) > most:
            cut = QFontMetricsF(font).elidedText(
                f"{lines[most - 1]} {lines[most]}", Qt.TextElideMode.ElideRight, width
            )
            return (*lines[: most - 1], cut)
    return tuple(lines)


def _wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    layout = QTextLayout(text, font)
    layout.setTextOption(_option())
    layout.beginLayout()
    found: list[str] = []
    while len(found) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart()
        found.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return found


def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def draw_lines(painter: QPainter, area: QRect, lines: tuple[str, ...]) -> None:
    """Draw them from the top of the area on, in the painter's font and colour."""
    metrics = QFontMetricsF(painter.font())
    for number, line in enumerate(lines):
        at = area.top() + metrics.ascent() + number * metrics.lineSpacing()
        painter.drawText(QPointF(area.left(), at), line)
