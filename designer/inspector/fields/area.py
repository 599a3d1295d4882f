"""Texts of several lines."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from designer.inspector.field_spec import Spec
from designer.inspector.fields.editor import Editor
from designer.inspector.fields.line_edit import is_history_key
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.reading import Unreadable
from designer.inspector.writing.texts import read_text
from designer.theme.look import px

_MOST = 9


class TextArea(QPlainTextEdit):
    """As high as its text, within limits; Tab leaves it, undo is left to the window.

    escaped: Escape was pressed. left: the focus went elsewhere.
    """

    escaped = Signal()
    left = Signal()

    def __init__(self, fewest: int = 2, around: int = 0) -> None:
        super().__init__()
        self._around = around or px(12)
        self._fewest = fewest
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().contentsChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As many lines as there are, within limits."""
        lines, block = 0, self.document().begin()
        layout = self.document().documentLayout()
        while block.isValid() and lines < _MOST:
            # A block is broken into lines only when its size is asked for.
            layout.blockBoundingRect(block)
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        lines = min(max(lines, self._fewest), _MOST)
        margins = int(2 * self.document().documentMargin()) + self._around
        return QSize(px(120), lines * self.fontMetrics().lineSpacing() + margins)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Any width will do."""
        return QSize(px(60), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A narrower one is higher."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

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

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Say that the field is left."""
        super().focusOutEvent(event)
        self.left.emit()


class AreaEditor(Editor):
    """A text of several lines."""

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(spec, around, parent)
        self._value: Any = None
        self._before: Any = None
        self._is_wrong = False
        self.area = self._made()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.area.textChanged.connect(self._on_edited)
        self.area.escaped.connect(self._on_escaped)
        self.area.left.connect(self._on_left)

    def _made(self) -> TextArea:
        return TextArea()

    def entry(self) -> QWidget:
        """The area."""
        return self.area

    def forget(self) -> None:
        """What is wrong goes."""
        if self._is_wrong:
            self._put(self._value)

    def show_value(self, value: Any, owner: Any, place: str) -> None:  # noqa: ARG002
        """Write the text, unless it stands there."""
        if value != self._value:
            self._before = value
            self._put(value)

    def _put(self, value: Any) -> None:
        self._value = value
        text = self._written(value)
        if self.area.toPlainText() != text:
            cursor = self.area.textCursor()
            position = cursor.position()
            self.area.blockSignals(True)
            self.area.setPlainText(text)
            self.area.blockSignals(False)
            cursor.setPosition(min(position, len(text)))
            self.area.setTextCursor(cursor)
        self._complain("")

    def _written(self, value: Any) -> str:
        return str(value or "")

    def _read(self, text: str) -> Any:
        return read_text(text, self.spec)

    def _on_edited(self) -> None:
        try:
            value = self._read(self.area.toPlainText())
        except Unreadable as problem:
            self._complain(str(problem))
            return
        self._complain("")
        if value != self._value:
            self._value = value
            self.changed.emit(value, ())

    def _on_escaped(self) -> None:
        was_wrong, before = self._is_wrong, self._value if self._is_wrong else self._before
        changed = not was_wrong and before != self._value
        self._put(before)
        if changed:
            self.changed.emit(before, ())

    def _on_left(self) -> None:
        if not self._is_wrong:
            self._before = self._value
        self.left.emit()

    def _complain(self, message: str) -> None:
        self._is_wrong = bool(message)
        self.complained.emit(message)
