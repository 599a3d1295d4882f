"""A small panel over the window: Esc closes it, and the focus returns to where it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QWidget

from designer.theme.look import active, px

_MARGIN = 12


class Popup(QFrame):
    """A child of what it lies over: no window of its own, so nothing is ever below another one.

    closed: it is shown no more.
    """

    closed = Signal()

    def __init__(self, over: QWidget, width: float, *, at_right: bool = False) -> None:
        super().__init__(over)
        self._over, self._width, self._is_at_right = over, width, at_right
        self._before: QWidget | None = None
        self.hide()
        over.installEventFilter(self)

    def open(self) -> None:
        """Show it."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        self.place()
        self.show()
        self.raise_()

    def close_popup(self) -> None:
        """Hide it; the focus goes where it was before, if it is here."""
        focused = QApplication.focusWidget()
        was_here = focused is not None and (focused is self or self.isAncestorOf(focused))
        self.hide()
        if was_here and self._before is not None and _is_alive(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def place(self) -> None:
        """Stand at the top, in the middle or at the right."""
        size = self.fitting()
        room = self._over.width() - size.width()
        left = room - px(_MARGIN) if self._is_at_right else room // 2
        self.setGeometry(left, px(_MARGIN), size.width(), size.height())

    def fitting(self) -> QSize:
        """As large as it wants to be, and there is room for."""
        over = self._over
        width = min(px(self._width), over.width() - 2 * px(_MARGIN))
        height = min(self.sizeHint().height(), over.height() - 2 * px(_MARGIN))
        return QSize(max(width, 0), max(height, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Move with what it lies over."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes it; no key goes on to what lies below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_popup()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A round panel with a line around."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(active().line, 1))
        painter.setBrush(active().panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(10), px(10))
        painter.end()


class ListKeys(QObject):
    """Lets the keys that move in a list do so while one types into a field above it."""

    def __init__(self, field: QLineEdit, rows: QListView) -> None:
        super().__init__(field)
        self._rows = rows
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Hand up and down on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_PageUp: -8,
                Qt.Key.Key_PageDown: 8,
            }.get(Qt.Key(event.key()))
            if by is not None:
                self._move(by)
                return True
        return super().eventFilter(watched, event)

    def _move(self, by: int) -> None:
        """To the next row that can be chosen; one step beyond an end goes round."""
        model, now = self._rows.model(), self._rows.currentIndex().row()
        can = [n for n in range(model.rowCount()) if _can_be_chosen(model.index(n, 0))]
        if not can:
            return
        at = can.index(now) if now in can else -1
        to = (at + by) % len(can) if abs(by) == 1 else min(max(at + by, 0), len(can) - 1)
        self._rows.setCurrentIndex(model.index(can[to], 0))


def _can_be_chosen(index: object) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsSelectable)  # type: ignore[attr-defined]


def _is_alive(widget: QWidget) -> bool:
    try:
        return widget.isVisible()
    except RuntimeError:  # its window was closed
        return False
