"""What a list shows that has nothing to show: one line, and at most one button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from designer import icons
from designer.plain_text import PlainLabel
from designer.theme.look import active, px


class EmptyState(QWidget):
    """clicked: the button was pressed."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._picture, self._text, self._button = QLabel(), PlainLabel(), QPushButton()
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._button.setProperty("kind", "quiet")
        self._button.hide()
        self._button.clicked.connect(self._on_click)
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(16), px(24), px(16))
        column.setSpacing(px(8))
        column.addStretch(1)
        column.addWidget(self._picture, 0, centre)
        column.addWidget(self._text)
        column.addWidget(self._button, 0, centre)
        column.addStretch(2)

    def say(self, text: str, picture: str = "", button: str = "") -> None:
        """Show the text, with a picture above it and a button below it if they are named."""
        self._name = picture
        self._text.setText(text)
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(bool(button))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow colours and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _on_click(self) -> None:
        self.clicked.emit()

    def _dress(self) -> None:
        self._picture.setVisible(bool(self._name))
        if self._name:
            self._picture.setPixmap(icons.pixmap(self._name, active().soft, px(24)))
