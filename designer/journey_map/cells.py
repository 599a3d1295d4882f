"""How the cells of the map are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from designer.journey_map.curve import TALL, draw_curves
from designer.journey_map.model import ROW, STAGE, AnyIndex, MapModel
from designer.journey_map.wrapping import draw_lines, lines_of
from designer.theme.look import SMALL, active, font, px
from simulator.journey_map.rows import CURVE

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

WIDE: Final = 176
_PAD: Final = 8
_MOST_LINES: Final = 14
_SIMULATED: Final = frozenset({"felt", "counts", "waits", "nps", "sentiment", "pains", "moments"})
_STRONG: Final = frozenset({STAGE, "step", "expected"})


class MapCells(QStyledItemDelegate):
    """Text wrapped in its cell, stages as bands, and the curves through all columns."""

    def __init__(self, model: MapModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(  # noqa: N802
        self,
        _option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        """As high as its text is when wrapped."""
        name = index.data(ROW)
        if name == CURVE:
            return QSize(px(WIDE), px(TALL))
        metrics = QFontMetrics(_font(name))
        if name == STAGE:
            return QSize(px(WIDE), metrics.height() + 2 * px(_PAD))
        lines = lines_of(str(index.data()), _font(name), px(WIDE) - 2 * px(_PAD), _MOST_LINES)
        # The first line of what is felt is larger than the others.
        more = px(4) if name == "felt" else 0
        tall = metrics.lineSpacing() * max(1, len(lines)) + more
        return QSize(px(WIDE), tall + 2 * px(_PAD))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the cell; the current one has a frame while the map has the focus."""
        name, rect = index.data(ROW), option.rect
        painter.save()
        if name == CURVE:
            self._draw_curve(painter, QRectF(rect), index)
        elif name == STAGE:
            _draw_stage(painter, rect, index.data())
        else:
            self._draw_text(painter, rect, name, index)
        if name != STAGE:
            painter.setPen(active().line)
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(active().accent, px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _draw_curve(self, painter: QPainter, rect: QRectF, index: AnyIndex) -> None:
        model = self._model
        draw_curves(painter, rect, model.columns, index.column(), is_stale=model.is_stale)

    def _draw_text(self, painter: QPainter, rect: QRect, name: str, index: AnyIndex) -> None:
        text, pad = str(index.data()), px(_PAD)
        if not text:
            return
        area = rect.adjusted(pad, pad, -pad, -pad)
        colour = _colour(name, is_stale=self._model.is_stale)
        painter.setClipRect(rect)
        painter.setPen(colour)
        if name == "felt":
            first, _, text = text.partition("\n")
            painter.setFont(font(strong=True))
            draw_lines(painter, area, (first,))
            area.setTop(area.top() + painter.fontMetrics().lineSpacing())
            painter.setPen(active().faint if self._model.is_stale else active().soft)
        painter.setFont(_font(name))
        draw_lines(painter, area, lines_of(text, _font(name), area.width(), _MOST_LINES))


def _draw_stage(painter: QPainter, rect: QRect, text: str) -> None:
    theme, gap = active(), px(2)
    area = rect.adjusted(gap, gap, -gap, -gap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.band)
    painter.drawRoundedRect(area, px(6), px(6))
    painter.setFont(_font(STAGE))
    painter.setPen(theme.ink)
    room = area.adjusted(px(_PAD), 0, -px(_PAD), 0)
    # A stage that begins beyond the left edge is named all the same.
    room.setLeft(min(max(room.left(), px(_PAD)), room.right()))
    said = " ".join(text.split())
    said = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), said)


def _font(row: str) -> QFont:
    return font(strong=True) if row in _STRONG else font(SMALL)


def _colour(row: str, *, is_stale: bool) -> QColor:
    theme = active()
    if row in _SIMULATED and is_stale:
        return theme.faint
    if row == "pains":
        return theme.bad
    if row == "felt":
        return theme.good
    return theme.soft if row in {"channel", "owner", "touchpoint"} else theme.ink
