"""A line to type into: with a hint at its right end, and undone by the journey's history."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from designer.theme.look import px

_HISTORY = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def is_history_key(event: QEvent) -> bool:
    """Whether this is the key for undo or redo."""
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in _HISTORY)


class LineEdit(QLineEdit):
    """Undo and redo are left to the window, so that a text has no history of its own.

    escaped: Escape was pressed.
    """

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Any width will do."""
        return QSize(px(48), super().minimumSizeHint().height())

    def set_hint(self, hint: str) -> None:
        """What is shown at the right, where there is room for it."""
        self._hint = hint
        self.update()

    def event(self, event: QEvent) -> bool:
        """Leave undo to others."""
        if event.type() == QEvent.Type.ShortcutOverride and is_history_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Undo is for the window, Escape for the field."""
        if is_history_key(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The line, and the hint if the text leaves it room."""
        super().paintEvent(event)
        if not self._hint:
            return
        metrics, edge = self.fontMetrics(), px(10)
        shown = self.text() or self.placeholderText()
        needed = metrics.horizontalAdvance(shown) + metrics.horizontalAdvance(self._hint)
        if needed + 3 * edge > self.width():
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        area = self.rect().adjusted(edge, 0, -edge, 0)
        painter.drawText(
            area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._hint
        )

    def put_text(self, text: str) -> None:
        """Another text, with the cursor where it was."""
        cursor = self.cursorPosition()
        self.setText(text)
        self.setCursorPosition(min(cursor, len(text)) if self.hasFocus() else 0)
