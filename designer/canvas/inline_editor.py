"""Editing a name, a title or a note where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class InlineEditor(QObject):
    """A field over the canvas: Enter or a click elsewhere keeps the text, Esc does not.

    kept: the new text, if it is another one.
    """

    kept = Signal(str)

    def __init__(
        self, parent: QWidget, after: QWidget, area: QRect, text: str, *, many_lines: bool
    ) -> None:
        """Open over `area` of `parent`; afterwards `after` gets the focus."""
        super().__init__(parent)
        self._after = after
        self._before = text
        self._is_open = True
        self.field: QLineEdit | QPlainTextEdit
        if many_lines:
            self.field = QPlainTextEdit(text, parent)
            self.field.selectAll()
        else:
            self.field = QLineEdit(text, parent)
            self.field.setMaxLength(200)
            self.field.selectAll()
        self.field.setAccessibleName(self.tr("Text"))
        self.field.setGeometry(area.united(QRect(area.topLeft(), self.field.minimumSizeHint())))
        self.field.installEventFilter(self)
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter keeps (Ctrl+Enter in a note), Esc gives up, leaving keeps."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if enter and (control or isinstance(self.field, QLineEdit)):
                self._close(keep=True)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close(keep=False)
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self._close(keep=True)
        return super().eventFilter(watched, event)

    def _close(self, *, keep: bool) -> None:
        if not self._is_open:
            return
        self._is_open = False
        field = self.field
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        field.hide()
        field.deleteLater()
        self._after.setFocus(Qt.FocusReason.OtherFocusReason)
        if keep and text.strip() and text != self._before:
            self.kept.emit(text)
        self.deleteLater()
