"""Editing a name, a title or a note where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

# To its own menu, or to another window.
_FOR_A_MOMENT = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}


class InlineEditor(QObject):
    """A field over the canvas: Enter or a click elsewhere keeps the text, Esc does not.

    kept: the new text, if it is another one. ended: it is gone, whether kept or not.
    """

    kept = Signal(str)
    ended = Signal()

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
        self.place(area)
        self.field.installEventFilter(self)
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self, area: QRect) -> None:
        """Lie over this part of the canvas, but be no smaller than can be worked with."""
        self.field.setGeometry(area.united(QRect(area.topLeft(), self.field.minimumSizeHint())))

    def keep(self) -> None:
        """End, as with Enter."""
        self._close(keep=True)

    def give_up(self) -> None:
        """End, as with Esc."""
        self._close(keep=False)

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
        elif (
            isinstance(event, QFocusEvent)
            and event.type() == QEvent.Type.FocusOut
            and event.reason() not in _FOR_A_MOMENT
        ):
            self._close(keep=True)
        return super().eventFilter(watched, event)

    def _close(self, *, keep: bool) -> None:
        if not self._is_open:
            return
        self._is_open = False
        field = self.field
        has_focus = field.hasFocus()
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        if has_focus:
            # Else somebody went elsewhere, and is not to be called back.
            self._after.setFocus(Qt.FocusReason.OtherFocusReason)
        field.hide()
        field.deleteLater()
        self.ended.emit()
        if keep and text.strip() and text != self._before:
            self.kept.emit(text)
        self.deleteLater()
