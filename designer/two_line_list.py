"""A list whose rows have a picture, a line of text and a smaller line below: all plain text."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from designer import icons
from designer.text_line import draw_line
from designer.theme.look import SMALL, active, font, px

AnyIndex = QModelIndex | QPersistentModelIndex
LOWER = Qt.ItemDataRole.UserRole + 1
"""The second line."""
PICTURE = Qt.ItemDataRole.UserRole + 2
"""The name of the icon."""
INK = Qt.ItemDataRole.UserRole + 3
"""The icon's colour, a QColor."""


class TwoLineList(QListView):
    """chosen: a row was clicked, or Enter was pressed on it."""

    chosen = Signal(QModelIndex)

    def __init__(self, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setModel(model)
        self.clicked.connect(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter chooses the current row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class TwoLineDelegate(QStyledItemDelegate):
    """Paints such rows."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:  # noqa: N802
        """All rows are of one height."""
        return QSize(px(120), row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw ground, picture and lines."""
        theme, area = active(), QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.accent_soft)
            painter.fillRect(QRect(area.topLeft(), QSize(px(3), area.height())), theme.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.band)
        size = px(16)
        at = QRectF(area.left() + px(12), area.top() + (area.height() - size) / 2, size, size)
        ink = index.data(INK)
        colour = ink if isinstance(ink, QColor) else theme.soft
        icons.draw(painter, str(index.data(PICTURE)), at, colour)
        text = area.adjusted(px(40), px(5), -px(8), -px(5))
        upper = QFontMetrics(font()).height()
        line = QRect(text.topLeft(), QSize(text.width(), upper))
        draw_line(painter, line, font(), theme.ink, str(index.data() or ""))
        below = text.adjusted(0, upper + px(2), 0, 0)
        draw_line(painter, below, font(SMALL), theme.soft, str(index.data(LOWER) or ""))
        painter.restore()


def row_height() -> int:
    """How high a row is at the text size in use."""
    return QFontMetrics(font()).height() + QFontMetrics(font(SMALL)).height() + px(12)
