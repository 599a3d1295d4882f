"""One line of plain text, painted as far as there is room for it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from designer.plain_text import cut

_LONGEST = 300
_LEFT, _END = Qt.AlignmentFlag.AlignLeft, Qt.TextElideMode.ElideRight


def draw_line(
    painter: QPainter,
    area: QRect,
    of: QFont,
    ink: QColor,
    text: str,
    side: Qt.AlignmentFlag = _LEFT,
    elide: Qt.TextElideMode = _END,
) -> int:
    """Draw the text in the middle of the area's height; how wide it became.

    side: where it begins; elide: where it is cut if there is too little room.
    """
    if not text or area.width() <= 0:
        return 0
    painter.setFont(of)
    painter.setPen(ink)
    metrics = painter.fontMetrics()
    line = " ".join(cut(text, _LONGEST).split())
    shown = metrics.elidedText(line, elide, area.width())
    painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
    return metrics.horizontalAdvance(shown)
