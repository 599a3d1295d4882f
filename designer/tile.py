"""A rectangle that can be pressed and paints itself: what the welcome page consists of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from designer.plain_text import cut
from designer.text_line import draw_line
from designer.theme.look import active, px

_LONGEST = 600


class Tile(QAbstractButton):
    """Subclasses say how large it is and paint what is on it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses it as the space bar does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Look as if it could be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Look as before."""
        super().leaveEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, border, and what is on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self.paint_content(painter)
        painter.end()

    def paint_content(self, painter: QPainter) -> None:
        """Paint what is on it."""
        raise NotImplementedError

    def _paint_ground(self, painter: QPainter) -> None:
        theme = active()
        is_hot = self.isEnabled() and (self.underMouse() or self.isDown())
        width = 2 if self.hasFocus() else 1
        painter.setPen(QPen(theme.accent if self.hasFocus() or is_hot else theme.line, width))
        painter.setBrush(theme.band if self.isDown() else theme.card)
        inset = width / 2
        outline = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(outline, px(10), px(10))


def draw_lines(
    painter: QPainter, area: QRect, of: QFont, ink: QColor, text: str, most: int = 1
) -> int:
    """Draw the text in at most so many lines, the last one cut where room ends; its height."""
    painter.setFont(of)
    painter.setPen(ink)
    height = painter.fontMetrics().height()
    layout = QTextLayout(" ".join(cut(text, _LONGEST).split()), of)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    top = area.top()
    for number in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        shown = layout.text()[line.textStart() :]
        if number < most - 1:
            shown = shown[: line.textLength()]
        row = QRect(area.left(), top, area.width(), height)
        draw_line(painter, row, of, ink, shown)
        top += height
    layout.endLayout()
    return top - area.top()
