"""What was done, as a list: a click goes back to any of it, or forward again."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from designer import icons
from designer.plain_text import tip
from designer.session import Change, Session
from designer.text_line import draw_line
from designer.theme.look import active, font, px

AnyIndex = QModelIndex | QPersistentModelIndex
IS_DONE = Qt.ItemDataRole.UserRole
IS_NOW = Qt.ItemDataRole.UserRole + 1


class HistoryModel(QAbstractListModel):
    """The beginning, and then every entry of the history."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._labels, self._position = session.history, session.position

    def refresh(self) -> None:
        """Read the history again."""
        labels = self._session.history
        if labels != self._labels:
            self.beginResetModel()
            self._labels, self._position = labels, self._session.position
            self.endResetModel()
            return
        self._position = self._session.position
        self.dataChanged.emit(self.index(0), self.index(len(labels)))

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """One more than there are entries."""
        return 0 if parent is not None and parent.isValid() else len(self._labels) + 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What was done, and whether it is undone."""
        row = index.row()
        label = self._labels[row - 1] if row else self.tr("As it was opened")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return label
            case Qt.ItemDataRole.ToolTipRole:
                return tip(label)
            case Qt.ItemDataRole.AccessibleTextRole:
                state = self.tr("now") if row == self._position else ""
                state = self.tr("undone") if row > self._position else state
                return f"{label}, {state}" if state else label
            case _ if role == IS_DONE:
                return row <= self._position
            case _ if role == IS_NOW:
                return row == self._position
        return None


class HistoryDelegate(QStyledItemDelegate):
    """Paints what is undone faint, and marks where one is."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:  # noqa: N802
        """All rows are of one height."""
        return QSize(px(120), max(px(28), QFontMetrics(font()).height() + px(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw ground, mark and text."""
        theme, area, state = active(), QRect(option.rect), option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.accent_soft)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.band)
        is_now = bool(index.data(IS_NOW))
        if is_now:
            size = px(16)
            top = area.top() + (area.height() - size) / 2
            mark = QRectF(area.left() + px(10), top, size, size)
            icons.draw(painter, "chevron-right", mark, theme.accent)
        text = area.adjusted(px(32), 0, -px(8), 0)
        ink = theme.ink if index.data(IS_DONE) else theme.soft
        draw_line(painter, text, font(strong=is_now), ink, str(index.data()))
        painter.restore()


class HistoryList(QListView):
    """Follows the session; Enter or a click goes to the current row."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = HistoryModel(session, self)
        self.setAccessibleName(self.tr("History"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(HistoryDelegate(self))
        self.setModel(self._model)
        self.clicked.connect(self._go)
        self._stop = session.listen(self._on_change)
        self._on_change()

    def close_history(self) -> None:
        """Follow the session no longer."""
        self._stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes to the current row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self._session.go_to(index.row())

    def _on_change(self, _change: Change | None = None) -> None:
        self._model.refresh()
        self.setCurrentIndex(self._model.index(self._session.position))
