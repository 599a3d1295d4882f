"""One KPI as a card that can be pressed: name, value, interval, change and target."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from designer.plain_text import set_tip
from designer.results.faces import Face, Line, Tone
from designer.text_line import draw_line
from designer.theme.look import LARGE, SMALL, active, font, px
from designer.tile import Tile

LEAST_WIDTH = 164
_RIGHT = Qt.AlignmentFlag.AlignRight


class KpiCard(Tile):
    """chosen: it was pressed; the KPI's id."""

    chosen = Signal(str)

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(face.said, parent)
        self._face, self._has_change, self._has_target = face, False, False
        self.clicked.connect(self._on_click)
        self.show_face(face)

    @property
    def face(self) -> Face:
        """What it shows."""
        return self._face

    def show_face(self, face: Face, *, has_change: bool = False, has_target: bool = False) -> None:
        """Show this; with room for the lines of a change and of a target, if there are any."""
        is_higher = (has_change, has_target) != (self._has_change, self._has_target)
        self._face, self._has_change, self._has_target = face, has_change, has_target
        self.setAccessibleName(face.said)
        self.setAccessibleDescription(face.explained)
        set_tip(self, face.explained)
        if is_higher:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two to four lines."""
        small, large = _height(SMALL), _height(LARGE, strong=True)
        lines = 1 + self._has_change + self._has_target
        return QSize(px(LEAST_WIDTH), lines * small + large + px(24))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A narrow one will do."""
        return QSize(px(120), self.sizeHint().height())

    def paint_content(self, painter: QPainter) -> None:
        """Name; value, and at its right the half-width; change; target."""
        theme, face = active(), self._face
        inset = 2.0 if self.hasFocus() else 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.band if face.is_stale or self.isDown() else theme.ground)
        inner = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(inner, px(9), px(9))
        area = self.rect().adjusted(px(13), px(9), -px(13), -px(9))
        small, large = _height(SMALL), _height(LARGE, strong=True)
        top = QRect(area.topLeft(), QSize(area.width(), small))
        draw_line(painter, top, font(SMALL), theme.soft, face.name)
        self._paint_value(painter, top.translated(0, small + px(2)), large)
        below = top.translated(0, small + large + px(4))
        draw_line(painter, below, font(SMALL), self._ink(face.change), face.change.text)
        line = below.translated(0, small + px(2)) if self._has_change else below
        draw_line(painter, line, font(SMALL), self._ink(face.target), face.target.text)

    def _paint_value(self, painter: QPainter, at: QRect, height: int) -> None:
        theme, face = active(), self._face
        row = QRect(at.topLeft(), QSize(at.width(), height))
        wide = QFontMetrics(font(SMALL)).horizontalAdvance(face.half_width)
        room = row.adjusted(0, 0, -(wide + px(6)) if wide else 0, 0)
        # What is no number, or does not fit, is smaller.
        size = LARGE
        while size > SMALL and _width(face.value, size) > room.width():
            size -= 1
        ink = theme.soft if face.is_stale else theme.ink
        draw_line(painter, room, font(size, strong=True), ink, face.value)
        # On the line on which the value stands.
        lower = row.adjusted(0, 0, 0, -px(4))
        lower.setTop(lower.bottom() - _height(SMALL))
        draw_line(painter, lower, font(SMALL), theme.soft, face.half_width, _RIGHT)

    def _ink(self, line: Line) -> QColor:
        theme = active()
        if self._face.is_stale or line.tone is Tone.PLAIN:
            return theme.soft
        return theme.good if line.tone is Tone.GOOD else theme.bad

    def _on_click(self) -> None:
        self.chosen.emit(self._face.kpi)


def _height(size: float, *, strong: bool = False) -> int:
    return QFontMetrics(font(size, strong=strong)).height()


def _width(text: str, size: float) -> int:
    return QFontMetrics(font(size, strong=True)).horizontalAdvance(text)
